"""Tasks in words: a verb and an object, then one line of what and where."""

from collections.abc import Callable, Mapping
from uuid import UUID

from core.i18n import _
from pages.queries.desk import DeskTask, Step
from pages.views.sentences import amount

_TITLES: dict[Step, Callable[[str], str]] = {
    Step.VERIFY: lambda title: _("Verify on site: %(title)s", title=title),
    Step.APPROVE: lambda title: _("Decide about: %(title)s", title=title),
    Step.RENEW: lambda title: _("About to expire, renew or let go: %(title)s", title=title),
    Step.REVISIT: lambda title: _("Visit again, drawn from a sheet: %(title)s", title=title),
    Step.FINISH_DRAFT: lambda title: _("Finish the draft: %(title)s", title=title),
    Step.COMMENT: lambda title: _("Answer a helper who wants to join: %(title)s", title=title),
    Step.RECORD_CONSENT: lambda title: _(
        "Ask the household about a new helper, record its answer: %(title)s", title=title
    ),
    Step.CONFIRM: lambda title: _("Confirm a new helper: %(title)s", title=title),
    Step.DECIDE: lambda title: _("Agree or release a pledge: %(title)s", title=title),
    Step.DELIVER: lambda title: _("Deliver what was pledged: %(title)s", title=title),
    Step.ARRIVE: lambda title: _("Note the arrival: %(title)s", title=title),
    Step.ISSUE_CODE: lambda title: _("Print the slip and hand it over: %(title)s", title=title),
    Step.MEND: lambda title: _("Put right what was wrong: %(title)s", title=title),
    Step.CALL: lambda title: _("Phone the household that has not answered: %(title)s", title=title),
    Step.CALL_BACK: lambda title: _("Call back: %(title)s", title=title),
    Step.ANSWER_INVITATION: lambda title: _("Answer an invitation to join: %(title)s", title=title),
    Step.CHECK_DONOR: lambda title: _("Check a helper: %(title)s", title=title),
    Step.DECIDE_APPEAL: lambda title: _("Decide an appeal: %(title)s", title=title),
    Step.SETTLE_ISSUE: lambda title: _("Look into a disputed delivery: %(title)s", title=title),
    Step.ANSWER_REPORT: lambda title: _("Answer a report from the public"),
    Step.APPROVE_GRANT: lambda title: _("Agree to a role for %(title)s", title=title),
    Step.AGREE_RESET: lambda title: _("Let %(title)s in again", title=title),
    Step.AGREE_CARD: lambda title: _("Agree to a new card for household %(title)s, or decline", title=title),
    Step.GIVE_CARD: lambda title: _("Give household %(title)s its new card", title=title),
    Step.AGREE_ERASURE: lambda title: _("Decide whether to erase household %(title)s", title=title),
    Step.POST_NOTICE: lambda title: _("Hang the notice: %(title)s", title=title),
    Step.HANG_AGAIN: lambda title: _("Hang again what is missing: %(title)s", title=title),
    Step.LOOK_AT_NOTICE: lambda title: _("See whether it hangs to the end: %(title)s", title=title),
    Step.ANSWER_OBJECTION: lambda title: _("Answer an objection: %(title)s", title=title),
    Step.MOVE_CASE: lambda title: title,
    Step.SEE_TO_CASE: lambda title: _("Passed up, nobody acted below: %(title)s", title=title),
    Step.LATE_CASE: lambda title: _("Not decided within the days in all: %(title)s", title=title),
    Step.GIVE_FIRST_CARD: lambda title: _("Give household %(title)s its card", title=title),
    Step.SURVEY_NEEDS: lambda title: _("Ask household %(title)s what it needs", title=title),
    Step.WAIT_FOR_CARD: lambda title: _(
        "A new card for household %(title)s, waiting for the other officer", title=title
    ),
    Step.WAIT_FOR_VERIFICATION: lambda title: _("%(title)s, waiting for the village to verify", title=title),
    Step.WAIT_FOR_APPROVAL: lambda title: _("%(title)s, waiting for approval", title=title),
    Step.WAIT_FOR_DECISION: lambda title: _("%(title)s, waiting for an answer to your pledge", title=title),
    Step.WAIT_FOR_HOUSEHOLD: lambda title: _("%(title)s, waiting for the household's answer", title=title),
    Step.WATCH_ISSUE: lambda title: _("%(title)s, disputed; the county looks into it", title=title),
}
_LINES: dict[Step, Callable[[], str]] = {
    Step.VERIFY: lambda: _("Two people visit; take a picture or a paper of the visit."),
    Step.COMMENT: lambda: _("An objection needs a reason. After 3 working days silence counts as informed."),
    Step.RECORD_CONSENT: lambda: _("Another officer confirms afterwards."),
    Step.CONFIRM: lambda: _("The household has agreed."),
    Step.DECIDE: lambda: _("After 3 working days it moves up one level."),
    Step.ISSUE_CODE: lambda: _("The household uses it itself."),
    Step.CALL: lambda: _("No answer for 14 days; after 45 days it is counted apart."),
    Step.CALL_BACK: lambda: _("Drawn, or something looked odd. Ask what arrived."),
    Step.SETTLE_ISSUE: lambda: _("The household says that something is wrong."),
    Step.POST_NOTICE: lambda: _("With a photograph; the days count from then."),
    Step.LOOK_AT_NOTICE: lambda: _("Without it nobody on the list passes."),
    Step.SEE_TO_CASE: lambda: _("Act in its place where you may, or see that it does."),
    Step.GIVE_FIRST_CARD: lambda: _("Newly on the register. Another officer than the one who writes its needs."),
    Step.SURVEY_NEEDS: lambda: _("Newly on the register."),
    Step.AGREE_RESET: lambda: _("A colleague asked for it; a second person must agree."),
    Step.GIVE_CARD: lambda: _("The other officer has agreed. The old card works until then."),
    Step.AGREE_ERASURE: lambda: _("Two officials erase; afterwards nobody can read it again."),
    Step.FINISH_DRAFT: lambda: _("Not submitted yet, or returned to be completed."),
}


def title_of(task: DeskTask) -> str:
    """Return the task as a verb and an object."""
    return _TITLES[task.step](task.title)


def line_of(task: DeskTask, places: Mapping[str, str], households: Mapping[UUID, str]) -> str:
    """Return one line of what and where; the household's number only where the reader may know it."""
    number = households.get(task.household_id) if task.household_id else None
    household = _("household no. %(number)s", number=number) if number else ""
    words = amount(task.amount, task.unit) if task.amount is not None else ""
    rule = _LINES[task.step]() if task.step in _LINES else ""
    facts = ""
    for part in filter(None, (places.get(task.place, ""), household, words)):
        facts = _("%(first)s, %(second)s", first=facts, second=part) if facts else part
    if facts and rule:
        return _("%(facts)s. %(rule)s", facts=facts, rule=rule)
    return facts or rule
