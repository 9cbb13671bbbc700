"""Helpers of the demo: who pledges for what, and whose survey is old."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from core.clock import local_day
from core.db import db
from core.errors import Refused
from core.policy import Actor
from donors.models import Donor
from needs.choices import Category, NeedLevel
from needs.models import Need
from pairing.choices import LinkTerm
from pledges.choices import PledgeKind
from pledges.services import offer_pledge
from web.demo.cast import Cast, acting, by
from web.demo.clockwork import Clockwork, days, working_hour
from web.demo.promise import Promise
from web.demo.village import survey_again, survey_village

if TYPE_CHECKING:
    from web.demo.story import Scene

SURVEY_DAYS = 300
UNIT_SHARE = 0.3
GIVERS = ("association", "social_service_agency", "foundation", "enterprise")
KINDS = {
    Category.EMPLOYMENT: PledgeKind.JOB,
    Category.SKILLS: PledgeKind.SERVICE_SKILL,
}


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
        return max(moment, at + timedelta(hours=2))

    def refresh_survey(self, scene: "Scene", day: date) -> None:
        """Survey again where the last survey is old."""
        home, officers = scene.home, scene.officers
        if home is None:
            if (day - scene.village.surveyed_on).days > SURVEY_DAYS:
                survey_village(scene.subject, officers, day)
                scene.village.surveyed_on = day
        elif (day - home.surveyed_on).days > SURVEY_DAYS:
            survey_again(home, officers, day)

    def pledge(self, scene: "Scene", need: Need, quantity: Decimal, at: datetime, dice: Random) -> None:
        """Let a helper pledge; who may not (a person for large things) leaves it to the next."""
        donor_id, account_id, term = self._helper(scene, need, dice)
        due = local_day(at) + timedelta(days=dice.randint(10, 28))
        try:
            with db.session.begin_nested():
                pledge = offer_pledge(
                    need,
                    db.session.get_one(Donor, donor_id) if donor_id else None,
                    actor=by(self.acting(account_id)),
                    quantity=quantity,
                    kind=KINDS.get(need.category, PledgeKind.GOODS),
                    due_on=due,
                    term=term,
                )
        except Refused:
            return
        Promise(self, scene, pledge.id, account_id, dice).begin(at)

    def _passers_by(self, scene: "Scene") -> list[tuple[UUID, UUID, str, int]]:
        """Return who may turn up: at the listed cadre's households only those whom no scene calls there."""
        if scene.home is None or scene.home.cadre != self.cast.named["cadre"]:
            return self.cast.donors
        listed = self.cast.named_donors.values()
        return [donor for donor in self.cast.donors if donor[2] not in GIVERS and donor[0] not in listed]

    def _helper(self, scene: "Scene", need: Need, dice: Random) -> tuple[UUID | None, UUID, LinkTerm]:
        """Draw who helps: a donor, or for a village now and then the unit that stands behind it."""
        if need.level is NeedLevel.VILLAGE and dice.random() < UNIT_SHARE:
            return None, scene.officers.unit[0], LinkTerm.STANDING
        donor_id, account_id, _, level = dice.choice(self._passers_by(scene))
        standing = level >= 2 and dice.random() < 0.25
        return donor_id, account_id, LinkTerm.STANDING if standing else LinkTerm.ONE_TIME
