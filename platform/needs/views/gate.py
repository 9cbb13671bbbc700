"""A need on the desk: its page, verification, renewal, withdrawal, the second visit."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotValid, Refused
from core.files import read_file, store_file
from core.http import actor
from core.i18n import _
from core.policy import requires, signed_in
from needs.forms import ReasonForm, RevisitForm, VisitForm
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import evidence_of, get_need, own_needs
from needs.services import (
    Evidence,
    check_drawn,
    check_need,
    record_revisit,
    renew_need,
    return_need,
    verify_need,
    withdraw_need,
)
from needs.views.door import blueprint, open_step
from needs.views.places import place_name, place_names
from needs.views.rows import need_facts, people_rows, photo_rows, rule_rows
from needs.workflow import need_workflow, sums_of


@blueprint.get("/needs")
@requires(NeedPermission.NEED_CREATE)
def index() -> ResponseReturnValue:
    """List the needs that I wrote down."""
    page = own_needs(actor(), cursor=request.args.get("cursor"))
    return render_template("needs/index.html", page=page, places=place_names(need.region_code for need in page.items))


@blueprint.get("/needs/<uuid:need_id>")
@requires(NeedPermission.NEED_READ)
def need(need_id: UUID) -> ResponseReturnValue:
    """Show a need with what may be done now, and what blocks the rest."""
    found = get_need(actor(), need_id)
    return render_template(
        "needs/need.html",
        need=found,
        place=place_name(found.region_code),
        facts=need_facts(found),
        people=people_rows(found),
        photos=photo_rows(found, evidence_of(found.id)),
        sums=sums_of(found),
        steps=need_workflow.options(found, actor=actor()),
        pages=_PAGES,
    )


# Which page takes a step; submit and withdraw of a draft have theirs.
_PAGES = {
    "submit": "needs.draft_check",
    "verify": "needs.verify",
    "approve": "needs.approve",
    "renew": "needs.renew",
    "withdraw": "needs.withdraw",
    "return": "needs.return_page",
}


@blueprint.get("/needs/<uuid:need_id>/evidence/<uuid:file_id>")
@signed_in
def evidence(need_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Show a kept picture or paper to those who may see the need."""
    found = get_need(actor(), need_id)
    if file_id not in {piece.file_id for piece in evidence_of(found.id)}:
        raise NotFound
    stored, content = read_file(file_id, small=bool(request.args.get("small")))
    return Response(content, mimetype=stored.mime, headers={"Cache-Control": "private, no-store"})


def _visit_page(found: Need, form: VisitForm, *, renewal: bool) -> str:
    return render_template(
        "needs/visit.html",
        need=found,
        place=place_name(found.region_code),
        facts=need_facts(found),
        rules=rule_rows(check_need(found)),
        form=form,
        renewal=renewal,
    )


@blueprint.get("/needs/<uuid:need_id>/verify")
@requires(NeedPermission.NEED_VERIFY)
def verify(need_id: UUID) -> ResponseReturnValue:
    """Show what is to be verified on site."""
    return _visit_page(open_step(need_id, "verify"), VisitForm(), renewal=False)


@blueprint.post("/needs/<uuid:need_id>/verify")
@requires(NeedPermission.NEED_VERIFY)
def verify_now(need_id: UUID) -> ResponseReturnValue:
    """Keep the evidence and stand up for the need."""
    return _take_visit(open_step(need_id, "verify"), renewal=False)


@blueprint.get("/needs/<uuid:need_id>/renew")
@requires(NeedPermission.NEED_RENEW)
def renew(need_id: UUID) -> ResponseReturnValue:
    """Show what is to be visited again."""
    return _visit_page(open_step(need_id, "renew"), VisitForm(), renewal=True)


@blueprint.post("/needs/<uuid:need_id>/renew")
@requires(NeedPermission.NEED_RENEW)
def renew_now(need_id: UUID) -> ResponseReturnValue:
    """Let the need run on after a new visit."""
    return _take_visit(open_step(need_id, "renew"), renewal=True)


def _take_visit(found: Need, *, renewal: bool) -> ResponseReturnValue:
    form = VisitForm.read()
    if not form.validate():
        return _visit_page(found, form, renewal=renewal), 422
    step = renew_need if renewal else verify_need
    visit = {"visited_on": form.visited_on.data, "second_visitor": form.second_visitor.data}
    try:
        step(found, actor=actor(), evidence=_pieces(form), **visit)
    except NotValid as refusal:
        form.refuse(NotValid({"pictures": refusal.errors.get("evidence", [])} | refusal.errors))
        return _visit_page(found, form, renewal=renewal), 422
    except Refused as refusal:
        _beside_field(form, refusal)
        return _visit_page(found, form, renewal=renewal), 422
    flash(_("Renewed for 90 days more.") if renewal else _("Verified. Next: the township decides."))
    return redirect(url_for(".need", need_id=found.id))


_FIELDS = {"visited_on": "visited_on", "second_visitor": "second_visitor", "evidence_missing": "pictures"}


def _beside_field(form: VisitForm, refusal: Refused) -> None:
    """Put a guard's reason beside the field that can mend it."""
    if refusal.code not in _FIELDS:
        raise refusal
    form.refuse(NotValid({_FIELDS[refusal.code]: [refusal.detail]}))


def _pieces(form: VisitForm) -> list[Evidence]:
    found = []
    for upload in form.pictures.data or ():
        content = upload.read() if upload and upload.filename else b""
        if content:
            stored = store_file(content, actor=actor(), taken_on=form.taken_on.data)
            found.append(Evidence(file_id=stored.id, taken_on=form.taken_on.data))
    if (form.paper_no.data or "").strip():
        found.append(Evidence(paper_no=form.paper_no.data, taken_on=form.taken_on.data))
    return found


def _reason_page(found: Need, form: ReasonForm, step: str) -> str:
    return render_template("needs/reason.html", need=found, place=place_name(found.region_code), form=form, step=step)


@blueprint.get("/needs/<uuid:need_id>/withdraw")
@requires(NeedPermission.NEED_WITHDRAW)
def withdraw(need_id: UUID) -> ResponseReturnValue:
    """Ask why the need is withdrawn."""
    return _reason_page(open_step(need_id, "withdraw"), ReasonForm(), "withdraw")


@blueprint.post("/needs/<uuid:need_id>/withdraw")
@requires(NeedPermission.NEED_WITHDRAW)
def withdraw_now(need_id: UUID) -> ResponseReturnValue:
    """Withdraw the need with its reason."""
    found = open_step(need_id, "withdraw")
    form = ReasonForm.read()
    if not form.validate():
        return _reason_page(found, form, "withdraw"), 422
    withdraw_need(found, actor=actor(), reason=form.reason.data)
    flash(_("Withdrawn. It is in no list any more."))
    return redirect(url_for(".need", need_id=found.id))


@blueprint.get("/needs/<uuid:need_id>/return")
@requires(NeedPermission.NEED_RETURN)
def return_page(need_id: UUID) -> ResponseReturnValue:
    """Ask what is missing."""
    return _reason_page(open_step(need_id, "return"), ReasonForm(), "return")


@blueprint.post("/needs/<uuid:need_id>/return")
@requires(NeedPermission.NEED_RETURN)
def return_now(need_id: UUID) -> ResponseReturnValue:
    """Give the need back to its author."""
    found = open_step(need_id, "return")
    form = ReasonForm.read()
    if not form.validate():
        return _reason_page(found, form, "return"), 422
    return_need(found, actor=actor(), reason=form.reason.data)
    flash(_("Returned to its author."))
    return redirect(url_for(".need", need_id=found.id))


def _drawn(need_id: UUID) -> Need:
    found = get_need(actor(), need_id)
    check_drawn(found)
    return found


@blueprint.get("/needs/<uuid:need_id>/revisit")
@requires(NeedPermission.NEED_REVISIT)
def revisit(need_id: UUID) -> ResponseReturnValue:
    """Show the drawn line that is to be visited again."""
    found = _drawn(need_id)
    return render_template("needs/revisit.html", need=found, facts=need_facts(found), form=RevisitForm())


@blueprint.post("/needs/<uuid:need_id>/revisit")
@requires(NeedPermission.NEED_REVISIT)
def revisit_now(need_id: UUID) -> ResponseReturnValue:
    """Record what the township found."""
    found = _drawn(need_id)
    form = RevisitForm.read()
    if form.validate():
        try:
            as_written = form.finding.data == "as_written"
            record_revisit(found, actor=actor(), visited_on=form.visited_on.data, as_written=as_written)
        except NotValid as refusal:
            form.refuse(refusal)
    if form.errors:
        return render_template("needs/revisit.html", need=found, facts=need_facts(found), form=form), 422
    flash(_("The visit is on record."))
    return redirect(url_for(".need", need_id=found.id))
