"""Notices as anybody sees them, and the way to object. Nothing here may stay in a search engine."""

from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from accounts.services.throttle import begin_attempt
from core.errors import NotValid
from core.http import actor, client_address
from core.i18n import _
from core.policy import can, nameless, public
from core.print import qr_svg
from core.settings import current
from identification.forms.public import ObjectionForm
from identification.models.notices import Notice
from identification.notice_policy import NoticePermission
from identification.objection_choices import ObjectionKind
from identification.queries import notices as queries
from identification.queries.objections import open_objections_of
from identification.services.objecting import Filing, Receipt, file_objection
from identification.views.village_choice import choosing_village, chosen_village
from registry.views.places import place_name, place_names

blueprint = Blueprint("notices", __name__)


@blueprint.after_request
def keep_out_of_searches(response: Response) -> Response:
    """Tell search engines to leave: also where there is nothing (any more)."""
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


@blueprint.get("/notices")
@public
def index() -> ResponseReturnValue:
    """List running notices, and the counts of those that are over."""
    page = queries.published_notices(cursor=request.args.get("cursor"))
    names = place_names(row.region_code for row in page.items)
    return render_template("identification/notices.html", page=page, names=names)


@blueprint.get("/notices/<uuid:notice_id>")
@public
def show(notice_id: UUID) -> ResponseReturnValue:
    """Show the list while its time runs; afterwards only how many it named."""
    found = queries.published_notice(notice_id)
    if not found.is_running:
        gone = render_template("identification/notice_over.html", notice=found, place=place_name(found.region_code))
        return make_response(gone, 410)
    row = queries.notice_row(notice_id)
    return render_template(
        "identification/notice.html",
        notice=found,
        place=place_name(found.region_code),
        names=place_names(line.place_code for line in found.lines),
        many_villages=len({line.place_code for line in found.lines}) > 1,
        full_names=_full_names(row),
        open_objections=open_objections_of(row.batch_id),
        qr=Markup(qr_svg(f"{current().base_url}/notices/{found.id}")),  # noqa: S704 - drawn by us from our own address
    )


def _full_names(row: Notice) -> dict[UUID, str]:
    """Return the heads' names by line, for signed-in officers of the village only."""
    if not (actor().is_signed_in and can(actor(), NoticePermission.NOTICE_READ, row)):
        return {}
    return {entry.id: entry.shown_name for entry in queries.entries_of(row.id)}


@blueprint.get("/notices/<uuid:notice_id>/object")
@public
def object_to_list(notice_id: UUID) -> ResponseReturnValue:
    """Show the form for an objection to a list."""
    return _form(notice_id, ObjectionForm())


@blueprint.post("/notices/<uuid:notice_id>/object")
@nameless
@public
def send_objection_to_list(notice_id: UUID) -> ResponseReturnValue:
    """Take an objection to a list, with a name or without."""
    found, row = queries.published_notice(notice_id), queries.notice_row(notice_id)
    form = ObjectionForm.read().offer(found.lines)
    if not form.validate():
        return _form(notice_id, form), 422
    begin_attempt("object", address=client_address(), purpose="objection")
    entry = queries.shown_entry(row, form.entry.data or "")
    try:
        return _received(file_objection(_filing(form), region_code=row.region_code, notice=row, entry=entry))
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(notice_id, form), 422


@blueprint.get("/object")
@public
def object_without_list() -> ResponseReturnValue:
    """Show the form for what needs no list: somebody left out, rules not kept. First the village is chosen."""
    village = chosen_village()
    if village is None:
        return choosing_village("notices.object_without_list", _("Object: which village is it about?"))
    return _village_form(village, ObjectionForm())


@blueprint.post("/object")
@nameless
@public
def send_objection() -> ResponseReturnValue:
    """Take an objection that is about a village."""
    village = chosen_village()
    if village is None:
        return choosing_village("notices.object_without_list", _("Object: which village is it about?")), 422
    form = ObjectionForm.read().offer(None)
    if not form.validate():
        return _village_form(village, form), 422
    begin_attempt("object", address=client_address(), purpose="objection")
    try:
        return _received(file_objection(_filing(form), region_code=village))
    except NotValid as refusal:
        form.refuse(refusal)
        return _village_form(village, form), 422


def _filing(form: ObjectionForm) -> Filing:
    return Filing(ObjectionKind(form.kind.data), form.told.data, form.name.data, form.contact.data)


def _received(receipt: Receipt) -> str:
    return render_template("identification/objection_received.html", receipt=receipt, objection=receipt.objection)


def _form(notice_id: UUID, form: ObjectionForm) -> str:
    found = queries.published_notice(notice_id)
    return render_template(
        "identification/object.html",
        form=form.offer(found.lines),
        place=place_name(found.region_code),
        with_list=bool(found.lines),
        action=url_for(".send_objection_to_list", notice_id=notice_id),
        back=url_for(".show", notice_id=notice_id),
    )


def _village_form(village: str, form: ObjectionForm) -> str:
    return render_template(
        "identification/object.html",
        form=form.offer(None),
        place=place_name(village),
        with_list=False,
        action=url_for(".send_objection", village=village),
        back="",
    )
