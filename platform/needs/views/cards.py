"""The household card on the desk: give, replace, print."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.models import Role
from accounts.queries import accounts_with_role, get_account
from core.clock import today
from core.errors import NotFound, NotValid, Refused
from core.http import actor
from core.i18n import _
from core.policy import SYSTEM, requires
from core.print import print_pdf, qr_svg
from core.settings import current
from needs.card_forms import CardForm, ReplacementForm
from needs.views.door import blueprint
from needs.views.places import office_name, place_name
from registry.choices import ReplacementReason
from registry.models import Household, HouseholdCard
from registry.policy import RegistryPermission
from registry.queries import find_card, find_replacement, get_card, get_household, get_replacement, is_demo
from registry.services import (
    agree_replacement,
    ask_replacement,
    card_secrets,
    decline_replacement,
    give_card,
    give_replacement,
    withdraw_replacement,
)
from registry.workflow import replacement_workflow

OFFICERS = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER)
Form = CardForm | ReplacementForm


def _officers(household: Household) -> list[tuple[str, str]]:
    """Return who could stand beside me: the officers of the place, without myself."""
    found = {account for role in OFFICERS for account in accounts_with_role(role, household.region_code)}
    others = sorted(found - {actor().account_id}, key=str)
    names = {account: get_account(SYSTEM, account).display_name for account in others}
    return [
        (str(account), _("%(name)s, %(office)s", name=names[account], office=office_name(account)))
        for account in others
    ]


def _form(household: Household, card: HouseholdCard | None) -> Form:
    if card is None or find_replacement(household.id) is not None:
        return CardForm.read(given_on=today())
    return ReplacementForm.read().offer(_officers(household))


@blueprint.get("/households/<uuid:household_id>/card")
@requires(RegistryPermission.CARD_GIVE)
def card(household_id: UUID) -> ResponseReturnValue:
    """Show the form to give the first card, to ask for a new one, or to answer who asked."""
    household = get_household(actor(), household_id)
    return _page(household, _form(household, find_card(household.id)))


def _page(household: Household, form: Form, *, words: str = "") -> str:
    replacement = find_replacement(household.id)
    return render_template(
        "needs/card.html",
        household=household,
        place=place_name(household.region_code),
        card=find_card(household.id),
        replacement=replacement,
        asker=office_name(replacement.asked_by) if replacement else "",
        second=office_name(replacement.second_officer) if replacement else "",
        workflow=replacement_workflow,
        form=form,
        words=words,
    )


@blueprint.post("/households/<uuid:household_id>/card")
@requires(RegistryPermission.CARD_GIVE)
def create_card(household_id: UUID) -> ResponseReturnValue:
    """Give the first card, or ask for a new one in place of the one that stands."""
    household = get_household(actor(), household_id)
    form = ReplacementForm.read().offer(_officers(household)) if find_card(household.id) else CardForm.read()
    said = _try(household, form, lambda: _give_or_ask(household, form))
    return said or redirect(url_for(".household", household_id=household.id))


def _give_or_ask(household: Household, form: Form) -> None:
    if isinstance(form, CardForm):
        give_card(household, actor=actor(), given_on=form.given_on.data)
        flash(_("The card is on file. Print it, fold it, seal it, and hand it over."))
        return
    second = UUID(form.second_officer.data)
    reason = ReplacementReason(form.reason.data)
    ask_replacement(household, actor=actor(), second_officer=second, reason=reason)
    flash(_("Asked. When the other officer has agreed, your desk says so."))


def _try(household: Household, form: Form, act: Callable[[], object]) -> ResponseReturnValue | None:
    """Do it; return the page with what stands against it, or nothing."""
    if not form.validate():
        return _page(household, form), 422
    try:
        act()
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(household, form), 422
    except Refused as refusal:
        if refusal.status != 409:
            raise
        form.refuse(NotValid())
        return _page(household, form, words=str(refusal.detail)), 409
    return None


@blueprint.post("/card-replacements/<uuid:replacement_id>/<any(agree,decline,withdraw):step>")
@requires(RegistryPermission.CARD_REPLACE)
def replacement_step(replacement_id: UUID, step: str) -> ResponseReturnValue:
    """Answer as the second officer, or take the wish back."""
    found = get_replacement(actor(), replacement_id)
    steps = {"agree": agree_replacement, "decline": decline_replacement, "withdraw": withdraw_replacement}
    steps[step](found, actor=actor())
    flash(_("Done. The step is on record."))
    return redirect(url_for(".household", household_id=found.household_id), 303)


@blueprint.post("/card-replacements/<uuid:replacement_id>/give")
@requires(RegistryPermission.CARD_REPLACE)
def give_new_card(replacement_id: UUID) -> ResponseReturnValue:
    """Give the new card that two officers agreed on; the old one stops working."""
    found, form = get_replacement(actor(), replacement_id), CardForm.read()
    household = get_household(actor(), found.household_id)
    said = _try(household, form, lambda: give_replacement(found, actor=actor(), given_on=form.given_on.data))
    if said is not None:
        return said
    flash(_("The old card is void, the new one on file. Print it, fold it, seal it, and hand it over."))
    return redirect(url_for(".household", household_id=household.id), 303)


@blueprint.get("/cards/<uuid:card_id>/card.pdf")
@requires(RegistryPermission.CARD_GIVE)
def card_print(card_id: UUID) -> ResponseReturnValue:
    """Print a standing card that I gave myself; link and PIN are shown on paper only."""
    found = get_card(actor(), card_id)
    if found.given_by != actor().account_id:
        raise NotFound
    household = get_household(actor(), found.household_id)
    pdf = print_pdf("registry/print/card.typ", _values(household, found))
    headers = {"Cache-Control": "no-store", "Content-Disposition": "inline; filename=card.pdf"}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _values(household: Household, card: HouseholdCard) -> dict[str, Any]:
    secrets = card_secrets(card)
    link = f"{current().base_url}/c?card={secrets.link_token}"
    return {
        "demo": _("Example data") if is_demo() else "",
        "title": _("Household card"),
        "site": _("Jiedui"),
        "place": place_name(household.region_code),
        "number": _("Household %(number)s", number=household.household_no),
        "given": _("Given on %(day)s", day=card.given_on.isoformat()),
        "scan": _("Scan to see what the web shows of your household, to take it back, or to ask."),
        "link": link,
        "qr": qr_svg(link),
        "fold": _("Fold here and seal. Only your household opens it."),
        "pin_words": _("PIN of your household"),
        "pin": secrets.pin,
        "keep": _("Keep the PIN to yourselves. Nobody of the village, township or county needs it."),
        "lost": _("Lost? Two officers give you a new card; the old one stops working at once."),
        "phone_words": _("Supervision line"),
        "phone": current().supervision_phone,
    }
