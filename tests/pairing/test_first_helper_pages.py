"""The county's pages of the first helper, and the JSON door beside them."""

import re
from typing import Any

from accounts.models import Account, Role
from accounts.services import make_token
from core.db import db, unit_of_work
from core.policy import SYSTEM
from pairing.queries import find_pairing, links_of
from registry.models import Household
from registry.queries import subject_of
from tests.factories.needs import make_household, make_survey
from tests.factories.people import VILLAGE, make_person, sign_in
from tests.factories.pledges import Scene, day
from tests.pairing.test_first_helper import REASON, cadre


def test_the_county_assigns_from_the_list_and_is_told_what_is_wrong(scene: Scene, client: Any) -> None:
    household_id = make_household(scene.people.author)
    account = cadre("Wei Liang", "Bureau of Forestry")
    sign_in(client, scene.people.county).set_cookie("lang", "en")
    page = client.get("/desk/pairings/unpaired").text
    path = f"/desk/households/{household_id}/first-helper"
    assert path in page
    found = client.get(path, query_string={"q": "Forestry"}).text
    assert re.findall(r'name="person"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="person"', found)
    assert f"cadre:{account}" in found
    assert str(scene.cadre) not in found
    later = client.post(path, data={"person": f"cadre:{account}", "starts_on": day(3).isoformat()})
    assert later.status_code == 422
    assert "Until that day nobody would be responsible" in later.text
    nobody = client.post(path, data={"starts_on": day(0).isoformat()})
    assert nobody.status_code == 422
    assert "Choose one person or unit." in nobody.text
    done = client.post(path, data={"person": f"cadre:{account}", "starts_on": day(0).isoformat(), "reason": "list 7"})
    assert done.status_code == 303
    with unit_of_work(SYSTEM):
        pairing = find_pairing(subject_of(db.session.get_one(Household, household_id)))
    assert pairing is not None
    assert done.location.endswith(f"/desk/pairings/{pairing.id}")
    assert "Every household" in client.get("/desk/pairings/unpaired").text


def test_a_village_on_file_gets_a_unit_as_its_first_helper(scene: Scene, client: Any) -> None:
    make_survey(scene.people.author, None)
    unit = make_person(Role.HELPING_UNIT)
    sign_in(client, scene.people.county).set_cookie("lang", "en")
    path = f"/desk/villages/{VILLAGE}/first-helper"
    assert path in client.get("/desk/pairings/unpaired").text
    assert client.get(path).status_code == 200
    assert client.post(path, data={"person": f"unit:{unit}", "starts_on": day(0).isoformat()}).status_code == 303
    assert path not in client.get("/desk/pairings/unpaired").text
    again = client.post(path, data={"person": f"unit:{unit}", "starts_on": day(0).isoformat()})
    assert "paired already" in again.text


def test_the_county_hands_over_from_the_pairings_page(scene: Scene, client: Any) -> None:
    account = cadre("Lu Ming")
    sign_in(client, scene.people.county).set_cookie("lang", "en")
    path = f"/desk/pairings/{scene.pairing_id}/first-helper"
    assert path in client.get(f"/desk/pairings/{scene.pairing_id}").text
    assert client.get(path).status_code == 200
    values = {"person": f"cadre:{account}", "starts_on": day(2).isoformat()}
    missing = client.post(path, data=values)
    assert missing.status_code == 422
    assert client.post(path, data={**values, "reason": REASON}).status_code == 303
    page = client.get(f"/desk/pairings/{scene.pairing_id}").text
    assert "Helping until the hand-over" in page
    assert "Takes over later" in page
    again = client.post(path, data={**values, "reason": REASON})
    assert again.status_code == 422
    assert day(2).isoformat() in again.text
    sign_in(client, scene.people.approver)
    assert client.get(path).status_code == 403


def test_a_further_unit_is_added_on_a_page(scene: Scene, client: Any) -> None:
    unit = make_person(Role.HELPING_UNIT)
    sign_in(client, scene.people.county).set_cookie("lang", "en")
    path = f"/desk/pairings/{scene.pairing_id}/officials/new"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"person": f"unit:{unit}", "function": "help"}).status_code == 303
    assert client.post(path, data={"person": "unit:nobody"}).status_code == 422
    with unit_of_work(SYSTEM):
        assert [link.rank for link in links_of(scene.pairing_id)] == [1, 2]


def test_the_json_door_assigns_lists_and_hands_over(scene: Scene, client: Any) -> None:
    with unit_of_work(SYSTEM):
        token = make_token(db.session.get_one(Account, scene.people.county), name="test")[1]
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": "first-helper-1"}
    household_id, account = make_household(scene.people.author), cadre()
    waiting = client.get("/api/v1/pairings/unpaired", headers=head).json["items"]
    assert [row["household_id"] for row in waiting] == [str(household_id)]
    body = {"subject": {"household_id": str(household_id)}, "account_id": str(account)}
    made = client.post("/api/v1/pairings", json=body, headers=head)
    assert made.status_code == 201
    (link,) = made.json["links"]
    assert (link["rank"], link["state"], link["unit_level"]) == (1, "active", "county")
    step = {"name": "succeed", "account_id": str(cadre()), "starts_on": day(2).isoformat(), "reason": REASON}
    moved = client.post(
        f"/api/v1/links/{link['id']}/transitions", json=step, headers={"Authorization": head["Authorization"]}
    )
    assert moved.status_code == 200
    assert moved.json["ends_on"] == day(1).isoformat()
    options = client.get(f"/api/v1/links/{link['id']}/transitions", headers=head).json["items"]
    assert "succeed" not in {option["name"] for option in options}
