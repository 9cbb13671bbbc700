"""Setting a village up: its unit, its households with survey, card and cadre."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from core.policy import Actor
from donors.specimens import make_resident_id
from needs.choices import ConsentItem, ConsentMethod
from needs.services import ConsentGiven, record_survey
from pairing.choices import LinkKind
from pairing.services import assign_primary
from registry.choices import Cause
from registry.models import Household
from registry.queries import Subject, subject_of
from registry.services import ensure_village, give_card, register_household
from web.demo.cast import by
from web.demo.names import offices, person, phone
from web.demo.plan import VillagePlan

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


@dataclass(frozen=True)
class Officers:
    """Who acts for a village."""

    village: Actor
    team: Actor
    townships: tuple[Actor, ...]
    county: Actor
    cadres: tuple[UUID, ...]
    unit: tuple[UUID, str]


def set_up_village(plan: VillagePlan, officers: Officers, *, first: int, at: datetime, dice: Random) -> Village:
    """Put a village and its households on file, surveyed, carded and paired; `first` numbers the persons."""
    subject = subject_of(ensure_village(plan.code, actor=by(officers.team)))
    day = at.date()
    survey_village(subject, officers, day)
    account, name = officers.unit
    assign_primary(
        subject, actor=by(officers.county), account_id=account, unit_name=name, kind=LinkKind.UNIT, starts_on=day
    )
    village = Village(plan, subject, day)
    for number in range(plan.households):
        village.homes.append(_set_up_home(plan, officers, number, first + number, day, dice))
    return village


def survey_village(subject: Subject, officers: Officers, day: date) -> None:
    """Record a survey of the village as a whole."""
    record_survey(
        subject, actor=by(officers.village), surveyed_on=day, second_visitor=person(3), causes=[Cause.POOR_TRANSPORT]
    )


def _set_up_home(plan: VillagePlan, officers: Officers, number: int, overall: int, day: date, dice: Random) -> Home:
    size = dice.choices((1, 2, 3, 4, 5, 6, 7), weights=(8, 14, 20, 26, 18, 10, 4))[0]
    household = register_household(
        actor=by(officers.village),
        region_code=plan.code,
        household_no=f"{number + 1:03d}",
        group_no=str(number % 8 + 1),
        size=size,
        head_name=person(overall),
        id_number=make_resident_id(overall),
        phone=phone(overall) if dice.random() < 0.7 else None,
    )
    cadre = officers.cadres[number]
    publishes = dice.random() > 0.04 or cadre == officers.cadres[0]
    subject = subject_of(household)
    survey_home(subject, household, officers, day, publishes=publishes, dice=dice)
    give_card(household, actor=by(officers.team), given_on=day)
    name = offices()[overall % len(offices())]
    assign_primary(subject, actor=by(officers.county), account_id=cadre, unit_name=name, starts_on=day)
    return Home(household.id, subject, size, cadre, day, publishes)


def survey_home(
    subject: Subject, household: Household, officers: Officers, day: date, *, publishes: bool, dice: Random
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
        causes=dice.sample(CAUSES, k=dice.choice((1, 2))),
        consents=consents,
    )
