"""The list of meetings, and a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from identification.case_policy import CasePermission
from identification.forms.meetings import NewMeetingForm
from identification.queries.meetings import meetings_of
from identification.queries.rounds import running_round
from identification.services.meetings import prepare_meeting
from identification.views.desk_places import all_villages
from identification.views.meetings.door import blueprint
from registry.views.places import place_name, place_names, villages_of


@blueprint.get("")
@requires(CasePermission.MEETING_READ)
def index() -> ResponseReturnValue:
    """List the meetings of my places, or of one village of them."""
    village = request.args.get("village", "")
    page = meetings_of(actor(), region_code=village, cursor=request.args.get("cursor"))
    return render_template(
        "identification/meetings/index.html",
        page=page,
        names=place_names(row.region_code for row in page.items),
        village=village,
        place=place_name(village) if village else "",
        villages=all_villages(actor()),
        may_hold=can(actor(), CasePermission.MEETING_HOLD),
    )


@blueprint.get("/new")
@requires(CasePermission.MEETING_HOLD)
def new() -> ResponseReturnValue:
    """Show the form of a new meeting."""
    places = villages_of(actor())
    village = request.args.get("village", places[0][0] if len(places) == 1 else "")
    return _page(NewMeetingForm(held_on=today(), region_code=village))


def _page(form: NewMeetingForm) -> str:
    return render_template("identification/meetings/new.html", form=form.offer_all(villages_of(actor())))


@blueprint.post("")
@requires(CasePermission.MEETING_HOLD)
def make() -> ResponseReturnValue:
    """Write the meeting down; the next step is who may vote."""
    form = NewMeetingForm.read().offer_all(villages_of(actor()))
    if not form.validate():
        return _page(form), 422
    village, pack = form.region_code.data, form.pack.data
    try:
        running = running_round(village, pack)
        meeting = prepare_meeting(form.frame(), actor=actor(), region_code=village, pack=pack, running=running)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(form), 422
    flash(_("The meeting is written down. Write next who may vote."))
    return redirect(url_for(".members", meeting_id=meeting.id), 303)
