"""Issues follow disputes: opened by them, closed by the county or by what happened since."""

from typing import Any
from uuid import uuid4

from accounts.models import Role
from accounts.queries import accounts_with_role
from accounts.services import MessageKind, notify
from core.clock import add_working_days, now, today
from core.db import db
from core.errors import NotValid
from core.i18n import _l
from core.policy import SYSTEM, Actor
from needs.models import Need
from needs.services import set_disputed
from pledges.choices import DeliveryStage
from pledges.models import Delivery
from pledges.services import annul_delivery, note_inquiry
from supervision.models import Finding, IssueKind, IssueStage, SupervisionIssue
from supervision.queries import has_open_issue, open_issue_of
from supervision.workflow import issue_workflow

WORKING_DAYS = 5


def open_for_dispute(delivery: Delivery, *, why: str, **facts: Any) -> None:
    """Open an issue about a disputed delivery; the need shows the dispute at once."""
    _open(delivery, IssueKind(why))


def open_for_call(delivery: Delivery, **facts: Any) -> None:
    """Open an issue because the household said something else when it was called back."""
    _open(delivery, IssueKind.CALL_DIFFERS)


def _open(delivery: Delivery, kind: IssueKind) -> None:
    if open_issue_of(delivery.id) is not None:
        return
    issue = SupervisionIssue(
        id=uuid4(),
        need_id=delivery.need_id,
        delivery_id=delivery.id,
        pairing_id=delivery.pairing_id,
        donor_id=delivery.donor_id,
        subject=delivery.subject,
        region_code=delivery.region_code,
        county_code=delivery.county_code,
        kind=kind,
        opened_at=now(),
        due_on=add_working_days(today(), WORKING_DAYS),
    )
    issue_workflow.fire(issue, "open", actor=SYSTEM)
    db.session.add(issue)
    db.session.flush()  # the need's overlay follows from the issue
    set_disputed(db.session.get_one(Need, delivery.need_id), since=today(), actor=SYSTEM)
    if "moved_clock" not in db.session.info:
        officers = accounts_with_role(Role.COUNTY_OFFICER, delivery.region_code)
        notify(officers, MessageKind.DECISION_DUE, link=f"/desk/issues/{issue.id}", due_on=issue.due_on)


def close_issue(issue: SupervisionIssue, *, actor: Actor, finding: Finding, words: str) -> None:
    """Close with a finding: the household is asked again, the rest is annulled, or nothing was wrong."""
    if not words.strip():
        raise NotValid({"finding_text": [_l("Write what you found.")]})
    delivery = db.session.get_one(Delivery, issue.delivery_id)
    if finding is Finding.NOTHING_WRONG and delivery.stage is DeliveryStage.DISPUTED:
        raise NotValid({"finding": [_l("The delivery is disputed: ask again, or annul what did not come.")]})
    if finding is Finding.ASK_AGAIN:
        note_inquiry(delivery, actor=actor)
    _close(issue, actor=actor, finding=finding, words=words)
    if finding is Finding.ANNULLED:
        annul_delivery(delivery, actor=actor, finding=words)


def settle(delivery: Delivery, *, actor: Actor = SYSTEM, finding: Finding = Finding.ANSWERED, **facts: Any) -> None:
    """Close the issue of a delivery that was annulled or has been confirmed since."""
    issue = open_issue_of(delivery.id)
    if issue is not None and delivery.stage in (DeliveryStage.CONFIRMED, DeliveryStage.ANNULLED):
        _close(issue, actor=actor, finding=finding)


def settle_annulled(delivery: Delivery, **facts: Any) -> None:
    """Close the issue of a delivery that the county annulled."""
    settle(delivery, finding=Finding.ANNULLED)


def _close(issue: SupervisionIssue, *, actor: Actor, finding: Finding, words: str = "") -> None:
    moment = now()
    issue_workflow.fire(issue, "close", actor=actor)
    issue.finding, issue.finding_text = finding, words.strip()
    issue.closed_at, issue.closed_by = moment, actor.account_id
    db.session.flush()  # whether the need is still disputed is asked of the rows
    if issue.stage is IssueStage.CLOSED and not has_open_issue(issue.need_id):
        set_disputed(db.session.get_one(Need, issue.need_id), since=None, actor=actor)
