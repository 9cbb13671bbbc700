"""One meeting: its steps while it is open, what it decided afterwards."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from identification.case_choices import MeetingStage
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.forms.meetings import CloseForm, MeetingForm
from identification.models import Meeting
from identification.queries.cases import signs_lists
from identification.queries.meetings import agenda_of, attendance_of, count_of, get_meeting, present_of, what_is_missing
from identification.services.meetings import change_meeting, show_minutes
from identification.views.meetings.door import blueprint
from registry.policy import RegistryPermission
from registry.views.places import place_name


@blueprint.get("/<uuid:meeting_id>")
@requires(CasePermission.MEETING_READ)
def show(meeting_id: UUID) -> ResponseReturnValue:
    """Show the meeting."""
    return meeting_page(get_meeting(actor(), meeting_id))


def meeting_page(meeting: Meeting, *, form: CloseForm | None = None) -> str:
    """Return the page of a meeting, with what was typed to close it."""
    is_open = meeting.stage is MeetingStage.PREPARED
    agenda, present = agenda_of(meeting), present_of(meeting.id)
    missing = what_is_missing(meeting) if is_open else {}
    return render_template(
        "identification/meetings/meeting.html",
        meeting=meeting,
        place=place_name(meeting.region_code),
        rules=pack_labels[meeting.pack],
        attendance=attendance_of(meeting),
        agenda=agenda,
        counts={line.case_id: count_of(line.vote, present) for line in agenda if line.vote is not None},
        missing=missing,
        next_step=next(iter(missing), ""),
        is_planned=meeting.held_on > today(),
        signs_lists=signs_lists(meeting.pack, meeting.region_code),
        form=form or CloseForm(),
        **_may(meeting),
    )


def _may(meeting: Meeting) -> dict[str, bool]:
    holds = can(actor(), CasePermission.MEETING_HOLD, meeting)
    return {
        "may_hold": holds and meeting.stage is MeetingStage.PREPARED,
        "may_print": holds,
        "may_look": can(actor(), RegistryPermission.PAPER_READ, meeting),
    }


@blueprint.get("/<uuid:meeting_id>/change")
@requires(CasePermission.MEETING_HOLD)
def change(meeting_id: UUID) -> ResponseReturnValue:
    """Show what was written about the meeting, to be put right."""
    meeting = open_meeting(meeting_id)
    return _change_page(meeting, MeetingForm(obj=meeting))


def open_meeting(meeting_id: UUID) -> Meeting:
    """Return a meeting that may still be changed; one that is closed has no such page."""
    meeting = get_meeting(actor(), meeting_id)
    if meeting.stage is not MeetingStage.PREPARED:
        raise NotFound
    return meeting


def _change_page(meeting: Meeting, form: MeetingForm) -> str:
    return render_template("identification/meetings/change.html", meeting=meeting, form=form.offer(), **crumbs(meeting))


def crumbs(meeting: Meeting) -> dict[str, Any]:
    """Return what every page of a step says about its meeting."""
    title = _("Meeting of %(day)s", day=meeting.held_on.isoformat())
    return {"title_of_meeting": title, "url_of_meeting": url_for("meeting_desk.show", meeting_id=meeting.id)}


@blueprint.post("/<uuid:meeting_id>/change")
@requires(CasePermission.MEETING_HOLD)
def put_right(meeting_id: UUID) -> ResponseReturnValue:
    """Put right what was written about the meeting."""
    meeting, form = get_meeting(actor(), meeting_id), MeetingForm.read().offer()
    if not form.validate():
        return _change_page(meeting, form), 422
    try:
        change_meeting(meeting, form.frame(), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _change_page(get_meeting(actor(), meeting_id), form), 422
    flash(_("Put right."))
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


@blueprint.get("/<uuid:meeting_id>/signed-minutes")
@requires(RegistryPermission.PAPER_READ)
def signed_minutes(meeting_id: UUID) -> ResponseReturnValue:
    """Return the signed minutes of a closed meeting."""
    meeting = get_meeting(actor(), meeting_id)
    if meeting.stage is not MeetingStage.HELD:
        raise NotFound
    mime, content = show_minutes(meeting)
    return send_file(BytesIO(content), mimetype=mime)
