"""Tasks of notices and objections: to hang, to look at, to hang again, to answer."""

from collections.abc import Iterator
from datetime import date

from core.i18n import label
from core.policy import Actor, can
from identification.notice_policy import NoticePermission
from identification.queries.notices import notices_to_act_on
from identification.queries.objections import objections_in_scope
from pages.queries.desk.steps import DeskTask, Step

STEPS = {"post": Step.POST_NOTICE, "post_again": Step.HANG_AGAIN, "inspect": Step.LOOK_AT_NOTICE}
MOST = 50


def notice_tasks(actor: Actor, today: date) -> Iterator[DeskTask]:
    """Yield what waits at a board for whoever hangs sheets."""
    if not can(actor, NoticePermission.NOTICE_POST):
        return
    for notice, what, due_on in notices_to_act_on(actor, limit=MOST):
        if can(actor, NoticePermission.NOTICE_POST, notice):
            title, url = label(notice.step), f"/desk/notices/{notice.id}"
            yield DeskTask(STEPS[what], title, url, due_on, place=notice.region_code)


def objection_tasks(actor: Actor, today: date) -> Iterator[DeskTask]:
    """Yield objections to be answered; one that hides a household is due the next day."""
    if not can(actor, NoticePermission.OBJECTION_HANDLE):
        return
    for objection in objections_in_scope(actor, limit=MOST).items:
        due_on = objection.due_on
        if objection.mask_by is not None and objection.decided_at is None:
            due_on = min(due_on, objection.mask_by.date())
        title, url = label(objection.kind), f"/desk/objections/{objection.id}"
        yield DeskTask(Step.ANSWER_OBJECTION, title, url, due_on, place=objection.region_code)
