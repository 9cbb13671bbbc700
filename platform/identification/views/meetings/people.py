"""Who may vote, and who came."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.case_policy import CasePermission
from identification.forms.meetings import AttendanceForm, MembersForm
from identification.meeting_list import read_list, write_list
from identification.models import Meeting, MeetingMember
from identification.queries.meetings import attendance_of, earlier_list, get_meeting, known_numbers, members_of
from identification.services.meetings import list_members, tick_attendance
from identification.views.meetings.door import blueprint
from identification.views.meetings.showing import crumbs, open_meeting


@blueprint.get("/<uuid:meeting_id>/members")
@requires(CasePermission.MEETING_HOLD)
def members(meeting_id: UUID) -> ResponseReturnValue:
    """Show the list of those entitled; an earlier one is put into the form only when somebody asks for it."""
    meeting = open_meeting(meeting_id)
    lines = tuple((member.name, member.household_no) for member in members_of(meeting.id))
    if request.args.get("from") == "earlier":
        found = earlier_list(meeting)
        lines = found.lines if found else lines
    return _members_page(meeting, MembersForm(names=write_list(lines)))


def _members_page(meeting: Meeting, form: MembersForm) -> str:
    return render_template(
        "identification/meetings/members.html",
        meeting=meeting,
        form=form,
        earlier=earlier_list(meeting) if not form.names.data else None,
        **crumbs(meeting),
    )


@blueprint.post("/<uuid:meeting_id>/members")
@requires(CasePermission.MEETING_HOLD)
def write_members(meeting_id: UUID) -> ResponseReturnValue:
    """Write down who may vote."""
    meeting, form = get_meeting(actor(), meeting_id), MembersForm.read()
    if not form.validate():
        return _members_page(meeting, form), 422
    try:
        list_members(meeting, read_list(form.names.data, known_numbers(meeting.region_code)), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _members_page(get_meeting(actor(), meeting_id), form), 422
    flash(_("The list is written down. Tick next who came."))
    return redirect(url_for(".attendance", meeting_id=meeting_id), 303)


@blueprint.get("/<uuid:meeting_id>/attendance")
@requires(CasePermission.MEETING_HOLD)
def attendance(meeting_id: UUID) -> ResponseReturnValue:
    """Show those entitled, to be ticked."""
    meeting = open_meeting(meeting_id)
    listed = members_of(meeting.id)
    form = AttendanceForm(present=[str(member.id) for member in listed if member.present])
    return render_template(
        "identification/meetings/attendance.html",
        meeting=meeting,
        form=form.offer(map(member_choice, listed)),
        attendance=attendance_of(meeting),
        **crumbs(meeting),
    )


def member_choice(member: MeetingMember) -> tuple[str, str]:
    """Return a person of the list as a box to tick."""
    return str(member.id), " ".join(filter(None, (member.name, member.household_no)))


@blueprint.post("/<uuid:meeting_id>/attendance")
@requires(CasePermission.MEETING_HOLD)
def write_attendance(meeting_id: UUID) -> ResponseReturnValue:
    """Note who came."""
    meeting = get_meeting(actor(), meeting_id)
    form = AttendanceForm.read().offer(map(member_choice, members_of(meeting_id)))
    came = tick_attendance(meeting, form.present.ids(), actor=actor())
    flash(_("%(present)s persons are present.", present=came))
    return redirect(url_for(".show", meeting_id=meeting_id), 303)
