"""Setting a village up: its unit, its households with survey, card and cadre."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from core.db import db
from core.policy import Actor
from needs.choices import ConsentItem, ConsentMethod
from needs.services import ConsentGiven, record_survey
from pairing.choices import LinkKind
from pairing.services import assign_primary
from registry.choices import Cause
from registry.models import Household
from registry.queries import Subject, subject_of
from registry.services import ensure_village, give_card
from web.demo.cast import by
from web.demo.names import offices, person
from web.demo.plan import VillagePlan
from web.demo.registers.families import Numbers
from web.demo.registers.filing import Filed, Place, Planned, file_households
from web.demo.registers.yearly import Years

CAUSES = (
    Cause.SCHOOLING,
    Cause.LACK_SKILL,
    Cause.LACK_LABOUR,
    Cause.LACK_CAPITAL,
    Cause.POOR_TRANSPORT,
    Cause.DISASTER,
)


@dataclass
class Home:
    """A household of the story, with who stands beside it and when it was last surveyed."""

    id: UUID
    subject: Subject
    size: int
    cadre: UUID
    surveyed_on: date
    publishes: bool


@dataclass
class Village:
    """A village of the story."""

    plan: VillagePlan
    subject: Subject
    surveyed_on: date
    homes: list[Home] = field(default_factory=list)
    years: Years | None = None


@dataclass(frozen=True)
class Setting:
    """When a village of the story begins; `first` numbers its heads in the county."""

    first: int
    at: datetime
    seed: int
    numbers: Numbers
    dice: Random


@dataclass(frozen=True)
class Wanted:
    """A household before it is on file."""

    planned: Planned
    publishes: bool


@dataclass(frozen=True)
class Since:
    """Households that are on file since long; `describe` says of them what is so when the village is set up."""

    wanted: list[Wanted]
    describe: Callable[[], list[Filed]]


@dataclass(frozen=True)
class Officers:
    """Who acts for a village."""

    village: Actor
    team: Actor
    townships: tuple[Actor, ...]
    counties: tuple[Actor, ...]
    cadres: tuple[UUID, ...]
    unit: tuple[UUID, str]

    @property
    def county(self) -> Actor:
        """The county's officer who decides as a rule."""
        return self.counties[1]


def set_up_village(plan: VillagePlan, officers: Officers, setting: Setting, *, since: Since | None = None) -> Village:
    """Put a village and its households on file, registered, surveyed, carded and paired."""
    on_file, day = ensure_village(plan.code, actor=by(officers.team)), setting.at.date()
    subject = subject_of(on_file)
    survey_village(subject, officers, day)
    account, name = officers.unit
    assign_primary(
        subject, actor=by(officers.county), account_id=account, unit_name=name, kind=LinkKind.UNIT, starts_on=day
    )
    village = Village(plan, subject, day)
    wanted = since.wanted if since else draw_homes(plan, setting)
    place = place_of(plan, officers, setting)
    filed = since.describe() if since else file_households(place, [one.planned for one in wanted])
    village.homes = [_set_up_home(one, found, officers, day) for one, found in zip(wanted, filed, strict=True)]
    village.years = Years(place, on_file.id, filed)
    return village


def draw_homes(plan: VillagePlan, setting: Setting) -> list[Wanted]:
    """Return the households of a village as the story wants them."""
    return [_draw_home(number, setting.first + number, setting.dice) for number in range(plan.households)]


def place_of(plan: VillagePlan, officers: Officers, setting: Setting) -> Place:
    """Return where and when the village's register is written, and by whom."""
    return Place(plan.code, setting.at.date(), by(officers.village), setting.seed, setting.numbers)


def survey_village(subject: Subject, officers: Officers, day: date) -> None:
    """Record a survey of the village as a whole."""
    record_survey(
        subject, actor=by(officers.village), surveyed_on=day, second_visitor=person(3), causes=[Cause.POOR_TRANSPORT]
    )


def _draw_home(number: int, overall: int, dice: Random) -> Wanted:
    size = dice.choices((1, 2, 3, 4, 5, 6, 7), weights=(8, 14, 20, 26, 18, 10, 4))[0]
    has_phone, publishes = dice.random() < 0.7, dice.random() > 0.04
    return Wanted(Planned(number, overall, size, has_phone, _draw_causes(dice)), publishes)


def _draw_causes(dice: Random) -> list[Cause]:
    return dice.sample(CAUSES, k=dice.choice((1, 2)))


def _set_up_home(wanted: Wanted, filed: Filed, officers: Officers, day: date) -> Home:
    household, planned = filed.household, wanted.planned
    cadre = officers.cadres[planned.number]
    publishes = wanted.publishes or cadre == officers.cadres[0]
    subject = subject_of(household)
    survey_home(subject, household, officers, day, publishes=publishes, causes=planned.causes)
    give_card(household, actor=by(officers.team), given_on=day)
    name = offices()[planned.overall % len(offices())]
    assign_primary(subject, actor=by(officers.county), account_id=cadre, unit_name=name, starts_on=day)
    return Home(household.id, subject, planned.size, cadre, day, publishes)


def survey_again(home: Home, officers: Officers, day: date) -> None:
    """Survey a household whose last survey is old; what it suffers from may have changed."""
    household = db.session.get_one(Household, home.id)
    causes = _draw_causes(Random(day.toordinal()))  # noqa: S311 - a demo that can be repeated
    survey_home(home.subject, household, officers, day, publishes=home.publishes, causes=causes)
    home.surveyed_on = day


def survey_home(
    subject: Subject,
    household: Household,
    officers: Officers,
    day: date,
    *,
    publishes: bool,
    causes: Sequence[Cause],
) -> None:
    """Record a survey of a household with its consents."""
    items = [ConsentItem.GOODS_VIA_OFFICE, *([ConsentItem.PUBLISH] if publishes else [])]
    consents = [
        ConsentGiven(item, household.head_name, ConsentMethod.PAPER, day + timedelta(days=800)) for item in items
    ]
    record_survey(
        subject,
        actor=by(officers.team),
        surveyed_on=day,
        second_visitor=person(7),
        causes=list(causes),
        consents=consents,
    )
