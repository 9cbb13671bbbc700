"""A meeting is closed with its signed minutes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.case_policy import CasePermission
from identification.forms.meetings import CloseForm
from identification.queries.meetings import get_meeting
from identification.services.meetings import close_meeting
from identification.views.meetings.door import blueprint
from identification.views.meetings.showing import meeting_page


@blueprint.post("/<uuid:meeting_id>/close")
@requires(CasePermission.MEETING_HOLD)
def close(meeting_id: UUID) -> ResponseReturnValue:
    """Close the meeting; every vote decides its case."""
    meeting, form = get_meeting(actor(), meeting_id), CloseForm.read()
    try:
        close_meeting(meeting, actor=actor(), pages=_pages(form.minutes.data))
    except NotValid as refusal:
        form.refuse(refusal)
        return meeting_page(get_meeting(actor(), meeting_id), form=form), 422
    flash(_("The meeting is closed. Every household it voted on has gone its way."))
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


def _pages(sent: Sequence[Any] | None) -> list[bytes]:
    return [page.read() for page in sent or () if getattr(page, "filename", "")]
