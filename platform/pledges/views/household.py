"""The household's word on one delivery: `/c` and `/c/CODE`, one question a screen, no account."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Gone, NotFound, NotValid, Refused
from core.http import actor, client_address
from core.i18n import _, label
from core.policy import public
from core.settings import current
from pledges import queries, services
from pledges.choices import Outcome
from pledges.forms import AnswerForm, CardForm, SlipForm
from pledges.services import Answer, CodeUsed, Slip
from pledges.views.door import blueprint, device_key, words_of

SLIP = "slip"
CARD = "card"


@blueprint.get("/c")
@public
def slip_start() -> ResponseReturnValue:
    """Ask for code and PIN, or, from the card's own link, for the PIN alone."""
    if request.args.get("card"):
        return _card_page(CardForm(card=request.args["card"]))
    return render_template("pledges/household_start.html", form=SlipForm())


def _card_page(form: CardForm) -> str:
    return render_template("pledges/household_pin.html", form=form, action=url_for(".card_open"), arrival=None)


@blueprint.post("/c")
@public
def slip_open() -> ResponseReturnValue:
    """Check code and PIN, then ask the question."""
    form = SlipForm.read()
    if not form.validate():
        return render_template("pledges/household_start.html", form=form), 422
    try:
        slip = services.find_slip(form.code.data, address=client_address())
        services.check_may_answer(slip, Answer(Outcome.RECEIVED), actor=actor(), channel=_channel(slip))
        services.check_pin(slip, form.pin.data or "")
    except CodeUsed:
        return _used(slip)
    except (services.WrongCode, NotFound, Gone) as refusal:
        form.code.errors = [str(refusal.detail)]
        return render_template("pledges/household_start.html", form=form), 422
    except Refused as refusal:
        if refusal.status != 422:
            raise
        form.pin.errors = [str(refusal.detail)]
        return render_template("pledges/household_start.html", form=form), 422
    return _question(slip)


def _channel(slip: Slip) -> services.Channel:
    return services.channel_of(slip, actor())


def _used(slip: Slip) -> str:
    answer = queries.answer_with(slip.code.id)
    return render_template(
        "pledges/household_used.html",
        answer=answer,
        words="" if answer is None else label(answer.outcome),
        phones=phones(slip.delivery.subject),
    )


def phones(subject: str) -> list[dict[str, str]]:
    """Return the phones of the cadre and of the county, the latter past village and township."""
    cadre = queries.cadre_phone(subject)
    rows = [{"who": _("Paired officer"), "number": cadre}] if cadre else []
    note = _("Past village and township; you need not say your name")
    return [*rows, {"who": _("Supervision line of the county"), "number": current().supervision_phone, "note": note}]


@blueprint.get("/c/<string:code>")
@public
def slip_page(code: str) -> ResponseReturnValue:
    """One delivery's page: ask for the PIN; a village's slip asks at once."""
    slip = services.find_slip(code, address=client_address())
    try:
        services.check_may_answer(slip, Answer(Outcome.RECEIVED), actor=actor(), channel=_channel(slip))
    except CodeUsed:
        return _used(slip)
    if services.household_of(slip.delivery) is None:
        return _question(slip)
    return _pin_page(slip, SlipForm(code=code))


def _pin_page(slip: Slip, form: SlipForm) -> str:
    return render_template(
        "pledges/household_pin.html", form=form, action=url_for(".slip_open"), arrival=queries.arrival_of(slip.delivery)
    )


def _question(slip: Slip, *, error: str = "") -> str:
    household_id = services.household_of(slip.delivery)
    return render_template(
        "pledges/household_question.html",
        arrival=queries.arrival_of(slip.delivery),
        on_the_way=queries.on_the_way(slip.delivery.subject),
        choices=_choices(),
        error=error,
        ticket=services.ticket_for(SLIP, slip.code.id),
        card_ticket=services.ticket_for(CARD, household_id) if household_id else "",
        shown=queries.shown_rows(household_id) if household_id else [],
        phones=phones(slip.delivery.subject),
    )


def _choices() -> list[dict[str, str]]:
    hints = {Outcome.UNSUITABLE: _("Too small, broken, or not the kind that was asked for")}
    return [{"value": o.value, "label": label(o), "hint": hints.get(o, "")} for o in _ORDER]


_ORDER = (Outcome.RECEIVED, Outcome.PARTLY_RECEIVED, Outcome.NOT_RECEIVED, Outcome.UNSUITABLE)


@blueprint.post("/c/answer")
@public
def slip_answer() -> ResponseReturnValue:
    """Take the answer; a part, nothing and not usable ask one thing more on the next page."""
    form = AnswerForm.read()
    if not form.ticket.data:
        return redirect(url_for(".slip_start"), 303)
    slip = services.get_slip(services.open_ticket(SLIP, form.ticket.data))
    if not form.validate() or not form.outcome.data:
        return _question(slip, error=_("Choose one answer.")), 422
    outcome = Outcome(form.outcome.data)
    if outcome is not Outcome.RECEIVED and form.step.data != "more":
        return _more(slip, form)
    try:
        services.answer_slip(slip, _said(form, outcome), actor=actor(), channel=_channel(slip), device=device_key())
    except CodeUsed:
        return _used(slip)
    except NotValid as refusal:
        form.quantity.errors = words_of(refusal)
        return _more(slip, form), 422
    return _done(slip, outcome)


def _said(form: AnswerForm, outcome: Outcome) -> Answer:
    part = form.quantity.data if outcome is Outcome.PARTLY_RECEIVED else None
    return Answer(outcome, quantity=part, comment=form.comment.data or "")


def _more(slip: Slip, form: AnswerForm) -> str:
    outcome = Outcome(form.outcome.data)
    return render_template(
        "pledges/household_more.html",
        arrival=queries.arrival_of(slip.delivery),
        form=form,
        outcome=outcome,
        label_of=label(outcome),
    )


def _done(slip: Slip, outcome: Outcome) -> str:
    return render_template(
        "pledges/household_done.html",
        arrival=queries.arrival_of(slip.delivery),
        answer=queries.answer_with(slip.code.id),
        outcome=outcome,
        phones=phones(slip.delivery.subject),
        record_no=queries.last_record_number(slip.delivery.need_id),
    )
