"""One household a card: what the meeting may know of it, and how it voted."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor, wants_fragment
from core.i18n import _, label
from core.policy import requires
from identification.case_policy import CasePermission
from identification.forms.meetings import VoteForm
from identification.meeting_rules import faults_of, result_of
from identification.models import Meeting, MeetingMember
from identification.queries.meetings import (
    AgendaLine,
    agenda_line,
    agenda_of,
    attendance_of,
    get_meeting,
    members_of,
)
from identification.services.meetings import enter_vote, take_vote_out
from identification.views.meetings.door import blueprint
from identification.views.meetings.people import member_choice
from identification.views.meetings.showing import crumbs, open_meeting


@blueprint.get("/<uuid:meeting_id>/households/<uuid:case_id>")
@requires(CasePermission.MEETING_HOLD)
def household(meeting_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Show the card of a household; while numbers are typed, check them and say what they mean."""
    meeting = open_meeting(meeting_id)
    line, present = agenda_line(meeting, case_id), _present(meeting)
    if wants_fragment():
        form = VoteForm.read_query().offer(map(member_choice, present))
        answer = make_response(_tally(meeting, case_id, form), 422 if _has_faults(form, len(present)) else 200)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    vote = line.vote
    kept = {} if vote is None else {"votes_for": vote.votes_for, "votes_against": vote.votes_against}
    more = {} if vote is None else {"abstained": vote.abstained, "recused": vote.recused}
    return _page(meeting, line, VoteForm(**kept, **more, no_relatives=vote.no_relatives if vote else False))


def _present(meeting: Meeting) -> list[MeetingMember]:
    return [member for member in members_of(meeting.id) if member.present]


def _has_faults(form: VoteForm, present: int) -> bool:
    count = form.ballot().count
    return bool(count.counted and faults_of(count, present=present))


def _tally(meeting: Meeting, case_id: UUID, form: VoteForm) -> str:
    return render_template(
        "identification/meetings/_tally.html", meeting=meeting, case_id=case_id, **_sums(meeting, form)
    )


def _sums(meeting: Meeting, form: VoteForm) -> dict[str, object]:
    """Return what the numbers typed so far come to."""
    found, count = attendance_of(meeting), form.ballot().count
    faults = faults_of(count, present=found.present) if count.counted else {}
    return {
        "attendance": found,
        "count": count,
        "faults": [str(message) for messages in faults.values() for message in messages],
        "result": result_of(found.rule, count, present=found.present) if count.counted and not faults else None,
    }


def _page(meeting: Meeting, line: AgendaLine, form: VoteForm) -> str:
    present = _present(meeting)
    form.offer(map(member_choice, present))
    near = {str(member.id) for member in present if _is_near(member, line)}
    return render_template(
        "identification/meetings/household.html",
        meeting=meeting,
        line=line,
        form=form,
        case_id=line.case_id,
        near=_boxes(form, near),
        others=_boxes(form, {str(member.id) for member in present} - near),
        **_sums(meeting, form),
        **crumbs(meeting),
    )


def _is_near(member: MeetingMember, line: AgendaLine) -> bool:
    """Return whether somebody might be close: of the same household, or of the same family name. A hint, no more."""
    same_house = bool(line.household_no) and member.household_no == line.household_no
    return same_house or member.name[:1] == line.masked_name[:1]


def _boxes(form: VoteForm, ids: set[str]) -> list[dict[str, object]]:
    chosen = set(form.recused.data or ())
    offered = [choice for choice in form.recused.choices if choice.value in ids]
    return [{"value": one.value, "label": one.label, "checked": one.value in chosen} for one in offered]


@blueprint.post("/<uuid:meeting_id>/households/<uuid:case_id>")
@requires(CasePermission.MEETING_HOLD)
def write_vote(meeting_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Write the vote down; go on to the next household without one."""
    meeting = get_meeting(actor(), meeting_id)
    form = VoteForm.read().offer(map(member_choice, _present(meeting)))
    if not form.validate():
        return _page(meeting, agenda_line(meeting, case_id), form), 422
    try:
        vote = enter_vote(meeting, case_id, form.ballot(), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        meeting = get_meeting(actor(), meeting_id)
        return _page(meeting, agenda_line(meeting, case_id), form), 422
    line = agenda_line(meeting, case_id)
    result = label(vote.result) if vote.result else ""
    flash(_("%(household)s: %(result)s.", household=household_words(line), result=result))
    return redirect(_after(meeting, agenda_of(meeting)), 303)


def household_words(line: AgendaLine) -> str:
    """Return a household as lists of officers name it."""
    return _("Household %(number)s, %(name)s", number=line.household_no, name=line.masked_name)


def _after(meeting: Meeting, agenda: Sequence[AgendaLine]) -> str:
    """Return the address of the next household without a vote, or of the meeting."""
    left = next((line for line in agenda if line.vote is None and line.is_waiting), None)
    if left is None:
        return url_for(".show", meeting_id=meeting.id)
    return url_for(".household", meeting_id=meeting.id, case_id=left.case_id)


@blueprint.post("/<uuid:meeting_id>/households/<uuid:case_id>/take-out")
@requires(CasePermission.MEETING_HOLD)
def take_out(meeting_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Take back a vote that was written down by mistake."""
    meeting = get_meeting(actor(), meeting_id)
    take_vote_out(meeting, case_id, actor=actor())
    flash(_("The vote is taken out. The household waits as before."))
    return redirect(url_for(".show", meeting_id=meeting_id), 303)
