"""Collecting the tasks: each role's own questions to the packages below, never what somebody may not do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from accounts.policy import AccountPermission
from accounts.queries import open_resets, pending_grants
from core.clock import add_working_days, local_day
from core.policy import Actor, can
from donors.models import DonorStage
from donors.policy import DonorPermission
from donors.queries import donors_in_queue
from needs.choices import NeedStage
from needs.queries import (
    NeedTask,
    drawn_revisits,
    needs_to_approve,
    needs_to_renew,
    needs_to_verify,
    own_needs,
)
from pages.queries.desk.casework import case_tasks, late_tasks, new_household_tasks
from pages.queries.desk.named import household_of, names_of_donors
from pages.queries.desk.noticing import notice_tasks, objection_tasks
from pages.queries.desk.steps import DeskTask, Step
from pairing.choices import InvitationStage
from pairing.policy import PairingPermission
from pairing.queries.pairings import invitations, links_to_decide, needs_named
from pledges.policy import PledgePermission
from pledges.queries import tasks as pledge_tasks
from registry.choices import ReplacementStage
from registry.policy import RegistryPermission
from registry.queries import erasures_to_decide, replacements_of
from supervision.policy import SupervisionPermission
from supervision.queries import issues, reports

MOST = 100
CHECK_DONOR_DAYS = 5
CALL_BACK_DAYS = 7
GRANT_DAYS = 3
RESET_DAYS = 1
CARD_DAYS = 3
ERASURE_DAYS = 15
LIMITS = {NeedStage.SUBMITTED: 5, NeedStage.VERIFIED: 3}


def desk_tasks(actor: Actor, today: date) -> list[DeskTask]:
    """Return everything that waits for the actor, the most urgent first, then what others have from him."""
    found = [task for source in _SOURCES for task in source(actor, today)]
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or today, task.step))


def _needs(actor: Actor, today: date) -> Iterator[DeskTask]:
    questions: tuple[tuple[Step, str, Callable[..., list[NeedTask]]], ...] = (
        (Step.APPROVE, "need:approve", needs_to_approve),
        (Step.VERIFY, "need:verify", needs_to_verify),
        (Step.RENEW, "need:renew", needs_to_renew),
        (Step.REVISIT, "need:revisit", drawn_revisits),
    )
    for step, permission, ask in questions:
        if can(actor, permission):
            for need in ask(actor, limit=MOST):
                url = f"/desk/needs/{need.id}/{step.value}"
                home = need.household_id
                yield DeskTask(step, need.title, url, need.due_on, place=need.region_code, household_id=home)


def _own_needs(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, "need:create"):
        return
    for need in own_needs(actor).items:
        about: dict[str, Any] = {"place": need.region_code, "household_id": need.household_id}
        url = f"/desk/needs/{need.id}"
        if need.stage is NeedStage.DRAFT:
            due_on = local_day(need.created_at) + timedelta(days=7)
            yield DeskTask(Step.FINISH_DRAFT, need.title, url, due_on, **about)
        elif need.stage in LIMITS:
            verified = need.stage is NeedStage.VERIFIED
            since = local_day((need.verified_at if verified else need.submitted_at) or need.created_at)
            step = Step.WAIT_FOR_APPROVAL if verified else Step.WAIT_FOR_VERIFICATION
            day = (today - since).days + 1
            yield DeskTask(step, need.title, url, day=day, limit=LIMITS[need.stage], **about)


def _links(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not any(can(actor, name) for name in (PairingPermission.LINK_COMMENT, PairingPermission.LINK_CONFIRM)):
        return
    found = links_to_decide(actor, limit=MOST)
    names = names_of_donors(task.link.donor_id for task in found if task.link.donor_id)
    for task in found:
        link = task.link
        name = names.get(link.donor_id, "") if link.donor_id else link.unit_name
        home = household_of(link.subject)
        url = f"/desk/pairings/{link.pairing_id}"
        yield DeskTask(Step(task.step), name, url, task.due_on, place=link.region_code, household_id=home)


def _pledges(actor: Actor, today: date) -> Iterator[DeskTask]:
    questions: tuple[tuple[str, Callable[..., list[pledge_tasks.Task]]], ...] = (
        (PledgePermission.PLEDGE_AGREE, pledge_tasks.pledges_to_decide),
        (PledgePermission.PLEDGE_OFFER, pledge_tasks.pledges_to_deliver),
        (PledgePermission.DELIVERY_ARRIVE, pledge_tasks.arrivals),
        (PledgePermission.SLIP_ISSUE, pledge_tasks.slips_to_make),
        (PledgePermission.DELIVERY_MEND, pledge_tasks.to_mend),
        (PledgePermission.CONFIRMATION_CALL_BACK, pledge_tasks.silent_households),
    )
    for permission, ask in questions:
        if can(actor, permission):
            for task in ask(actor, limit=MOST):
                yield _pledge_task(task, task.due_on)


def _given(actor: Actor, today: date) -> Iterator[DeskTask]:
    """What a helper has done and others have to answer."""
    if not can(actor, PledgePermission.PLEDGE_OFFER):
        return
    for task in (*pledge_tasks.offers_waiting(actor, limit=MOST), *pledge_tasks.answers_waiting(actor, limit=MOST)):
        since = task.since or today
        row = _pledge_task(task, None)
        yield replace(row, day=(today - since).days + 1, limit=max((task.due_on - since).days, 1))


def _pledge_task(task: pledge_tasks.Task, due_on: date | None) -> DeskTask:
    home = household_of(task.subject)
    return DeskTask(
        Step(task.step), task.title, task.url, due_on, task.quantity, task.unit, place=task.place, household_id=home
    )


def _call_backs(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, PledgePermission.CONFIRMATION_CALL_BACK):
        return
    for answer, need in pledge_tasks.call_backs(actor, limit=MOST):
        due_on = local_day(answer.answered_at) + timedelta(days=CALL_BACK_DAYS)
        yield DeskTask(Step.CALL_BACK, need.title, f"/desk/deliveries/{answer.delivery_id}", due_on)


def _invitations(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, PairingPermission.INVITATION_ANSWER):
        return
    for invitation in invitations(actor, stage=InvitationStage.SENT).items:
        titles = [need.title for need in needs_named(invitation.need_ids)]
        url, due_on = f"/desk/invitations/{invitation.id}", local_day(invitation.expires_at)
        yield DeskTask(Step.ANSWER_INVITATION, next(iter(titles), ""), url, due_on)


def _donors(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, DonorPermission.DONOR_VERIFY):
        return
    for stage, step in ((DonorStage.SUBMITTED, Step.CHECK_DONOR), (None, Step.DECIDE_APPEAL)):
        for donor in donors_in_queue(actor, stage=stage).items:
            since = local_day(donor.submitted_at or donor.created_at)
            due_on = add_working_days(since, CHECK_DONOR_DAYS)
            yield DeskTask(step, donor.name, f"/desk/donors/{donor.id}", due_on)


def _supervision(actor: Actor, today: date) -> Iterator[DeskTask]:
    if can(actor, SupervisionPermission.ISSUE_READ):
        closes = can(actor, SupervisionPermission.ISSUE_CLOSE)
        for issue, need in issues(actor).items:
            url = f"/desk/issues/{issue.id}"
            if closes:
                yield DeskTask(Step.SETTLE_ISSUE, need.title, url, issue.due_on, place=issue.region_code)
            else:
                day = (today - local_day(issue.opened_at)).days + 1
                yield DeskTask(Step.WATCH_ISSUE, need.title, url, place=issue.region_code, day=day, limit=7)
    if can(actor, SupervisionPermission.REPORT_ANSWER):
        for report in reports(actor).items:
            yield DeskTask(Step.ANSWER_REPORT, report.page, f"/desk/reports/{report.id}", report.due_on)


def _grants(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, AccountPermission.ROLE_APPROVE):
        return
    for grant, account in pending_grants(actor):
        if actor.account_id not in (grant.granted_by, account.id):
            due_on = local_day(grant.created_at) + timedelta(days=GRANT_DAYS)
            yield DeskTask(Step.APPROVE_GRANT, account.display_name, f"/accounts/{account.id}", due_on)


def _resets(actor: Actor, today: date) -> Iterator[DeskTask]:
    for reset, account in open_resets(actor):
        if actor.account_id not in (reset.asked_by, account.id):
            due_on = add_working_days(local_day(reset.created_at), RESET_DAYS)
            yield DeskTask(Step.AGREE_RESET, account.display_name, f"/accounts/{account.id}#reset", due_on)


def _cards(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, RegistryPermission.CARD_REPLACE):
        return
    for replacement, household in replacements_of(actor):
        since = local_day(replacement.agreed_at or replacement.asked_at)
        url, due_on = f"/desk/households/{household.id}/card", add_working_days(since, CARD_DAYS)
        place, number = household.region_code, household.household_no
        if replacement.stage is ReplacementStage.AGREED:
            yield DeskTask(Step.GIVE_CARD, number, url, due_on, place=place)
        elif replacement.asked_by == actor.account_id:
            day = (today - since).days + 1
            yield DeskTask(Step.WAIT_FOR_CARD, number, url, place=place, day=day, limit=CARD_DAYS)
        else:
            yield DeskTask(Step.AGREE_CARD, number, url, due_on, place=place)


def _erasures(actor: Actor, today: date) -> Iterator[DeskTask]:
    if not can(actor, RegistryPermission.HOUSEHOLD_ERASE):
        return
    for order, household in erasures_to_decide(actor):
        if order.asked_by != actor.account_id:
            due_on = add_working_days(local_day(order.asked_at), ERASURE_DAYS)
            url = f"/desk/households/{household.id}/erasure"
            yield DeskTask(Step.AGREE_ERASURE, household.household_no, url, due_on, place=household.region_code)


_SOURCES: tuple[Callable[[Actor, date], Iterator[DeskTask]], ...] = (
    _needs,
    _own_needs,
    _links,
    _pledges,
    _given,
    _call_backs,
    _invitations,
    _donors,
    _supervision,
    _grants,
    _resets,
    _cards,
    _erasures,
    notice_tasks,
    objection_tasks,
    case_tasks,
    late_tasks,
    new_household_tasks,
)
