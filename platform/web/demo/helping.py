"""Helpers of the demo: they pledge, the cadre agrees, they deliver, the household answers, or some of it goes wrong."""

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from core.clock import local_day
from core.db import db
from core.errors import Refused
from core.policy import ANONYMOUS, SYSTEM, Actor
from core.tokens import derived_digits
from donors.models import Donor
from needs.choices import Category
from needs.models import Need
from pairing.choices import LinkStage, LinkTerm
from pairing.models import HelperLink
from pairing.services import comment_link, confirm_link, reject_link
from pledges.choices import CallBack, DeliveryStage, FundSource, Outcome, PledgeKind, PledgeStage
from pledges.models import Confirmation, Delivery, Pledge
from pledges.services import (
    agree_pledge,
    annul_delivery,
    answer,
    enter_delivery,
    issue_code,
    mend_delivery,
    offer_pledge,
    record_call_back,
    withdraw_pledge,
)
from pledges.services.following import lapse_pledge
from pledges.sums import locked_pledge
from registry.models import Household
from registry.queries import CARD_PIN, find_card
from web.demo.cast import Cast, acting, by
from web.demo.clockwork import Clockwork, days, working_hour
from web.demo.names import story
from web.demo.village import survey_home, survey_village

if TYPE_CHECKING:
    from web.demo.story import Scene

SURVEY_DAYS = 300
KINDS = {
    Category.EMPLOYMENT: PledgeKind.JOB,
    Category.SKILLS: PledgeKind.SERVICE_SKILL,
}
OUTCOMES = (Outcome.RECEIVED, Outcome.PARTLY_RECEIVED, Outcome.UNSUITABLE, Outcome.NOT_RECEIVED, None)
CHANCES = (0.84, 0.03, 0.03, 0.02, 0.08)


class Helping:
    """Everything that helpers, cadres and households do about a published need."""

    def __init__(self, cast: Cast, clock: Clockwork) -> None:
        self.cast = cast
        self.clock = clock
        self._actors: dict[UUID, Actor] = {}

    def acting(self, account_id: UUID) -> Actor:
        if account_id not in self._actors:
            self._actors[account_id] = acting(account_id)
        return self._actors[account_id]

    def later(self, at: datetime, low: float, high: float, dice: Random) -> datetime:
        moment = working_hour(at + days(dice.uniform(low, high)), minute=dice.randint(0, 539))
        return max(moment, at + timedelta(minutes=9))

    def refresh_survey(self, scene: "Scene", day: date) -> None:
        """Survey again where the last survey is old."""
        home, officers = scene.home, scene.officers
        if home is None:
            if (day - scene.village.surveyed_on).days > SURVEY_DAYS:
                survey_village(scene.subject, officers, day)
                scene.village.surveyed_on = day
        elif (day - home.surveyed_on).days > SURVEY_DAYS:
            household = db.session.get_one(Household, home.id)
            dice = Random(day.toordinal())  # noqa: S311 - a demo that can be repeated
            survey_home(scene.subject, household, officers, day, publishes=home.publishes, dice=dice)
            home.surveyed_on = day

    def pledge(self, scene: "Scene", need: Need, quantity: Decimal, at: datetime, dice: Random) -> None:
        """Let a helper pledge; who may not (a person for large things) leaves it to the next."""
        donor_id, account_id, kind, level = dice.choice(self.cast.donors)
        due = local_day(at) + timedelta(days=dice.randint(10, 28))
        term = LinkTerm.STANDING if level >= 2 and dice.random() < 0.25 else LinkTerm.ONE_TIME
        try:
            with db.session.begin_nested():
                pledge = offer_pledge(
                    need,
                    db.session.get_one(Donor, donor_id),
                    actor=by(self.acting(account_id)),
                    quantity=quantity,
                    kind=KINDS.get(need.category, PledgeKind.GOODS),
                    due_on=due,
                    term=term,
                )
        except Refused:
            return
        Promise(self, scene, pledge.id, account_id, dice).begin(at)


class Promise:
    """One pledge, from the offer to the household's answer."""

    def __init__(self, helping: Helping, scene: "Scene", pledge_id: UUID, account_id: UUID, dice: Random) -> None:
        self.helping = helping
        self.scene = scene
        self.pledge_id = pledge_id
        self.account_id = account_id
        self.dice = dice

    def begin(self, at: datetime) -> None:
        """Let the cadre decide, sooner or later, or never."""
        if self.dice.random() < 0.06:
            self._at(working_hour(at + timedelta(days=22), minute=5), self._lapse_offer)
            return
        self._after(at, 0.2, 2.5, self._agree)

    def _at(self, moment: datetime, happening: object) -> None:
        self.helping.clock.at(moment, happening)  # type: ignore[arg-type]  # bound methods of this class

    def _after(self, at: datetime, low: float, high: float, happening: object) -> None:
        self._at(self.helping.later(at, low, high, self.dice), happening)

    def _pledge(self) -> Pledge:
        return locked_pledge(self.pledge_id)

    @property
    def decider(self) -> Actor:
        """The cadre decides for a household, the village officer for a village."""
        home = self.scene.home
        return self.helping.acting(home.cadre) if home else self.scene.officers.village

    def _agree(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is not PledgeStage.OFFERED:
            return
        try:
            with db.session.begin_nested():
                self._open_link(pledge)
                agree_pledge(pledge, actor=by(self.decider))
        except Refused:
            return
        if self.dice.random() < 0.04:
            self._after(at, 1, 6, self._withdraw)
        elif self.dice.random() < 0.05:
            self._at(working_hour(self._moment_of(pledge.due_on + timedelta(days=1), at), minute=4), self._lapse_late)
        else:
            most = max(1.5, (pledge.due_on - local_day(at)).days - 1)
            self._after(at, 1, most, self._deliver)

    def _moment_of(self, day: date, at: datetime) -> datetime:
        return at + timedelta(days=(day - local_day(at)).days)

    def _open_link(self, pledge: Pledge) -> None:
        link = db.session.get_one(HelperLink, pledge.link_id, populate_existing=True)
        if link.stage is LinkStage.HOUSEHOLD_CONSENTED and link.term is LinkTerm.STANDING:
            comment_link(link, actor=by(self._commenter()))
            confirm_link(link, actor=by(self.scene.officers.townships[0]))

    def _commenter(self) -> Actor:
        home = self.scene.home
        return self.helping.acting(home.cadre if home else self.scene.officers.unit[0])

    def _withdraw(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is PledgeStage.AGREED and pledge.delivered == 0:
            withdraw_pledge(
                pledge, actor=by(self.helping.acting(self.account_id)), reason=story("people")["late_reason"]
            )

    def _lapse_offer(self, at: datetime) -> None:
        if self._pledge().stage is PledgeStage.OFFERED:
            by(SYSTEM)
            lapse_pledge(self._pledge())
            self._close_link()

    def _close_link(self) -> None:
        """Say no to a link that came with an offer which nobody decided about."""
        link = db.session.get_one(HelperLink, self._pledge().link_id, populate_existing=True)
        if link.stage in (LinkStage.PROPOSED, LinkStage.HOUSEHOLD_CONSENTED):
            officer = by(self.scene.officers.townships[0])
            reject_link(link, actor=officer, reason=story("people")["release_reason"])

    def _lapse_late(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is PledgeStage.AGREED and pledge.delivered < pledge.quantity:
            by(SYSTEM)
            lapse_pledge(pledge)

    def _deliver(self, at: datetime) -> None:
        pledge = self._pledge()
        left = pledge.quantity - pledge.delivered
        if pledge.stage is not PledgeStage.AGREED or left <= 0:
            return
        part = left
        if left >= 4 and left == left.to_integral_value() and self.dice.random() < 0.2:
            part = Decimal(int(left) // 2)
        delivery = enter_delivery(
            pledge,
            actor=by(self.helping.acting(self.account_id)),
            quantity=part,
            delivered_on=local_day(at),
            fund_source=FundSource.SOCIAL,
        )
        self._after(at, 0.1, 1.5, Asking(self, delivery.id).ask)
        if part < left:
            self._after(at, 1, 5, self._deliver)


class Asking:
    """One delivery, from the slip to the household's word."""

    def __init__(self, promise: Promise, delivery_id: UUID) -> None:
        self.promise = promise
        self.delivery_id = delivery_id
        self.mended = False

    def _delivery(self) -> Delivery:
        return db.session.get_one(Delivery, self.delivery_id, populate_existing=True)

    def _printer(self) -> Actor:
        """The village prints a household's slip, the township a village's."""
        officers = self.promise.scene.officers
        return officers.village if self.promise.scene.home else officers.townships[0]

    def ask(self, at: datetime) -> None:
        """Print the slip; the household answers with it and its card, or is silent."""
        delivery = self._delivery()
        if delivery.stage not in (DeliveryStage.RECORDED, DeliveryStage.AWAITING):
            return
        issued = issue_code(delivery, actor=by(self._printer()))
        dice = self.promise.dice
        outcome = Outcome.RECEIVED if self.mended else dice.choices(OUTCOMES, weights=CHANCES)[0]
        if outcome is None or self.promise.scene.home is None and outcome is not Outcome.RECEIVED:
            return
        self.promise._after(at, 0.3, 7, lambda moment: self._answer(moment, issued.link, outcome))

    def _answer(self, at: datetime, link: str, outcome: Outcome) -> None:
        delivery, dice = self._delivery(), self.promise.dice
        if delivery.stage is not DeliveryStage.AWAITING:
            return
        confirmation = self._say(delivery, link, outcome)
        if confirmation.call_back_drawn:
            self.promise._after(at, 0.5, 4, lambda _: self._call_back(confirmation.id))
        if outcome is Outcome.NOT_RECEIVED and dice.random() < 0.9:
            self.promise._after(at, 2, 6, self._annul)
        if outcome in (Outcome.UNSUITABLE, Outcome.PARTLY_RECEIVED) and dice.random() < 0.8:
            self.promise._after(at, 1, 5, self._mend)

    def _call_back(self, confirmation_id: UUID) -> None:
        operator = self.promise.helping.cast.operator
        confirmation = db.session.get_one(Confirmation, confirmation_id)
        if operator is not None and confirmation.call_back is None:
            actor = by(self.promise.helping.acting(operator))
            record_call_back(confirmation, actor=actor, found=CallBack.AGREES)

    def _annul(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.DISPUTED:
            annul_delivery(delivery, actor=by(self.promise.scene.officers.county), finding=story("people")["finding"])

    def _say(self, delivery: Delivery, link: str, outcome: Outcome) -> Confirmation:
        home = self.promise.scene.home
        card = find_card(home.id) if home else None
        part = (delivery.quantity / 2).to_integral_value(ROUND_FLOOR)
        if outcome is Outcome.PARTLY_RECEIVED and part < 1:
            outcome = Outcome.UNSUITABLE
        return answer(
            link,
            pin=derived_digits(CARD_PIN, card.id, 4) if card else "",
            outcome=outcome,
            actor=by(ANONYMOUS),
            address=f"demo/{self.delivery_id}",
            device=f"demo/{home.id if home else self.promise.scene.village.plan.code}",
            quantity=part if outcome is Outcome.PARTLY_RECEIVED else None,
            comment=story("people")["unsuitable"] if outcome is Outcome.UNSUITABLE else "",
        )

    def _mend(self, at: datetime) -> None:
        delivery = self._delivery()
        if delivery.stage is DeliveryStage.MENDING:
            mend_delivery(delivery, actor=by(self.promise.helping.acting(self.promise.account_id)))
            self.mended = True
            self.promise._after(at, 0.2, 1.5, self.ask)
