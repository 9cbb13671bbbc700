"""Officers make notices, hang them, look after them, and put lines right."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from core.clock import SHANGHAI, calendar
from core.errors import NotFound, NotValid, Refused
from core.files import read_file
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from identification.forms.desk import CorrectForm, InspectForm, PhotoForm, ReasonForm, WhichNoticeForm
from identification.models.notices import Notice, NoticeEntry, NoticeInspection
from identification.notice_choices import NoticeStage, ReasonGroup
from identification.notice_clock import last_day_of
from identification.notice_policy import NoticePermission
from identification.queries import notices as queries
from identification.queries.objections import objections_of_notice
from identification.queries.ready_cases import ReadyCase, ready_cases
from identification.services.notice_changes import correct_entry, inspect_notice, post_again
from identification.services.noticing import make_notices, post_notice, withdraw_notice
from identification.views.desk_places import notice_kinds, places_for_notices
from registry.views.places import place_name, place_names

blueprint = Blueprint("notice_desk", __name__, url_prefix="/desk")


@blueprint.get("/notices")
@requires(NoticePermission.NOTICE_READ)
def index() -> ResponseReturnValue:
    """List the notices of my places, newest first."""
    page = queries.notices_in_scope(actor(), cursor=request.args.get("cursor"))
    return render_template(
        "identification/desk_notices.html",
        page=page,
        names=place_names(row.region_code for row in page.items),
        may_make=can(actor(), NoticePermission.NOTICE_PREPARE),
    )


@blueprint.get("/notices/new")
@requires(NoticePermission.NOTICE_PREPARE)
def new() -> ResponseReturnValue:
    """Choose place and notice; then see who is ready for it."""
    return _new_page(WhichNoticeForm.read_query().offer(places_for_notices(actor()), notice_kinds(actor())))


def _new_page(form: WhichNoticeForm, errors: dict[str, Any] | None = None) -> str:
    chosen = bool(request.values) and form.validate()
    return render_template(
        "identification/desk_notice_new.html",
        form=form,
        chosen=chosen,
        cases=_ready(form) if chosen else [],
        reasons=tuple(ReasonGroup),
        typed=request.form,
        errors=errors or {},
    )


def _ready(form: WhichNoticeForm) -> list[ReadyCase]:
    region_code, pack, step = form.chosen()
    return ready_cases(actor(), region_code, pack, step)


@blueprint.post("/notices")
@requires(NoticePermission.NOTICE_PREPARE)
def make() -> ResponseReturnValue:
    """Make the notice from everybody who is ready, each with a reason in one word group."""
    form = WhichNoticeForm.read().offer(places_for_notices(actor()), notice_kinds(actor()))
    if not form.validate():
        return _new_page(form), 422
    region_code, pack, step = form.chosen()
    try:
        made = make_notices(actor=actor(), region_code=region_code, pack=pack, step=step, reasons=_reasons())
    except NotValid as refusal:
        form.refuse(refusal)
        return _new_page(form, refusal.errors), 422
    flash(_("The notice is made. Print it, hang it, and note here with a photograph that it hangs."))
    if len(made) == 1:
        return redirect(url_for(".show", notice_id=made[0].id), 303)
    return redirect(url_for(".index"), 303)


def _reasons() -> dict[UUID, ReasonGroup]:
    found = {}
    for name, value in request.form.items():
        if name.startswith("reason-") and value in set(ReasonGroup):
            try:
                found[UUID(name.removeprefix("reason-"))] = ReasonGroup(value)
            except ValueError:
                continue
    return found


@blueprint.get("/notices/<uuid:notice_id>")
@requires(NoticePermission.NOTICE_READ)
def show(notice_id: UUID) -> ResponseReturnValue:
    """Show one notice with all that belongs to it."""
    return _page(queries.get_notice(actor(), notice_id))


def _page(notice: Notice, **forms: Any) -> str:
    entries, inspections = queries.entries_of(notice.id), queries.inspections_of(notice.id)
    return render_template(
        "identification/desk_notice.html",
        notice=notice,
        entries=entries,
        place=place_name(notice.region_code),
        names=place_names(entry.place_code for entry in entries),
        last_day=last_day_of(notice.earliest_close) if notice.earliest_close else None,
        is_certain=_is_certain(notice),
        inspected=[
            (stamp(seen.looked_at), _("It hung") if seen.still_up else _("It did not hang")) for seen in inspections
        ],
        photos=_photos(notice, inspections),
        objections=objections_of_notice(actor(), notice.batch_id),
        may_correct=notice.stage in (NoticeStage.PREPARED, NoticeStage.POSTED)
        and can(actor(), NoticePermission.NOTICE_CORRECT, notice),
        post_form=forms.get("post_form") or PhotoForm(),
        inspect_form=(forms.get("inspect_form") or InspectForm()).offer(),
        withdraw_form=forms.get("withdraw_form") or ReasonForm(),
        has_errors=bool(forms),
    )


def _photos(notice: Notice, inspections: Sequence[NoticeInspection]) -> list[dict[str, Any]]:
    """Return the photographs of the board, newest first."""
    own = [(notice.photo_file_id, notice.physical_posted_at)]
    found = [(seen.photo_file_id, seen.looked_at) for seen in inspections] + own
    return [
        {"url": url_for(".photo", notice_id=notice.id, file_id=file_id), "on": at}
        for file_id, at in found
        if file_id is not None and at is not None
    ]


def stamp(at: datetime) -> str:
    """Return a moment as lists of this page show it, in China."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _is_certain(notice: Notice) -> bool:
    """Return whether the holidays of all its days are on file."""
    if notice.starts_on is None or notice.earliest_close is None:
        return True
    return calendar().knows(notice.starts_on, last_day_of(notice.earliest_close))


@blueprint.post("/notices/<uuid:notice_id>/post")
@requires(NoticePermission.NOTICE_POST)
def post(notice_id: UUID) -> ResponseReturnValue:
    """Note with a photograph that it hangs; the clock starts."""
    notice, form = queries.get_notice(actor(), notice_id), PhotoForm.read()
    photo = _photo(form)
    if photo is None:
        return _page(notice, post_form=form), 422
    try:
        run = post_notice(notice, actor=actor(), photo=photo)
    except NotValid as refusal:
        form.refuse(_at(refusal, "photo"))
        return _page(queries.get_notice(actor(), notice_id), post_form=form), 422
    flash(_("It hangs since now. It may close after %(day)s.", day=run.last_day.isoformat()))
    return redirect(url_for(".show", notice_id=notice_id), 303)


def _photo(form: Any) -> bytes | None:
    """Return the bytes of the picture, or None with the message beside the field."""
    sent = form.photo.data
    content: bytes = sent.read() if sent is not None and hasattr(sent, "read") else b""
    if not content:
        form.photo.errors = [_("Add a photograph of the board.")]
        return None
    return content


def _at(refusal: NotValid, field: str) -> NotValid:
    """Put what the file store says beside the field of this form."""
    return NotValid({field: [message for messages in refusal.errors.values() for message in messages]})


@blueprint.post("/notices/<uuid:notice_id>/post-again")
@requires(NoticePermission.NOTICE_POST)
def hang_again(notice_id: UUID) -> ResponseReturnValue:
    """Note with a photograph that a missing sheet hangs again; its clocks start anew."""
    notice, form = queries.get_notice(actor(), notice_id), PhotoForm.read()
    photo = _photo(form)
    if photo is None:
        return _page(notice, post_form=form), 422
    try:
        post_again(notice, actor=actor(), photo=photo)
    except NotValid as refusal:
        form.refuse(_at(refusal, "photo"))
        return _page(queries.get_notice(actor(), notice_id), post_form=form), 422
    flash(_("It hangs again. All its days count anew."))
    return redirect(url_for(".show", notice_id=notice_id), 303)


@blueprint.post("/notices/<uuid:notice_id>/inspections")
@requires(NoticePermission.NOTICE_INSPECT)
def inspect(notice_id: UUID) -> ResponseReturnValue:
    """Note whether it hangs."""
    notice, form = queries.get_notice(actor(), notice_id), InspectForm.read().offer()
    if not form.validate():
        return _page(notice, inspect_form=form), 422
    sent = form.photo.data
    photo = sent.read() if sent is not None and hasattr(sent, "read") else b""
    try:
        inspect_notice(notice, actor=actor(), still_up=form.still_up.data == "yes", photo=photo or None)
    except NotValid as refusal:
        form.refuse(_at(refusal, "photo"))
        return _page(queries.get_notice(actor(), notice_id), inspect_form=form), 422
    flash(_("Noted."))
    return redirect(url_for(".show", notice_id=notice_id), 303)


@blueprint.post("/notices/<uuid:notice_id>/withdraw")
@requires(NoticePermission.NOTICE_WITHDRAW)
def withdraw(notice_id: UUID) -> ResponseReturnValue:
    """Take the notice back before its time."""
    notice, form = queries.get_notice(actor(), notice_id), ReasonForm.read()
    if not form.validate():
        return _page(notice, withdraw_form=form), 422
    withdraw_notice(notice, actor=actor(), reason=form.reason.data)
    flash(_("The notice is taken back and is no longer online. Take it off the board too."))
    return redirect(url_for(".show", notice_id=notice_id), 303)


@blueprint.get("/notices/<uuid:notice_id>/photos/<uuid:file_id>")
@requires(NoticePermission.NOTICE_READ)
def photo(notice_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Return a photograph of the board."""
    notice = queries.get_notice(actor(), notice_id)
    own = {notice.photo_file_id, *(seen.photo_file_id for seen in queries.inspections_of(notice.id))}
    if file_id not in own:
        raise NotFound
    stored, content = read_file(file_id, small=request.args.get("small") == "1")
    return send_file(BytesIO(content), mimetype=stored.mime)


@blueprint.get("/notice-entries/<uuid:entry_id>/correction")
@requires(NoticePermission.NOTICE_CORRECT)
def correction(entry_id: UUID) -> ResponseReturnValue:
    """Show the line to put right."""
    entry = _open_entry(entry_id)
    form = CorrectForm(name=entry.shown_name, persons=entry.persons, reason_group=entry.reason_group.value)
    return _correct_page(entry, form.offer())


@blueprint.post("/notice-entries/<uuid:entry_id>/correction")
@requires(NoticePermission.NOTICE_CORRECT)
def correct(entry_id: UUID) -> ResponseReturnValue:
    """Put a line right; its own days count anew."""
    entry, form = _open_entry(entry_id), CorrectForm.read().offer()
    if not form.validate():
        return _correct_page(entry, form), 422
    reason = ReasonGroup(form.reason_group.data)
    try:
        correct_entry(entry, actor=actor(), name=form.name.data, persons=form.persons.data, reason_group=reason)
    except NotValid as refusal:
        form.refuse(refusal)
        return _correct_page(entry, form), 422
    flash(_("The line is put right. Its days count anew; hang the new sheet."))
    return redirect(url_for(".show", notice_id=entry.notice_id), 303)


def _open_entry(entry_id: UUID) -> NoticeEntry:
    entry = queries.get_entry(actor(), entry_id)
    if entry.outcome is not None:
        raise Refused(_("This line is no longer on the board."), code="line_ended")
    return entry


def _correct_page(entry: NoticeEntry, form: CorrectForm) -> str:
    return render_template("identification/desk_correct.html", entry=entry, form=form)
