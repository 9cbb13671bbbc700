"""The household card on the desk: give, replace, print."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.models import Role
from accounts.queries import accounts_with_role, get_account
from core.clock import today
from core.errors import NotFound, NotValid
from core.http import actor
from core.i18n import _
from core.policy import SYSTEM, requires
from core.print import print_pdf, qr_svg
from core.settings import current
from needs.forms import CardForm
from needs.services import hand_over_card
from needs.views.door import blueprint
from needs.views.places import place_name
from registry.models import Household, HouseholdCard
from registry.policy import RegistryPermission
from registry.queries import find_card, get_card, get_household, is_demo
from registry.services import card_secrets, replace_card

OFFICERS = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER)


def _form(household: Household, card: HouseholdCard | None) -> CardForm:
    form = CardForm.read(given_on=today())
    form.second_officer.choices = [("", ""), *_officers(household)] if card else [("", "")]
    return form


def _officers(household: Household) -> list[tuple[str, str]]:
    """Return who could stand beside me: the officers of the place, without myself."""
    found = {account for role in OFFICERS for account in accounts_with_role(role, household.region_code)}
    others = sorted(found - {actor().account_id}, key=str)
    return [(str(account), get_account(SYSTEM, account).display_name) for account in others]


@blueprint.get("/households/<uuid:household_id>/card")
@requires(RegistryPermission.CARD_GIVE)
def card(household_id: UUID) -> ResponseReturnValue:
    """Show the form to give the first card or to replace the one that stands."""
    household = get_household(actor(), household_id)
    standing = find_card(household.id)
    return _page(household, standing, _form(household, standing))


def _page(household: Household, standing: HouseholdCard | None, form: CardForm) -> str:
    return render_template(
        "needs/card.html", household=household, place=place_name(household.region_code), card=standing, form=form
    )


@blueprint.post("/households/<uuid:household_id>/card")
@requires(RegistryPermission.CARD_GIVE)
def create_card(household_id: UUID) -> ResponseReturnValue:
    """Give the first card, or replace the standing one together with a second officer."""
    household = get_household(actor(), household_id)
    standing = find_card(household.id)
    form = _form(household, standing)
    if not form.validate():
        return _page(household, standing, form), 422
    try:
        _hand_over(household, standing, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(household, standing, form), 422
    flash(_("The card is on file. Print it, fold it, seal it, and hand it over."))
    return redirect(url_for(".household", household_id=household.id))


def _hand_over(household: Household, standing: HouseholdCard | None, form: CardForm) -> None:
    if standing is None:
        hand_over_card(household, actor=actor(), given_on=form.given_on.data)
        return
    if not form.second_officer.data:
        raise NotValid({"second_officer": [_("A card is replaced by two officers.")]})
    second = UUID(form.second_officer.data)
    replace_card(household, actor=actor(), second_officer=second, given_on=form.given_on.data)


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
