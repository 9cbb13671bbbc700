"""One delivery of the demo, from the slip to the household's word, and what follows from it."""

from datetime import datetime, timedelta
from decimal import ROUND_FLOOR
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from core.db import db
from core.policy import ANONYMOUS, SYSTEM, Actor
from core.tokens import derived_digits
from pledges.choices import CallBack, Channel, DeliveryStage, Outcome
from pledges.models import Confirmation, Delivery
from pledges.services import annul_delivery, answer, issue_code, mend_delivery, record_call_back
from pledges.services.following import close_delivery, dispute_delivery, remind_delivery
from registry.queries import CARD_PIN, find_card
from supervision.models import Finding
from supervision.queries import open_issue_of
from supervision.services import close_issue
from web.demo.cast import by
from web.demo.names import story

if TYPE_CHECKING:
    from web.demo.promise import Promise

OUTCOMES = (Outcome.RECEIVED, Outcome.PARTLY_RECEIVED, Outcome.UNSUITABLE, Outcome.NOT_RECEIVED, None)
CHANCES = (0.86, 0.03, 0.03, 0.02, 0.06)
REMIND, CLOSE = timedelta(days=14, hours=2), timedelta(days=45, hours=2)
MENDING_DAYS = 8


class Asking:
    """What a household is asked about one delivery, and what it says."""

    def __init__(self, promise: "Promise", delivery_id: UUID) -> None:
        self.promise = promise
        self.delivery_id = delivery_id
        self.settled = False

    @property
    def dice(self) -> Random:
        return self.promise.dice

    def _delivery(self) -> Delivery:
        return db.session.get_one(Delivery, self.delivery_id, populate_existing=True)

    def _printer(self) -> Actor:
        """The village prints a household's slip, the township a village's."""
        officers = self.promise.scene.officers
        return officers.village if self.promise.scene.home else officers.townships[0]

    def ask(self, at: datetime) -> None:
        """Print the slip; the household answers with it and its card, or is silent."""
        issued = issue_code(self._delivery(), actor=by(self._printer()))
        outcome = self._outcome()
        if outcome is not None:
            self.promise.after(at, 0.3, 7, lambda moment: self._answer(moment, issued.link, outcome))
            return
        clock = self.promise.helping.clock
        clock.at(at + REMIND, self._remind)
        clock.at(at + CLOSE, self._close)
        if self.promise.scene.home is not None and self.dice.random() < 0.5:
            self.promise.after(at + REMIND, 1, 20, lambda moment: self._phone(issued.link))

    def _outcome(self) -> Outcome | None:
        """Draw what the household will say; after a mended fault or an inquiry it has what it was to get."""
        drawn = Outcome.RECEIVED if self.settled else self.dice.choices(OUTCOMES, weights=CHANCES)[0]
        if self.promise.scene.home is None and drawn is Outcome.NOT_RECEIVED:
            return Outcome.RECEIVED
        part = (self._delivery().quantity / 2).to_integral_value(ROUND_FLOOR)
        return Outcome.UNSUITABLE if drawn is Outcome.PARTLY_RECEIVED and part < 1 else drawn

    def _answer(self, at: datetime, link: str, outcome: Outcome) -> None:
        if self._delivery().stage is not DeliveryStage.AWAITING:
            return
        confirmation = say(self._delivery(), link, outcome, pin=self._pin(), device=self._device())
        if confirmation.call_back_drawn or confirmation.flags:
            # Who is called back hangs on secret keys: with a draw of its own the story goes on as without.
            moment = self.promise.helping.later(at, 0.5, 4, Random(at.toordinal()))  # noqa: S311 - a demo that can be repeated
            self.promise.helping.clock.at(moment, lambda _: self._call_back(confirmation.id))
        if outcome is Outcome.NOT_RECEIVED:
            self.promise.after(at, 2, 6, self._look_into)
        if outcome in (Outcome.UNSUITABLE, Outcome.PARTLY_RECEIVED):
            self.promise.helping.clock.at(at + timedelta(days=MENDING_DAYS), self._dispute)
            if self.dice.random() < 0.85:
                self.promise.after(at, 1, 5, self._mend)

    def _pin(self) -> str:
        home = self.promise.scene.home
        card = find_card(home.id) if home else None
        return derived_digits(CARD_PIN, card.id, 4) if card else ""

    def _device(self) -> str:
        home = self.promise.scene.home
        return f"demo/{home.id if home else self.promise.scene.village.plan.code}"

    def _operator(self) -> Actor:
        helping = self.promise.helping
        return by(helping.acting(helping.cast.named["operator"]))

    def _call_back(self, confirmation_id: UUID) -> None:
        confirmation = db.session.get_one(Confirmation, confirmation_id)
        if confirmation.call_back is None:
            record_call_back(confirmation, actor=self._operator(), found=CallBack.AGREES)

    def _phone(self, link: str) -> None:
        if self._delivery().stage is DeliveryStage.AWAITING:
            answer(link, pin=self._pin(), outcome=Outcome.RECEIVED, actor=self._operator(), channel=Channel.PHONE)

    def _remind(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.AWAITING:
            by(SYSTEM)
            remind_delivery(delivery)

    def _close(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.AWAITING:
            by(SYSTEM)
            close_delivery(delivery)

    def _mend(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.MENDING:
            mend_delivery(delivery, actor=by(self.promise.helping.acting(self.promise.account_id)))
            self.settled = True
            self.promise.after(at, 0.2, 0.9, self.ask)

    def _dispute(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.MENDING:
            by(SYSTEM)
            dispute_delivery(delivery)
            self.promise.after(at, 1, 5, self._look_into)

    def _look_into(self, at: datetime) -> None:
        """Let the county find that it came after all, or take back what did not come."""
        delivery, county = self._delivery(), self.promise.scene.officers.county
        if delivery.stage is not DeliveryStage.DISPUTED:
            return
        issue = open_issue_of(delivery.id)
        if issue is not None and self.dice.random() < 0.4:
            close_issue(issue, actor=by(county), finding=Finding.ASK_AGAIN, words=story("people")["found"])
            self.settled = True
            self.promise.after(at, 0.2, 0.9, self.ask)
        else:
            annul_delivery(delivery, actor=by(county), finding=story("people")["finding"])


def say(delivery: Delivery, link: str, outcome: Outcome, *, pin: str, device: str) -> Confirmation:
    """Answer as the household, with its slip and the PIN of its card, from its own telephone."""
    part = (delivery.quantity / 2).to_integral_value(ROUND_FLOOR)
    return answer(
        link,
        pin=pin,
        outcome=outcome,
        actor=by(ANONYMOUS),
        address=f"demo/{delivery.id}",
        device=device,
        quantity=part if outcome is Outcome.PARTLY_RECEIVED else None,
        comment=story("people")["unsuitable"] if outcome is Outcome.UNSUITABLE else "",
    )
