"""The desk: what waits for each role, in its group, with a link that works; never what one may not do."""

import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from accounts.models import Role
from accounts.policy import NEVER_GRANTED
from core.db import unit_of_work
from pages.queries.desk import DeskTask, Step, desk_tasks
from pages.views.desk import group_of, grouped
from pages.views.desk_words import title_of
from pledges.choices import Outcome
from tests.factories.needs import make_draft, submit, verify
from tests.factories.people import actor_of, make_person, sign_in
from tests.factories.pledges import Scene

TODAY = date(2026, 11, 23)


def steps_of(account_id: UUID) -> set[Step]:
    actor = actor_of(account_id)
    with unit_of_work(actor):
        return {task.step for task in desk_tasks(actor, TODAY)}


def test_the_desk_asks_for_signing_in(client: FlaskClient) -> None:
    assert client.get("/desk").status_code in (302, 303, 401)


def test_every_role_has_a_desk_in_both_languages(scene: Scene, client: FlaskClient) -> None:
    for role in Role:
        if role in NEVER_GRANTED:
            continue
        donor = {"donor_id": scene.donor_id} if role in (Role.DONOR_ADMIN, Role.DONOR_MEMBER) else {}
        sign_in(client, make_person(role, "" if donor else None, **donor))
        for language in ("zh", "en"):
            response = client.get(f"/desk?lang={language}")
            assert (role, response.status_code, len(re.findall("<h1", response.text))) == (role, 200, 1)


def test_a_need_goes_from_desk_to_desk_and_waits_with_its_author(scene: Scene) -> None:
    people = scene.people
    need_id = make_draft(people.author, scene.household_id, item_code=None, title="水桶两只")
    assert Step.FINISH_DRAFT in steps_of(people.author)
    submit(people.author, need_id)
    assert Step.VERIFY in steps_of(people.verifier)
    assert steps_of(people.author) & {Step.VERIFY, Step.WAIT_FOR_VERIFICATION} == {Step.WAIT_FOR_VERIFICATION}
    verify(people.verifier, need_id)
    assert Step.APPROVE in steps_of(people.approver)
    assert Step.APPROVE not in steps_of(people.verifier) | steps_of(people.author) | steps_of(scene.cadre)
    assert Step.WAIT_FOR_APPROVAL in steps_of(people.author)


def test_a_pledge_goes_from_the_cadre_to_the_donor_to_the_village_to_the_county(scene: Scene) -> None:
    pledge_id = scene.offer("2")
    assert Step.DECIDE in steps_of(scene.cadre)
    assert Step.DECIDE not in steps_of(scene.people.approver)
    assert steps_of(scene.head) == {Step.WAIT_FOR_DECISION}
    scene.agree(pledge_id)
    assert steps_of(scene.head) == {Step.DELIVER}
    delivery_id = scene.deliver(pledge_id)
    assert Step.ISSUE_CODE in steps_of(scene.people.author)
    assert Step.WAIT_FOR_HOUSEHOLD in steps_of(scene.head)
    slip = scene.slip(delivery_id)
    scene.say(slip.digits, Outcome.NOT_RECEIVED)
    assert Step.SETTLE_ISSUE in steps_of(scene.people.county)
    assert Step.WATCH_ISSUE in steps_of(scene.cadre)
    assert Step.SETTLE_ISSUE not in steps_of(scene.people.approver)


def test_every_task_leads_to_a_page_that_opens(scene: Scene, client: FlaskClient) -> None:
    need_id = make_draft(scene.people.author, scene.household_id, item_code=None, title="水桶两只")
    submit(scene.people.author, need_id)
    pledge_id = scene.agreed("2")
    scene.deliver(pledge_id)
    accounts = (scene.people.author, scene.people.verifier, scene.cadre, scene.head, scene.people.county)
    for account_id in accounts:
        sign_in(client, account_id)
        page = client.get("/desk").text
        links = re.findall(r'class="jd-task-title"><a href="([^"]+)"', page)
        for link in map(unescape, links):
            assert (link, client.get(link).status_code) == (link, 200)


def test_the_lists_beside_the_tasks_open_too(scene: Scene, client: FlaskClient) -> None:
    for account_id in (scene.people.author, scene.cadre, scene.head, scene.people.county, scene.people.approver):
        sign_in(client, account_id)
        page = client.get("/desk?lang=en").text
        lists = re.search(r"My lists.*?</ul>", page, re.DOTALL)
        assert lists is not None
        for link in re.findall(r'href="([^"]+)"', lists.group(0)):
            assert (link, client.get(link).status_code) == (link, 200)


def test_the_cadre_sees_his_households_by_number_without_a_name(scene: Scene, client: FlaskClient) -> None:
    sign_in(client, scene.cadre)
    text = client.get("/desk?lang=en").text
    assert "My 1 household" in text
    assert f"/desk/pairings/{scene.pairing_id}" in text
    assert "韦某某" not in text


def test_tasks_name_the_household_to_the_cadre_and_never_to_the_helper(scene: Scene, client: FlaskClient) -> None:
    scene.agreed("1")
    need_id = make_draft(scene.cadre, scene.household_id, item_code=None, title="水桶两只")
    pages = {}
    for account_id in (scene.cadre, scene.head):
        sign_in(client, account_id)
        pages[account_id] = client.get("/desk?lang=en").text
    assert f"/desk/needs/{need_id}" in pages[scene.cadre]
    assert "household no." in pages[scene.cadre]
    assert "household no." not in pages[scene.head]


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        (date(2026, 11, 22), "overdue"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "week"),
        (date(2026, 11, 30), "week"),
        (date(2026, 12, 1), "later"),
        (None, "waiting"),
    ],
)
def test_a_task_stands_in_the_group_of_its_day(due_on: date | None, group: str) -> None:
    task = DeskTask(Step.VERIFY, "x", "/x", due_on)
    assert group_of(task, TODAY) == group
    assert [found["key"] for found in grouped([task], TODAY, {}, {}) if found["tasks"]] == [group]


def test_every_step_has_its_words() -> None:
    for step in Step:
        assert title_of(DeskTask(step, "x", "/x")) != ""


def test_the_records_of_an_organisation_are_public(scene: Scene, client: FlaskClient) -> None:
    assert client.get(f"/records/donor/{scene.donor_id}").status_code == 200
    assert client.get(f"/api/v1/records?stream=donor/{scene.donor_id}").json["items"][0]["kind"] == "donor.registered"
