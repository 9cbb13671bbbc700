"""The county's pages: a first helper for who has none, a successor, a further unit; and the list of who has none."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.models import Role
from accounts.queries import Holder, get_account, holders_in_scope
from core.clock import today
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _, label
from core.policy import SYSTEM, can, require, requires
from pairing import queries, services
from pairing.choices import LinkFunction, LinkKind, UnitLevel
from pairing.forms import OfficialForm
from pairing.models import HelperLink, Pairing
from pairing.policy import PairingPermission
from pairing.queries.unpaired import households_by_helper, unpaired_households, unpaired_villages
from pairing.services.choosing import ROLE_OF
from pairing.views.door import blueprint
from regions.queries import published_places
from registry.queries import Subject, get_household, get_village, subject_of

KIND_OF = {role: kind for kind, role in ROLE_OF.items()}
Step = Callable[..., Any]


@blueprint.get("/desk/pairings/unpaired")
@requires(PairingPermission.PAIRING_READ_UNPAIRED)
def unpaired() -> ResponseReturnValue:
    """List the households and villages of my places that have no first helper."""
    page = unpaired_households(actor(), cursor=request.args.get("cursor"))
    villages = unpaired_villages(actor()) if not request.args.get("cursor") else []
    return render_template(
        "pairing/unpaired.html",
        page=page,
        villages=villages,
        places=published_places([*(row.region_code for row in page.items), *(row.region_code for row in villages)]),
        may_assign=can(actor(), PairingPermission.PAIRING_ASSIGN),
    )


@blueprint.get("/desk/households/<uuid:household_id>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def assign_household(household_id: UUID) -> ResponseReturnValue:
    """Choose the first helper of a household."""
    return _assign_page(subject_of(get_household(actor(), household_id)), _blank())


@blueprint.post("/desk/households/<uuid:household_id>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def assign_household_now(household_id: UUID) -> ResponseReturnValue:
    """Assign the first helper of a household."""
    return _assign(subject_of(get_household(actor(), household_id)))


@blueprint.get("/desk/villages/<string(length=12):code>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def assign_village(code: str) -> ResponseReturnValue:
    """Choose the first helper of a village."""
    return _assign_page(subject_of(get_village(actor(), code)), _blank())


@blueprint.post("/desk/villages/<string(length=12):code>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def assign_village_now(code: str) -> ResponseReturnValue:
    """Assign the first helper of a village."""
    return _assign(subject_of(get_village(actor(), code)))


@blueprint.get("/desk/pairings/<uuid:pairing_id>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def successor(pairing_id: UUID) -> ResponseReturnValue:
    """Choose who takes over from the first helper."""
    return _succeed_page(_own(pairing_id), _blank())


@blueprint.post("/desk/pairings/<uuid:pairing_id>/first-helper")
@requires(PairingPermission.PAIRING_ASSIGN)
def succeed(pairing_id: UUID) -> ResponseReturnValue:
    """Hand the pairing over to a successor, without a day between."""
    found, form = _own(pairing_id), _read()
    words = _try(form, services.succeed_primary, found, starts_on=form.starts_on.data)
    if words is not None:
        return _succeed_page(found, form, words=words), 422
    flash(_("Handed over. The one before stays until the day before."))
    return redirect(url_for(".pairing", pairing_id=pairing_id), 303)


@blueprint.get("/desk/pairings/<uuid:pairing_id>/officials/new")
@requires(PairingPermission.PAIRING_ASSIGN)
def new_official(pairing_id: UUID) -> ResponseReturnValue:
    """Choose a further unit or cadre."""
    return _official_page(_own(pairing_id), _blank())


@blueprint.post("/desk/pairings/<uuid:pairing_id>/officials/new")
@requires(PairingPermission.PAIRING_ASSIGN)
def add_official(pairing_id: UUID) -> ResponseReturnValue:
    """Let a further unit or cadre join."""
    found, form = _own(pairing_id), _read()
    function = LinkFunction(form.function.data or LinkFunction.HELP)
    words = _try(form, services.add_official, found, function=function)
    if words is not None:
        return _official_page(found, form, words=words), 422
    flash(_("Joined. The first helper stays."))
    return redirect(url_for(".pairing", pairing_id=pairing_id), 303)


def _own(pairing_id: UUID) -> Pairing:
    found = queries.get_pairing(actor(), pairing_id)
    require(actor(), PairingPermission.PAIRING_ASSIGN, found)
    return found


def _blank() -> OfficialForm:
    return OfficialForm(function=LinkFunction.HELP.value, starts_on=today()).offer(_persons())


def _read() -> OfficialForm:
    return OfficialForm.read().offer(_persons())


def _persons() -> list[tuple[str, str]]:
    """Return cadres and units of my places, those that were searched for first; who was chosen stays in the list."""
    text = request.args.get("q", "")
    holders = holders_in_scope(actor(), Role.PAIRING_CADRE, Role.HELPING_UNIT, text=text)
    counts = households_by_helper([holder.account_id for holder in holders])
    places = published_places([holder.region_code for holder in holders])
    names = {code: place.said for code, place in places.items()}
    rows = [(_key(holder), _words(holder, names, counts.get(holder.account_id, 0))) for holder in holders]
    chosen = request.form.get("person", "")
    return rows if not chosen or any(key == chosen for key, _said in rows) else [*rows, (chosen, _("As chosen before"))]


def _key(holder: Holder) -> str:
    return f"{KIND_OF[holder.role]}:{holder.account_id}"


def _words(holder: Holder, places: dict[str, str], count: int) -> str:
    parts = (holder.name, holder.unit_name, label(holder.role), places.get(holder.region_code, ""))
    said = _(", ").join(part for part in parts if part)
    return _("%(who)s; first helper of %(count)s now", who=said, count=count)


def _chosen(form: OfficialForm) -> dict[str, Any]:
    kind, _colon, account_id = (form.person.data or "").partition(":")
    try:
        return {
            "kind": LinkKind(kind),
            "account_id": UUID(account_id),
            "unit_level": UnitLevel(form.unit_level.data) if form.unit_level.data else None,
        }
    except ValueError as error:
        raise NotValid({"account_id": [_("Choose one person or unit.")]}) from error


def _try(form: OfficialForm, step: Step, subject: Any, **more: Any) -> str | None:
    """Take the step; return None, or what stands against it beside what the form says itself."""
    if not form.validate():
        return ""
    try:
        step(subject, actor=actor(), reason=form.reason.data or "", **_chosen(form), **more)
    except NotValid as refusal:
        refusal.errors = {{"account_id": "person"}.get(name, name): words for name, words in refusal.errors.items()}
        form.refuse(refusal)
        return ""
    except Refused as refusal:
        if refusal.status != 409:
            raise
        form.refuse(NotValid())
        return str(refusal.detail)
    return None


def _assign(subject: Subject) -> ResponseReturnValue:
    form = _read()
    words = _try(form, services.assign_primary, subject, starts_on=form.starts_on.data)
    if words is not None:
        return _assign_page(subject, form, words=words), 422
    found = queries.find_pairing(subject)
    flash(_("Assigned. The pairing stands from that day on."))
    return redirect(url_for(".pairing", pairing_id=found.id if found else None), 303)


def _assign_page(subject: Subject, form: OfficialForm, *, words: str = "") -> str:
    require(actor(), PairingPermission.PAIRING_ASSIGN, subject)
    number = queries.household_number(subject)
    return _page("assign", form, words, number=number, region_code=subject.region_code)


def _succeed_page(found: Pairing, form: OfficialForm, *, words: str = "") -> str:
    link = queries.first_link(found.id, today())
    return _page("succeed", form, words, pairing=found, link=link, before=_before(link), **_of_pairing(found))


def _before(link: HelperLink | None) -> str:
    """Return who is the first helper now, by name for the officer who hands over."""
    if link is None or link.account_id is None:
        return ""
    parts = (get_account(SYSTEM, link.account_id).display_name, link.unit_name or label(link.kind))
    return _(", ").join(part for part in parts if part)


def _official_page(found: Pairing, form: OfficialForm, *, words: str = "") -> str:
    return _page("add", form, words, pairing=found, **_of_pairing(found))


def _of_pairing(found: Pairing) -> dict[str, Any]:
    return {"number": queries.household_number(found), "region_code": found.region_code}


def _page(step: str, form: OfficialForm, words: str, *, region_code: str, **values: Any) -> str:
    facts = {"pairing": None, "link": None, "before": ""} | values
    return render_template(
        "pairing/official.html",
        step=step,
        form=form,
        words=words,
        text=request.args.get("q", ""),
        place=published_places([region_code]).get(region_code),
        **facts,
    )
