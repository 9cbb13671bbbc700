"""What becomes of one need: written, verified, published, pledged for, delivered, answered, or left waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from core.clock import local_day
from core.db import db
from core.policy import SYSTEM, Actor
from needs.choices import ApprovalLevel, NeedLevel, NeedStage, RejectReason
from needs.models import Need
from needs.rules import open_judgements
from needs.services import (
    Evidence,
    approve_need,
    check_need,
    create_need,
    reject_need,
    renew_need,
    return_need,
    submit_need,
    verify_need,
    withdraw_need,
)
from needs.services.lifecycle import expire_need
from needs.workflow import sums_of
from registry.queries import Subject
from web.demo.cast import by
from web.demo.clockwork import Clockwork, days, working_hour
from web.demo.helping import Helping
from web.demo.names import person, story
from web.demo.village import Home, Officers, Village
from web.demo.wishes import draw_wish, text_of_wish

REASON = story("people")["reason"]
RENEWED = 0.3


@dataclass
class Scene:
    """Where and by whom a need is handled."""

    village: Village
    officers: Officers
    author: Actor
    subject: Subject
    home: Home | None


class NeedStory:
    """One need from the first line to its end, one happening after the other."""

    def __init__(self, scene: Scene, clock: Clockwork, helping: Helping, dice: Random) -> None:
        self.scene = scene
        self.clock = clock
        self.helping = helping
        self.dice = dice
        self.need_id: UUID | None = None

    def begin(self, at: datetime) -> None:
        """Let the author write the need at a moment."""
        self.clock.at(self._office(at), self._write)

    def _office(self, at: datetime) -> datetime:
        return working_hour(at, minute=self.dice.randint(0, 539))

    def _later(self, at: datetime, low: float, high: float) -> datetime:
        return max(self._office(at + days(self.dice.uniform(low, high))), at + timedelta(minutes=7))

    def _need(self) -> Need:
        return db.session.get_one(Need, self.need_id)

    def _write(self, at: datetime) -> None:
        level = "household" if self.scene.home else "village"
        size = self.scene.home.size if self.scene.home else 1
        wish = draw_wish(self.dice, level, size=size)
        day = local_day(at)
        self.helping.refresh_survey(self.scene, day)
        text = text_of_wish(wish, region_code=self.scene.subject.region_code, on=day, dice=self.dice)
        need = create_need(self.scene.subject, actor=by(self.scene.author), text=text)
        self.need_id = need.id
        if self.dice.random() < 0.985 or self.clock.end - at > days(20):
            submit_need(need, actor=by(self.scene.author))
            self.clock.at(self._later(at, 0.5, 5), self._verify)

    def _verify(self, at: datetime) -> None:
        need = self._need()
        verifier = self.scene.officers.team if self.dice.random() < 0.6 else self.scene.officers.village
        if verifier.account_id == need.author_id:
            verifier = self.scene.officers.team
        if self.dice.random() < 0.03:
            return_need(need, actor=by(verifier), reason=story("people")["return_reason"])
            self.clock.at(self._later(at, 1, 3), self._submit_again)
            return
        day = local_day(at)
        paper = Evidence(paper_no=f"{day:%Y%m%d}-{self.dice.randint(1, 999):03d}", taken_on=day)
        verify_need(need, actor=by(verifier), visited_on=day, second_visitor=person(11), evidence=[paper])
        self.clock.at(self._later(at, 0.3, 3), self._approve)

    def _submit_again(self, at: datetime) -> None:
        submit_need(self._need(), actor=by(self.scene.author))
        self.clock.at(self._later(at, 0.5, 4), self._verify)

    def _approve(self, at: datetime) -> None:
        need = self._need()
        county = need.needs_level is ApprovalLevel.COUNTY
        approver = self.scene.officers.county if county else self.dice.choice(self.scene.officers.townships)
        hidden = self.scene.home is not None and not self.scene.home.publishes
        if hidden or self.dice.random() < 0.025:
            reason = RejectReason.COVERED_ELSEWHERE if not hidden else RejectReason.NOT_NEEDED
            reject_need(need, actor=by(approver), reason=reason)
            return
        reasons = {result.code: REASON for result in open_judgements(check_need(need))}
        approve_need(need, actor=by(approver), reasons=reasons)
        self._after_publication(need, at)

    def _after_publication(self, need: Need, at: datetime) -> None:
        if need.expires_at is not None:
            self.clock.at(need.expires_at + timedelta(minutes=5), self._expire)
        if self.dice.random() < 0.012:
            self.clock.at(self._later(at, 5, 40), self._withdraw)
        self._wait_for_helpers(at)

    def _wait_for_helpers(self, at: datetime) -> None:
        """Let somebody pledge while the need runs; nearer its end the village may visit again and renew it."""
        favour = self.scene.village.plan.favour
        wait = self.dice.expovariate(1 / max(2.0, 22 / favour))
        if self.dice.random() < min(0.97, 0.45 + 0.2 * favour) and wait < 85:
            self.clock.at(self._later(at, wait, wait + 0.5), self._pledge)
        if self.dice.random() < RENEWED:
            self.clock.at(self._later(at, 77, 88), self._renew)

    def _pledge(self, at: datetime) -> None:
        need = self._need()
        sums = sums_of(need)
        remaining = sums.quantity - sums.held
        if need.stage is not NeedStage.PUBLISHED or remaining <= 0:
            return
        part = self._part(need, remaining)
        self.helping.pledge(self.scene, need, part, at, self.dice)
        if part < remaining and self.dice.random() < 0.55:
            self.clock.at(self._later(at, 1, 20), self._pledge)

    def _part(self, need: Need, remaining: Decimal) -> Decimal:
        lots = remaining // need.min_lot
        if lots <= 1 or self.dice.random() < 0.6:
            return remaining
        return need.min_lot * max(1, int(lots * Decimal(self.dice.choice((3, 5, 7))) / 10))

    def _renew(self, at: datetime) -> None:
        need = self._need()
        if need.stage is not NeedStage.PUBLISHED or sums_of(need).held > 0 or need.expires_at is None:
            return
        self.helping.refresh_survey(self.scene, local_day(at))
        officers, day = self.scene.officers, local_day(at)
        visitor = officers.team if need.author_id == officers.village.account_id else officers.village
        renew_need(need, actor=by(visitor), visited_on=day, second_visitor=person(11))
        self.clock.at(need.expires_at + timedelta(minutes=5), self._expire)
        self._wait_for_helpers(at)

    def _expire(self, at: datetime) -> None:
        need = self._need()
        if need.stage is not NeedStage.PUBLISHED or need.expires_at is None or need.expires_at > at:
            return
        sums = sums_of(need)
        if sums.held < sums.quantity:
            by(SYSTEM)
            expire_need(need)
        elif sums.confirmed < sums.quantity:  # what was pledged may still come to nothing
            self.clock.at(at + days(1), self._expire)

    def _withdraw(self, at: datetime) -> None:
        need = self._need()
        if need.stage is NeedStage.PUBLISHED and need.level is NeedLevel.HOUSEHOLD and sums_of(need).held == 0:
            withdraw_need(need, actor=by(self.scene.officers.village), reason=story("people")["withdraw_reason"])
