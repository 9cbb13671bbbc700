"""Pledging from a need's page: a page to check what was entered, then the pledge, then what comes next."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _, label
from core.policy import ANONYMOUS, can, public, require, requires
from needs.queries import PublishedNeed
from needs.rules.units import unit_in_words
from pairing.choices import LinkTerm
from pledges import queries, services
from pledges.choices import PledgeKind
from pledges.forms import PledgeForm
from pledges.policy import PledgePermission
from pledges.queries.offering import donor_of, need_to_pledge, open_kinds, open_terms, shown_need, usual_kind
from pledges.views.door import blueprint


@blueprint.app_template_global("pledge_form")
def pledge_form(need: PublishedNeed) -> PledgeForm:
    """Return the form that stands on a need's page."""
    return _offered(PledgeForm(quantity=Decimal(f"{min(need.min_lot, need.remaining).normalize():f}")), need)


@blueprint.app_template_global("may_pledge")
def may_pledge() -> bool:
    """Return whether the form is drawn: for helpers, and for everybody who is not signed in."""
    return not actor().is_signed_in or can(actor(), PledgePermission.PLEDGE_OFFER)


def _offered(form: PledgeForm, need: PublishedNeed) -> PledgeForm:
    form.offer(open_kinds(need.level), open_terms(donor_of(actor())))
    form.kind.data = form.kind.data or usual_kind(need.category).value
    form.term.data = form.term.data or LinkTerm.ONE_TIME.value
    return form


@blueprint.get("/needs/<uuid:need_id>/pledge")
@public
def check(need_id: UUID) -> ResponseReturnValue:
    """Show what was entered and the state of the need now, before the promise."""
    if actor() == ANONYMOUS or not actor().is_signed_in:
        return redirect(url_for("accounts.login", next=request.full_path), 303)
    require(actor(), PledgePermission.PLEDGE_OFFER)
    need = shown_need(actor(), need_id)
    form = _offered(PledgeForm.read_query(), need)
    if not request.args.get("quantity") or "change" in request.args:
        return _enter(need, form)
    if not form.validate():
        return _enter(need, form), 422
    return render_template("pledges/check.html", need=need, form=form, rows=_rows(need, form))


def _enter(need: PublishedNeed, form: PledgeForm, *, words: str = "") -> str:
    return render_template("pledges/enter.html", need=need, form=form, words=words)


def _rows(need: PublishedNeed, form: PledgeForm) -> list[dict[str, Any]]:
    again = url_for(".check", need_id=need.id, change=1, **_typed(form))
    return [
        {"name": _("What"), "value": need.title, "url": ""},
        {"name": _("How many"), "value": f"{form.quantity.data.normalize():f}\u00a0{need.unit}", "url": again},
        {"name": _("Brought by"), "value": form.due_on.data.isoformat(), "url": again},
        {"name": _("Kind of help"), "value": label(PledgeKind(form.kind.data)), "url": again},
        {"name": _("How you join"), "value": label(LinkTerm(form.term.data)), "url": again},
    ]


def _typed(form: PledgeForm) -> dict[str, Any]:
    return {
        "quantity": f"{form.quantity.data:f}",
        "due_on": form.due_on.data.isoformat(),
        "kind": str(form.kind.data),
        "term": str(form.term.data),
        "note": form.note.data or "",
    }


@blueprint.post("/needs/<uuid:need_id>/pledge")
@requires(PledgePermission.PLEDGE_OFFER)
def offer(need_id: UUID) -> ResponseReturnValue:
    """Pledge; what is too much is said with what remains."""
    shown = shown_need(actor(), need_id)
    form = _offered(PledgeForm.read(), shown)
    if not form.validate():
        return _enter(shown, form), 422
    try:
        pledge = services.offer_pledge(
            need_to_pledge(actor(), need_id), donor_of(actor()), actor=actor(), **_promise(form)
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _enter(shown, form), 422
    except Refused as refusal:
        if refusal.status != 409:
            raise
        return _enter(shown_need(actor(), need_id), form, words=_words(refusal, shown)), 409
    return redirect(url_for(".done", pledge_id=pledge.id), 303)


def _promise(form: PledgeForm) -> dict[str, Any]:
    return {
        "quantity": form.quantity.data,
        "kind": PledgeKind(form.kind.data),
        "due_on": form.due_on.data,
        "term": LinkTerm(form.term.data),
        "note": form.note.data or "",
    }


def _words(refusal: Refused, need: PublishedNeed) -> str:
    remaining = refusal.facts.get("remaining")
    if refusal.code != "too_much" or remaining is None:
        return str(refusal.detail)
    amount = f"{remaining.normalize():f}\u00a0{unit_in_words(need.unit, remaining)}".rstrip("\u00a0")
    if not remaining:
        return _("Everything is pledged now; someone has just pledged.")
    return _("Only %(amount)s is still needed; someone has just pledged. You can pledge %(amount)s.", amount=amount)


@blueprint.get("/desk/pledges/<uuid:pledge_id>/done")
@requires(PledgePermission.PLEDGE_READ)
def done(pledge_id: UUID) -> ResponseReturnValue:
    """Say what was pledged and what happens next."""
    pledge = queries.get_pledge(actor(), pledge_id)
    link = queries.link_of(pledge)
    return render_template("pledges/done.html", pledge=pledge, need=queries.need_of(pledge), link=link)
