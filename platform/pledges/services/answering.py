"""The household's answer: once, with slip and card, never by who gives, who is paired, or who made the slip."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from core.clock import now, today
from core.db import act_as, db
from core.errors import NotPermitted, NotValid, Refused
from core.i18n import _l
from core.policy import Actor, ActorKind, Grant, acting_role, require
from core.records import note
from core.tokens import derived_digits
from needs.services import add_confirmed
from pairing.queries import is_cadre_of
from pledges.choices import Channel, Outcome
from pledges.events import delivery_answered, delivery_disputed
from pledges.models import Confirmation, Delivery
from pledges.policy import PledgePermission
from pledges.services.codes import CodeUsed, Slip, check_usable, find_slip
from pledges.services.flags import flags_of
from pledges.settings import PledgeSettings, settings_for
from pledges.sums import locked_delivery, locked_pledge
from pledges.workflow import delivery_workflow
from registry.services import check_card

LONGEST_COMMENT = 500
_SPEND = text(
    "UPDATE confirmation_code SET used_at = :at WHERE id = :id AND used_at IS NULL AND voided_at IS NULL RETURNING 1"
)
_STEPS = {
    Outcome.RECEIVED: "receive",
    Outcome.PARTLY_RECEIVED: "receive_partly",
    Outcome.UNSUITABLE: "call_unsuitable",
    Outcome.NOT_RECEIVED: "refuse",
}
_TO_MEND = (Outcome.PARTLY_RECEIVED, Outcome.UNSUITABLE)
_ENTERED_BY = {
    Channel.PHONE: PledgePermission.CONFIRMATION_ENTER_PHONE,
    Channel.PAPER: PledgePermission.CONFIRMATION_ENTER_PAPER,
    Channel.WITNESS: PledgePermission.CONFIRMATION_WITNESS,
}


@dataclass(frozen=True)
class Answer:
    """What the household says. `second_opener` and `posted_on` belong to paper from the box."""

    outcome: Outcome
    quantity: Decimal | None = None
    rating: int | None = None
    comment: str = ""
    second_opener: str = ""
    posted_on: date | None = None


def answer(
    code_or_link: str,
    *,
    pin: str,
    outcome: Outcome,
    actor: Actor,
    address: str = "",
    device: str = "",
    channel: Channel | None = None,
    **words: Any,
) -> Confirmation:
    """Record the household's answer with its slip and the PIN of its card."""
    slip = find_slip(code_or_link, address=address or actor.key)
    said = Answer(outcome, **words)
    channel = channel or channel_of(slip, actor)
    check_may_answer(slip, said, actor=actor, channel=channel)
    check_pin(slip, pin)
    return answer_slip(slip, said, actor=actor, channel=channel, device=device)


def channel_of(slip: Slip, actor: Actor) -> Channel:
    """Return how an answer of this session is labelled: an officer's session makes it witnessed."""
    if not actor.is_signed_in:
        return Channel.CARD
    for channel in (Channel.PHONE, Channel.WITNESS):
        if acting_role(actor, _ENTERED_BY[channel], slip.delivery) is not None:
            return channel
    return Channel.CARD


def check_holder(slip: Slip, actor: Actor) -> None:
    """Refuse the session of who gives, who is paired, who entered the delivery, or who made the slip."""
    if not actor.is_signed_in:
        return
    delivery = slip.delivery
    gives = actor.donor_id is not None and actor.donor_id == delivery.donor_id
    took_part = actor.account_id in (slip.code.issued_by, delivery.entered_by, delivery.unit_account_id)
    paired = actor.account_id is not None and is_cadre_of(actor.account_id, delivery)
    if gives or took_part or paired:
        words = _l("Only the household can answer. You gave, brought, are paired, or made the slip.")
        raise Refused(words, code="party_cannot_confirm")
    if household_of(delivery) is None and any(grant.covers(delivery.region_code) for grant in actor.grants):
        words = _l("A representative of the villagers answers, who holds no office there.")
        raise Refused(words, code="party_cannot_confirm")


def check_pin(slip: Slip, pin: str) -> None:
    """Check the card of the household; a village has none, its slip is the township's."""
    household_id = household_of(slip.delivery)
    if household_id is not None:
        check_card(None, household_id, pin)


def household_of(row: Any) -> UUID | None:
    """Return the household behind a row's subject, or None for a village."""
    kind, _, identity = str(row.subject).partition("/")
    return UUID(identity) if kind == "household" else None


def holder(delivery: Delivery) -> Actor:
    """Return the household, or the village's representative, as who acts with slip and card."""
    return Actor(
        key=delivery.subject,
        kind=ActorKind.HOUSEHOLD,
        grants=(Grant("household"),),
        household_id=household_of(delivery),
        channel="card",
    )


def check_may_answer(slip: Slip, said: Answer, *, actor: Actor, channel: Channel) -> None:
    """Raise what stands against an answer of this session with this slip, before any PIN is looked at."""
    check_holder(slip, actor)
    check_usable(slip, posted_on=said.posted_on if channel is Channel.PAPER else None)
    _check_channel(slip, channel, actor, said)


def answer_slip(
    slip: Slip, said: Answer, *, actor: Actor, channel: Channel = Channel.CARD, device: str = ""
) -> Confirmation:
    """Record an answer whose PIN was checked; in parallel, exactly one answer counts."""
    check_may_answer(slip, said, actor=actor, channel=channel)
    pledge = locked_pledge(slip.delivery.pledge_id)
    delivery = locked_delivery(slip.delivery.id)
    received = _received(delivery, said)
    moment, settings = now(), settings_for(delivery.region_code, today())
    deadline = today() + timedelta(days=settings.mend_days)
    if db.session.execute(_SPEND, {"at": moment, "id": slip.code.id}).scalar() is None:
        raise CodeUsed
    household = holder(delivery)
    if channel is Channel.CARD:
        act_as(db.session, household)
    more = received - delivery.received_quantity
    delivery_workflow.fire(delivery, _STEPS[said.outcome], actor=household, channel=channel.value, quantity=received)
    delivery.received_quantity = received
    pledge.confirmed += more
    delivery.inquired_on = None
    delivery.mend_due_on = deadline if said.outcome in _TO_MEND else None
    confirmation = _keep(slip, delivery, said, channel=channel, actor=actor, device=device, quantity=more)
    confirmation.call_back_drawn = _is_drawn(confirmation.id, settings)
    confirmation.answered_at = moment
    confirmation.flags = flags_of(delivery, slip.code, channel=channel, device=device, at=moment, settings=settings)
    db.session.add(confirmation)
    note(confirmation, "confirmation.answered")
    db.session.flush()  # the pledge's own row first, then the need's sums
    add_confirmed(delivery.need_id, more)
    delivery_answered.send(delivery, confirmation=confirmation)
    if said.outcome is Outcome.NOT_RECEIVED:
        delivery_disputed.send(delivery, why="not_received")
    return confirmation


def _check_channel(slip: Slip, channel: Channel, actor: Actor, said: Answer) -> None:
    if channel is Channel.CARD:
        if channel_of(slip, actor) is not Channel.CARD:
            raise NotPermitted(permission=str(PledgePermission.CONFIRMATION_ANSWER), roles=("household",))
        return
    require(actor, _ENTERED_BY[channel], slip.delivery)
    if channel is Channel.PAPER:
        _check_paper(slip, said)


def _check_paper(slip: Slip, said: Answer) -> None:
    errors: dict[str, list[Any]] = {}
    if not said.second_opener.strip():
        errors["second_opener"] = [_l("The box is opened by two people. Name the second.")]
    if said.posted_on is None or said.posted_on > today():
        errors["posted_on"] = [_l("The day must be today or earlier.")]
    if errors:
        raise NotValid(errors)


def _received(delivery: Delivery, said: Answer) -> Decimal:
    """Return how much of the whole delivery the household has by now."""
    already, whole = delivery.received_quantity, delivery.quantity
    if said.outcome is Outcome.RECEIVED:
        return whole
    if said.outcome is Outcome.NOT_RECEIVED:
        return already
    fine = Decimal(0) if said.quantity is None else said.quantity
    if said.outcome is Outcome.PARTLY_RECEIVED and fine <= 0:
        raise NotValid({"quantity": [_l("Say how many came.")]})
    if fine < 0 or fine != fine.quantize(Decimal("0.01")) or already + fine >= whole:
        raise NotValid({"quantity": [_l("That is as much as was brought. Choose that all of it came.")]})
    return already + fine


def _keep(
    slip: Slip, delivery: Delivery, said: Answer, *, channel: Channel, actor: Actor, device: str, quantity: Decimal
) -> Confirmation:
    paper = channel is Channel.PAPER
    return Confirmation(
        id=uuid4(),
        need_id=delivery.need_id,
        delivery_id=delivery.id,
        pairing_id=delivery.pairing_id,
        subject=delivery.subject,
        region_code=delivery.region_code,
        county_code=delivery.county_code,
        code_id=slip.code.id,
        outcome=said.outcome,
        quantity=quantity,
        rating=said.rating,
        comment=said.comment.strip()[:LONGEST_COMMENT],
        channel=channel,
        device_key=device,
        entered_by=actor.account_id if channel is not Channel.CARD else None,
        second_opener=said.second_opener.strip() if paper else "",
        posted_on=said.posted_on if paper else None,
    )


def _is_drawn(confirmation_id: UUID, settings: PledgeSettings) -> bool:
    """Draw a share of the answers by their ids under our key: nobody can foresee which."""
    return int(derived_digits("call-back", confirmation_id, 4)) < settings.call_back_percent * 100
