"""Issues follow disputes; the county closes them with a finding (workflows.md, Delivery and confirmation)."""

from typing import Any
from uuid import UUID

import pytest

from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from needs.models import Need
from pledges.choices import CallBack, DeliveryStage, Outcome
from pledges.models import Confirmation, Delivery
from pledges.services import record_call_back
from supervision.models import Finding, IssueKind, IssueStage, PublicReport, SupervisionIssue
from supervision.services import answer_report, close_issue, open_report
from tests.factories.people import acting, sign_in
from tests.factories.pledges import Scene, row


def issues() -> list[SupervisionIssue]:
    with unit_of_work(SYSTEM):
        return list(db.session.query(SupervisionIssue))


def dispute(scene: Scene) -> UUID:
    """Let the household say that nothing came; return the delivery's id."""
    delivery_id, slip = scene.awaiting()
    scene.say(slip.digits, Outcome.NOT_RECEIVED)
    return delivery_id


def close(scene: Scene, finding: Finding, words: str = "we went there") -> None:
    (issue,) = issues()
    with acting(scene.people.county) as actor:
        close_issue(db.session.get_one(SupervisionIssue, issue.id), actor=actor, finding=finding, words=words)


def test_not_received_opens_an_issue_at_once_and_the_need_shows_it(scene: Scene) -> None:
    dispute(scene)
    (issue,) = issues()
    assert (issue.kind, issue.stage) == (IssueKind.NOT_RECEIVED, IssueStage.OPEN)
    assert row(Need, scene.need_id).disputed_since is not None


def test_after_an_inquiry_the_household_is_asked_again(scene: Scene) -> None:
    delivery_id = dispute(scene)
    with pytest.raises(Refused, match="inquiry_open"):
        scene.slip(delivery_id)
    close(scene, Finding.ASK_AGAIN)
    assert row(Need, scene.need_id).disputed_since is None
    scene.say(scene.slip(delivery_id).digits)
    assert scene.sums() == (2, 2, 2)


def test_the_finding_can_annul_what_did_not_come(scene: Scene) -> None:
    delivery_id = dispute(scene)
    close(scene, Finding.ANNULLED)
    assert row(Delivery, delivery_id).stage is DeliveryStage.ANNULLED
    assert scene.sums() == (2, 0, 0)
    assert [issue.stage for issue in issues()] == [IssueStage.CLOSED]


def test_a_disputed_delivery_is_not_closed_as_if_nothing_were_wrong(scene: Scene) -> None:
    dispute(scene)
    with pytest.raises(NotValid):
        close(scene, Finding.NOTHING_WRONG)
    with pytest.raises(NotValid):
        close(scene, Finding.ASK_AGAIN, words=" ")


def test_a_call_back_that_differs_opens_an_issue(scene: Scene) -> None:
    _delivery, slip = scene.awaiting()
    confirmation_id = scene.say(slip.digits)
    with acting(scene.people.county) as actor:
        record_call_back(db.session.get_one(Confirmation, confirmation_id), actor=actor, found=CallBack.DIFFERS)
    assert [issue.kind for issue in issues()] == [IssueKind.CALL_DIFFERS]
    close(scene, Finding.NOTHING_WRONG)
    assert row(Need, scene.need_id).disputed_since is None


def test_the_countys_pages_list_and_close_an_issue(scene: Scene, client: Any) -> None:
    dispute(scene)
    (issue,) = issues()
    sign_in(client, scene.people.county)
    assert str(issue.id) in client.get("/desk/issues").text
    assert client.get(f"/desk/issues/{issue.id}").status_code == 200
    assert client.post(f"/desk/issues/{issue.id}/close", data={}).status_code == 422
    data = {"finding": "ask_again", "finding_text": "the slip had gone to a neighbour"}
    assert client.post(f"/desk/issues/{issue.id}/close", data=data).status_code == 303
    assert client.get("/desk/issues?stage=closed").status_code == 200
    sign_in(client, scene.people.author)
    assert client.post(f"/desk/issues/{issue.id}/close", data=data).status_code == 403


def test_the_county_calls_back_drawn_and_flagged_answers(scene: Scene, client: Any) -> None:
    _delivery, slip = scene.awaiting()
    confirmation_id = scene.say(slip.digits)
    sign_in(client, scene.people.county)
    assert str(confirmation_id) in client.get("/desk/call-backs").text
    assert client.post(f"/desk/call-backs/{confirmation_id}", data={}).status_code == 422
    assert client.post(f"/desk/call-backs/{confirmation_id}", data={"found": "agrees"}).status_code == 303
    assert str(confirmation_id) not in client.get("/desk/call-backs").text


def test_a_report_is_kept_encrypted_and_answered_by_the_county(scene: Scene, client: Any) -> None:
    with unit_of_work(SYSTEM):
        report_id = open_report(text="the quilts were sold at the market", page="/needs", region_code="451028000000").id
    sign_in(client, scene.people.county)
    assert str(report_id) in client.get("/desk/reports").text
    assert "sold at the market" in client.get(f"/desk/reports/{report_id}").text
    assert client.post(f"/desk/reports/{report_id}/answer", data={"answer": "we asked there"}).status_code == 303
    with acting(scene.people.county) as actor, pytest.raises(Refused):
        answer_report(db.session.get_one(PublicReport, report_id), actor=actor, answer="again")


def test_a_report_says_something(scene: Scene) -> None:
    with unit_of_work(SYSTEM), pytest.raises(NotValid):
        open_report(text="no")
