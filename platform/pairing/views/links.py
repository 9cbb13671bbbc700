"""The pairing's page: links by rank, and what may be done with each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from donors.queries import find_donor
from needs.choices import ConsentItem, ConsentMethod
from pairing import queries, services
from pairing.choices import LinkTerm
from pairing.forms import JOINING, CommentForm, ConsentForm, JoinForm, ReasonForm
from pairing.guards import is_overdue
from pairing.models import HelperLink, Pairing
from pairing.policy import PairingPermission
from pairing.queries.showing import helper_name, is_serving, overdue_pairings, state_words
from pairing.views.door import blueprint
from pairing.workflow import invitation_workflow, link_workflow
from regions.queries import published_places


@blueprint.get("/desk/pairings")
@requires(PairingPermission.PAIRING_READ)
def pairings() -> ResponseReturnValue:
    """List the pairings that I look after, belong to, or watch over."""
    page = queries.pairings_in_scope(actor(), cursor=request.args.get("cursor"))
    numbers = {row.id: queries.household_number(row) for row in page.items}
    return render_template(
        "pairing/list.html",
        page=page,
        rows=sorted(page.items, key=lambda row: (row.region_code, numbers[row.id])),
        places=published_places([row.region_code for row in page.items]),
        numbers=numbers,
        overdue=overdue_pairings([row.id for row in page.items]),
    )


@blueprint.get("/desk/pairings/<uuid:pairing_id>")
@requires(PairingPermission.PAIRING_READ)
def pairing(pairing_id: UUID) -> ResponseReturnValue:
    """Show one pairing."""
    return _page(queries.get_pairing(actor(), pairing_id))


def _page(found: Pairing, *, link: HelperLink | None = None, form: Any = None) -> str:
    links = queries.links_of(found.id)
    mine, day = [row for row in links if can(actor(), PairingPermission.PAIRING_READ, found)], today()
    return render_template(
        "pairing/show.html",
        pairing=found,
        links=mine,
        states={row.id: state_words(row, day) for row in links},
        serving={row.id for row in links if is_serving(row, day)},
        overdue={row.id for row in links if is_overdue(row, day)},
        asked=JOINING,
        names={row.id: helper_name(row) for row in links},
        number=queries.household_number(found),
        place=published_places([found.region_code]).get(found.region_code),
        invitations=queries.invitations_of(found.id) if _sees_invitations(found) else [],
        workflow=link_workflow,
        invitation_workflow=invitation_workflow,
        may_invite=can(actor(), PairingPermission.INVITATION_SEND, found),
        may_join=_may_join(found),
        concerned=link.id if link else None,
        form=form,
        reason=form if isinstance(form, ReasonForm) else ReasonForm(),
        comment=form if isinstance(form, CommentForm) else CommentForm(),
        consent=form if isinstance(form, ConsentForm) else ConsentForm().offer(),
        join=form
        if isinstance(form, JoinForm)
        else JoinForm(term=LinkTerm.STANDING.value, wants=ConsentItem.GOODS_VIA_OFFICE.value).offer(),
    )


def _sees_invitations(found: Pairing) -> bool:
    return can(actor(), PairingPermission.INVITATION_READ, found)


def _may_join(found: Pairing) -> bool:
    donor_id = actor().donor_id
    return donor_id is not None and queries.find_live_link(found.id, donor_id) is None


@blueprint.post("/desk/pairings/<uuid:pairing_id>/links")
@requires(PairingPermission.LINK_PROPOSE)
def propose(pairing_id: UUID) -> ResponseReturnValue:
    """Propose to join."""
    found, form = queries.pairing_to_join(actor(), pairing_id), JoinForm.read().offer()
    donor = find_donor(actor().donor_id) if actor().donor_id else None  # type: ignore[arg-type]  # asked before
    if donor is None:
        raise NotFound
    if not form.validate():
        return _page(found, form=form), 422
    wants = ConsentItem(form.wants.data or ConsentItem.GOODS_VIA_OFFICE)
    link = services.propose_link(found, donor, actor=actor(), term=LinkTerm(form.term.data), wants=wants)
    flash(_("Proposed. You would be no. %(rank)s.", rank=link.rank))
    return redirect(url_for(".own_links"), 303)


@blueprint.get("/desk/links")
@requires(PairingPermission.LINK_PROPOSE)
def own_links() -> ResponseReturnValue:
    """List the pairings that we belong to or proposed to join."""
    links = queries.links_of_donor(actor())
    places = published_places([row.region_code for row in links])
    return render_template("pairing/own_links.html", links=links, places=places, workflow=link_workflow)


def _form_of(step: str) -> CommentForm | ConsentForm | ReasonForm:
    if step == "comment":
        return CommentForm.read()
    return ConsentForm.read().offer() if step == "record-consent" else ReasonForm.read()


_STEPS: dict[str, Callable[[HelperLink, Any], None]] = {
    "comment": lambda link, form: services.comment_link(
        link, actor=actor(), comment=form.comment.data or "", objection=form.objection.data
    ),
    "record-consent": lambda link, form: services.record_link_consent(link, actor=actor(), **_consent(form)),
    "confirm": lambda link, form: services.confirm_link(link, actor=actor(), reason=form.reason.data or ""),
    "confirm-once": lambda link, form: services.confirm_once(link, actor=actor()),
    "reject": lambda link, form: services.reject_link(link, actor=actor(), reason=form.reason.data or ""),
    "suspend": lambda link, form: services.suspend_link(link, actor=actor(), reason=form.reason.data or ""),
    "resume": lambda link, form: services.resume_link(link, actor=actor(), reason=form.reason.data or ""),
    "withdraw-consent": lambda link, form: services.withdraw_link_consent(link, actor=actor()),
    "complete": lambda link, form: services.complete_link(link, actor=actor()),
    "terminate": lambda link, form: services.terminate_link(link, actor=actor(), reason=form.reason.data or ""),
}


@blueprint.post(
    "/desk/links/<uuid:link_id>/<any('comment','record-consent','confirm','confirm-once','reject','suspend',"
    "'resume','withdraw-consent','complete','terminate'):step>"
)
@requires(PairingPermission.PAIRING_READ)
def link_step(link_id: UUID, step: str) -> ResponseReturnValue:
    """Take one step with a link."""
    link = queries.get_link(actor(), link_id)
    form = _form_of(step)
    if not form.validate():
        return _page(queries.get_pairing(actor(), link.pairing_id), link=link, form=form), 422
    try:
        _STEPS[step](link, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(queries.get_pairing(actor(), link.pairing_id), link=link, form=form), 422
    flash(_("Done. The step is on record."))
    target = url_for(".own_links") if actor().donor_id else url_for(".pairing", pairing_id=link.pairing_id)
    return redirect(target, 303)


def _consent(form: ConsentForm) -> dict[str, Any]:
    return {
        "method": ConsentMethod(form.method.data),
        "scope": [ConsentItem(item) for item in form.scope.data or []],
        "until": form.until.data,
        "witness": form.witness.data or "",
    }
