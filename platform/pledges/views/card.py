"""The card's page: what the web shows of the household, who helps, and how to stop either."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, Refused
from core.i18n import _
from core.policy import public
from pledges import queries, services
from pledges.forms import CardForm, TicketForm
from pledges.views.door import blueprint
from pledges.views.household import CARD, phones
from registry.services import check_card


@blueprint.post("/c/card")
@public
def card_open() -> ResponseReturnValue:
    """Check the card's PIN, then show the household's page."""
    form = CardForm.read()
    if not form.validate():
        return _ask(form), 422
    try:
        card = check_card(form.card.data, None, form.pin.data)
    except NotFound:
        form.pin.errors = [_("This card is void. Two officers can give you a new one.")]
        return _ask(form), 422
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.pin.errors = [str(refusal.detail)]
        return _ask(form), 422
    return open_card(card.household_id)


def _ask(form: CardForm) -> str:
    return render_template("pledges/household_pin.html", form=form, action=url_for(".card_open"), arrival=None)


def open_card(household_id: UUID, *, done: str = "") -> str:
    """Return the household's page."""
    return render_template(
        "pledges/household_card.html",
        done=done,
        ticket=services.ticket_for(CARD, household_id),
        shown=queries.shown_rows(household_id),
        arrivals=queries.arrivals_of_household(household_id),
        on_the_way=queries.on_the_way(f"household/{household_id}"),
        helpers=queries.helpers_of_household(household_id),
        phones=phones(f"household/{household_id}"),
    )


@blueprint.post("/c/stop-showing")
@public
def stop_showing() -> ResponseReturnValue:
    """Take down at once what the web shows of us."""
    household_id = services.open_ticket(CARD, TicketForm.read().ticket.data or "")
    services.stop_showing(household_id)
    return open_card(household_id, done=_("Done. The web shows nothing of your household any more."))


@blueprint.post("/c/end-help")
@public
def end_help() -> ResponseReturnValue:
    """Take back our consent to a helper."""
    form = TicketForm.read()
    household_id = services.open_ticket(CARD, form.ticket.data or "")
    services.end_help(household_id, _link_id(form.link.data or ""))
    return open_card(household_id, done=_("Done. This helper is told that you no longer want the help."))


def _link_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
