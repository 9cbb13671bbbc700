"""The first helper: assigned by the county, handed over without a day between (workflows.md; domain.md 2.4, rule 1)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import use_locale
from core.policy import SYSTEM
from donors.models import Donor
from needs.models import Need
from pairing.choices import LinkFunction, LinkKind, LinkStage, UnitLevel
from pairing.models import HelperLink, Pairing
from pairing.queries import is_cadre_of, links_of, published_helpers
from pairing.queries.unpaired import unpaired_households
from pairing.services import add_official, assign_primary, comment_link, propose_link, succeed_primary
from tests.factories.needs import make_household, make_survey, subject
from tests.factories.people import COUNTY, TOWNSHIP, VILLAGE, acting, make_account, make_grant, make_person
from tests.factories.pledges import Scene, day, make_pairing, row

REASON = "moved to another post"


def cadre(name: str = "Somebody", unit: str = "Bureau of Water", region: str = COUNTY) -> UUID:
    account = make_account(display_name=name, unit_name=unit)
    make_grant(account, Role.PAIRING_CADRE, region)
    return account


def assign(scene: Scene, household_id: UUID, account: UUID | None, **words: Any) -> UUID:
    with acting(words.pop("by", scene.people.county)) as actor:
        return assign_primary(subject(household_id), actor=actor, account_id=account, **words).id


def succeed(scene: Scene, account: UUID | None, *, starts_on: date | None = None, reason: str = REASON) -> UUID:
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        return succeed_primary(pairing, actor=actor, account_id=account, starts_on=starts_on, reason=reason).id


def begun(scene: Scene, days_ago: int) -> None:
    """Let the first helper of the scene have begun some days ago."""
    household_id = make_household(scene.people.author)
    scene.household_id = household_id
    scene.pairing_id = make_pairing(
        scene.people.county, scene.cadre, household_id=household_id, starts_on=day(-days_ago)
    )


def firsts(scene: Scene) -> list[HelperLink]:
    with unit_of_work(SYSTEM):
        return [link for link in links_of(scene.pairing_id) if link.rank == 1]


def test_a_pairing_may_have_begun_on_paper_but_not_begin_later(scene: Scene) -> None:
    with pytest.raises(NotValid) as refusal:
        assign(scene, make_household(scene.people.author), scene.cadre, starts_on=day(1))
    assert "starts_on" in refusal.value.errors
    pairing_id = assign(scene, make_household(scene.people.author), scene.cadre, starts_on=day(-400))
    with unit_of_work(SYSTEM):
        (link,) = links_of(pairing_id)
    assert link.starts_on == day(-400)


@pytest.mark.parametrize("who", ["a village officer", "a cadre of another county", "a cadre without office", "nobody"])
def test_only_a_cadre_or_unit_of_ones_places_can_be_chosen(scene: Scene, who: str) -> None:
    account = {
        "a village officer": lambda: scene.people.author,
        "a cadre of another county": lambda: cadre(region="451029"),
        "a cadre without office": make_account,
        "nobody": lambda: None,
    }[who]()
    with pytest.raises(NotValid) as refusal:
        assign(scene, make_household(scene.people.author), account)
    assert "account_id" in refusal.value.errors
    with pytest.raises(NotValid):
        succeed(scene, account, starts_on=day(1))


def test_who_gave_the_card_cannot_become_first_helper(scene: Scene) -> None:
    make_grant(scene.people.verifier, Role.PAIRING_CADRE)
    with pytest.raises(Refused) as refusal:
        succeed(scene, scene.people.verifier, starts_on=day(1))
    assert refusal.value.code == "card_giver"


def test_only_the_county_assigns_and_hands_over(scene: Scene) -> None:
    for officer in (scene.people.approver, scene.people.author, scene.cadre):
        with pytest.raises(NotPermitted):
            assign(scene, make_household(scene.people.author), cadre(), by=officer)
        with acting(officer) as actor, pytest.raises(NotPermitted):
            pairing = row(Pairing, scene.pairing_id)
            succeed_primary(pairing, actor=actor, account_id=cadre(), starts_on=day(1), reason=REASON)


@pytest.mark.parametrize(("starts_in", "said"), [(-1, "dated back"), (0, "or later"), (400, "too far away")])
def test_a_hand_over_begins_after_the_one_before_today_or_soon(scene: Scene, starts_in: int, said: str) -> None:
    with pytest.raises(NotValid) as refusal:
        succeed(scene, cadre(), starts_on=day(starts_in))
    with use_locale("en"):
        assert said in str(refusal.value.errors["starts_on"][0])


def test_a_hand_over_today_ends_the_one_before_yesterday(scene: Scene) -> None:
    begun(scene, 30)
    new = cadre()
    succeed(scene, new, starts_on=day(0))
    before, after = firsts(scene)
    assert (before.ends_on, after.starts_on, after.account_id) == (day(-1), day(0), new)
    assert (before.stage, after.stage) == (LinkStage.COMPLETED, LinkStage.ACTIVE)
    with unit_of_work(SYSTEM):
        pairing = db.session.get_one(Pairing, scene.pairing_id)
        assert is_cadre_of(new, pairing)
        assert not is_cadre_of(scene.cadre, pairing)


def test_the_same_person_does_not_succeed_himself_and_a_reason_is_asked(scene: Scene) -> None:
    with pytest.raises(NotValid) as refusal:
        succeed(scene, scene.cadre, starts_on=day(1))
    assert "account_id" in refusal.value.errors
    with pytest.raises(NotValid) as refusal:
        succeed(scene, cadre(), starts_on=day(1), reason=" ")
    assert "reason" in refusal.value.errors
    assert len(firsts(scene)) == 1


def test_a_hand_over_to_come_stands_and_says_when(scene: Scene) -> None:
    succeed(scene, cadre(), starts_on=day(5))
    with pytest.raises(Refused) as refusal:
        succeed(scene, cadre(), starts_on=day(9))
    assert refusal.value.code == "succession_planned"
    assert day(5).isoformat() in str(refusal.value.detail)


def test_until_the_day_the_public_sees_the_one_before_at_work(scene: Scene) -> None:
    succeed(scene, cadre(), starts_on=day(5))
    with unit_of_work(SYSTEM):
        helpers = published_helpers(db.session.get_one(Need, scene.need_id))
    assert [(helper.rank, helper.state) for helper in helpers] == [(1, "active")]


def test_a_unit_that_takes_over_later_has_no_say_before(scene: Scene) -> None:
    unit = make_person(Role.HELPING_UNIT)
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        succeed_primary(pairing, actor=actor, account_id=unit, kind=LinkKind.UNIT, starts_on=day(5), reason=REASON)
    with unit_of_work(SYSTEM):
        assert not is_cadre_of(unit, db.session.get_one(Pairing, scene.pairing_id))
        assert is_cadre_of(scene.cadre, db.session.get_one(Pairing, scene.pairing_id))


@pytest.mark.parametrize(
    ("region", "told", "level", "words"),
    [
        (COUNTY, None, UnitLevel.COUNTY, "Paired cadre, county unit"),
        (TOWNSHIP, None, UnitLevel.TOWNSHIP, "Paired cadre, unit of the township"),
        (VILLAGE, None, UnitLevel.VILLAGE, "Paired cadre, of the village"),
        (COUNTY, UnitLevel.PROVINCE, UnitLevel.PROVINCE, "Paired cadre, unit of the province"),
    ],
)
def test_of_a_households_first_helper_the_public_sees_the_level_only(
    scene: Scene, region: str, told: UnitLevel | None, level: UnitLevel, words: str
) -> None:
    begun(scene, 3)
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        succeed_primary(
            pairing, actor=actor, account_id=cadre(region=region), unit_level=told, starts_on=day(0), reason=REASON
        )
    first = firsts(scene)[-1]
    assert (first.unit_level, first.unit_name) == (level, "Bureau of Water")
    with unit_of_work(SYSTEM), use_locale("en"):
        (helper,) = published_helpers(probe(scene))
    assert (helper.name, helper.since, helper.donor_id) == (words, None, None)


def probe(scene: Scene) -> Any:
    """A need of the household, as far as the chain asks."""

    class Probe:
        id = scene.need_id
        household_id = scene.household_id
        village_id = None

    return Probe()


def test_a_further_unit_joins_behind_and_the_first_one_stays(scene: Scene) -> None:
    unit = make_person(Role.HELPING_UNIT)
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        link = add_official(pairing, actor=actor, account_id=unit, function=LinkFunction.LIAISON_SUPERVISE)
        assert (link.rank, link.kind, link.function) == (2, LinkKind.UNIT, LinkFunction.LIAISON_SUPERVISE)
    with acting(scene.people.county) as actor, pytest.raises(NotValid):
        add_official(row(Pairing, scene.pairing_id), actor=actor, account_id=unit)
    with unit_of_work(SYSTEM):
        first, second = published_helpers(db.session.get_one(Need, scene.need_id))
        assert (first.rank, second.rank, second.since) == (1, 2, None)


def test_a_further_unit_does_not_comment_in_the_place_of_the_first_helper(scene: Scene) -> None:
    unit = make_person(Role.HELPING_UNIT)
    with acting(scene.people.county) as actor:
        add_official(row(Pairing, scene.pairing_id), actor=actor, account_id=unit)
    with acting(scene.head) as actor:
        donor = db.session.get_one(Donor, scene.donor_id)
        link_id = propose_link(row(Pairing, scene.pairing_id), donor, actor=actor).id
    with acting(unit) as actor, pytest.raises(NotPermitted):
        comment_link(db.session.get_one(HelperLink, link_id), actor=actor)
    assert scene.link(link_id).commented_at is None


def test_a_unit_that_is_the_first_helper_comments(scene: Scene) -> None:
    begun(scene, 5)
    unit = make_person(Role.HELPING_UNIT)
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        succeed_primary(pairing, actor=actor, account_id=unit, kind=LinkKind.UNIT, starts_on=day(0), reason=REASON)
    make_survey(scene.people.author, scene.household_id)
    with acting(scene.head) as actor:
        donor = db.session.get_one(Donor, scene.donor_id)
        link_id = propose_link(row(Pairing, scene.pairing_id), donor, actor=actor).id
    with acting(unit) as actor:
        comment_link(db.session.get_one(HelperLink, link_id), actor=actor, comment="good")
    assert scene.link(link_id).commented_at is not None


def test_the_list_names_who_has_no_first_helper_in_ones_places(scene: Scene) -> None:
    household_id = make_household(scene.people.author)
    for officer in (scene.people.county, scene.people.approver):
        with acting(officer) as actor:
            assert [found.household_id for found in unpaired_households(actor).items] == [household_id]
    with acting(make_person(Role.TOWNSHIP_OFFICER, "451028101")) as actor:
        assert unpaired_households(actor).items == []
    with acting(scene.people.author) as actor, pytest.raises(NotPermitted):
        unpaired_households(actor)
