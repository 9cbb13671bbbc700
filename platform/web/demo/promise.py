"""One pledge of the demo, from the offer until everything of it is delivered or it ends."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from core.clock import SHANGHAI, local_day
from core.db import db
from core.errors import Refused
from core.policy import SYSTEM, Actor
from pairing.models import HelperLink
from pledges.choices import LIVE_PLEDGE, Escalation, PledgeKind, PledgeStage
from pledges.models import Pledge
from pledges.services import agree_pledge, enter_delivery, withdraw_pledge
from pledges.services.following import escalate_pledge, lapse_pledge
from pledges.sums import locked_pledge
from registry.choices import FundSource
from web.demo.asking import Asking
from web.demo.cast import by
from web.demo.joining import is_waiting, join_step, send_away
from web.demo.names import story
from web.demo.pictures import store_pictures

if TYPE_CHECKING:
    from web.demo.helping import Helping
    from web.demo.story import Scene

SILENT_OFFICES = 0.04
PICTURED = 0.2
NIGHT = time(0, 20, tzinfo=SHANGHAI)


class Promise:
    """A helper's word, and what the offices, the helper and the clock make of it."""

    def __init__(self, helping: "Helping", scene: "Scene", pledge_id: UUID, account_id: UUID, dice: Random) -> None:
        self.helping = helping
        self.scene = scene
        self.pledge_id = pledge_id
        self.account_id = account_id
        self.dice = dice

    def begin(self, at: datetime) -> None:
        """Let the cadre decide, sooner or later, or never; the clock goes on all the same."""
        pledge = self._pledge()
        self._at_night(pledge.decide_by, self._climb)
        self._at_night(pledge.lapses_on - timedelta(days=1), self._lapse_offer)
        if self.dice.random() >= SILENT_OFFICES:
            self.after(at, 0.2, 2.5, self._decide)

    def after(self, at: datetime, low: float, high: float, happening: Callable[[datetime], None]) -> None:
        """Let something happen some days later, in office hours."""
        self.helping.clock.at(self.helping.later(at, low, high, self.dice), happening)

    def _at_night(self, day: date, happening: Callable[[datetime], None]) -> None:
        """Let the clock's own work happen in the night after a day."""
        self.helping.clock.at(datetime.combine(day + timedelta(days=1), NIGHT), happening)

    def _pledge(self) -> Pledge:
        return locked_pledge(self.pledge_id)

    def _link(self) -> HelperLink:
        return db.session.get_one(HelperLink, self._pledge().link_id, populate_existing=True)

    @property
    def decider(self) -> Actor:
        """The cadre decides for a household, the village officer for a village."""
        home = self.scene.home
        return self.helping.acting(home.cadre) if home else self.scene.officers.village

    def _climb(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is PledgeStage.OFFERED and pledge.escalated_to is not Escalation.COUNTY:
            by(SYSTEM)
            escalate_pledge(pledge)
            self._at_night(pledge.decide_by, self._climb)

    def _lapse_offer(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is PledgeStage.OFFERED:
            by(SYSTEM)
            lapse_pledge(pledge)
        if pledge.stage is not PledgeStage.AGREED:
            self._send_away()

    def _send_away(self) -> None:
        """Say no to a helper whose only pledge has come to nothing before he was let in."""
        link = self._link()
        live = select(func.count()).where(Pledge.link_id == link.id, Pledge.stage.in_(LIVE_PLEDGE))
        if is_waiting(link) and not db.session.scalar(live):
            send_away(link, self.scene)

    def _decide(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is not PledgeStage.OFFERED:
            self._send_away()
            return
        try:
            with db.session.begin_nested():
                wait = join_step(self._link(), self.scene, self.helping, at)
                if wait is None:
                    agree_pledge(pledge, actor=by(self.decider))
        except Refused:
            return
        if wait is None:
            self._agreed(at)
        else:
            self.after(at, *wait, self._decide)

    def _agreed(self, at: datetime) -> None:
        pledge = self._pledge()
        self._at_night(pledge.due_on, self._lapse_late)
        fate = self.dice.random()
        if fate < 0.04:
            self.after(at, 1, 6, self._withdraw)
        elif fate > 0.05:
            most = max(1.5, (pledge.due_on - local_day(at)).days - 1)
            self.after(at, 1, most, self._deliver)

    def _withdraw(self, at: datetime) -> None:
        pledge = self._pledge()
        if pledge.stage is PledgeStage.AGREED and pledge.delivered == 0:
            giver = by(self.helping.acting(self.account_id))
            withdraw_pledge(pledge, actor=giver, reason=story("people")["late_reason"])

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
        giver, day = by(self.helping.acting(self.account_id)), local_day(at)
        pictures = self.dice.choice((1, 2, 3)) if self.dice.random() < PICTURED else 0
        if pledge.kind is not PledgeKind.GOODS:  # the drawings show things
            pictures = 0
        delivery = enter_delivery(
            pledge,
            actor=giver,
            quantity=part,
            delivered_on=day,
            fund_source=fund_of(pledge),
            evidence=store_pictures(pictures, actor=giver, on=day),
        )
        self.after(at, 0.1, 0.9, Asking(self, delivery.id).ask)
        if part < left:
            self.after(at, 1, 5, self._deliver)


def fund_of(pledge: Pledge) -> FundSource:
    """Return where it comes from: a donor gives what society gives, a unit what it has gathered."""
    return FundSource.SOCIAL if pledge.donor_id is not None else FundSource.MOBILISED
