"""Places, households, surveys and needs for tests, made by the services that users call."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.specimens import make_resident_id
from needs.choices import Category, ConsentItem, ConsentMethod
from needs.models import Need
from needs.services import (
    ConsentGiven,
    Evidence,
    NeedText,
    approve_need,
    create_need,
    record_survey,
    submit_need,
    verify_need,
)
from regions.services import import_regions
from registry.choices import Cause
from registry.models import Household
from registry.queries import Subject, subject_of
from registry.services import ensure_village, register_household
from tests.factories.people import VILLAGE, acting, make_person

OTHER_VILLAGE = "451028101200"
PLACES = (
    "code,name,parent,level",
    "450000000000,广西壮族自治区,,province",
    "451000000000,百色市,450000000000,prefecture",
    "451028000000,乐业县,451000000000,county",
    "451028100000,同乐镇,451028000000,township",
    "451028100200,九利村民委员会,451028100000,village",
    "451028100201,六为村民委员会,451028100000,village",
    "451028101000,甘田镇,451028000000,township",
    "451028101200,夏福村民委员会,451028101000,village",
)
ALL_CONSENTS = (ConsentItem.PUBLISH, ConsentItem.GOODS_VIA_OFFICE)
_numbers = count(1)


def make_places() -> None:
    """Lay two townships of a county."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.csv"
        path.write_text("\n".join(PLACES) + "\n", encoding="utf-8")
        with unit_of_work(SYSTEM):
            import_regions(path)


class People:
    """The officers of one village, each made when first asked for."""

    def __init__(self, village: str = VILLAGE) -> None:
        self.author = make_person(Role.VILLAGE_OFFICER, village)
        self.verifier = make_person(Role.STATIONED_TEAM, village)
        self.approver = make_person(Role.TOWNSHIP_OFFICER, village[:9])
        self.county = make_person(Role.COUNTY_OFFICER, village[:6])


def make_household(author: UUID, *, region: str = VILLAGE, **overrides: Any) -> UUID:
    """Put a household on file; return its id."""
    number = next(_numbers)
    values = {
        "household_no": f"H{number:04d}",
        "size": 4,
        "head_name": "韦某某",
        "id_number": make_resident_id(number),
        "phone": "13900000000",
    } | overrides
    with acting(author) as actor:
        return register_household(actor=actor, region_code=region, **values).id


def subject(household_id: UUID) -> Subject:
    """Return the subject of a household; call it inside a unit of work."""
    return subject_of(db.session.get_one(Household, household_id))


def consents(items: Sequence[ConsentItem] = ALL_CONSENTS, *, until: date | None = None) -> list[ConsentGiven]:
    """Return consents on paper, for a year."""
    end = until or today() + timedelta(days=365)
    return [ConsentGiven(item, "韦某某", ConsentMethod.PAPER, end) for item in items]


def make_survey(
    author: UUID, household_id: UUID | None, *, region: str = VILLAGE, items: Sequence[ConsentItem] = ALL_CONSENTS
) -> None:
    """Record a survey of a household, or of the village."""
    with acting(author) as actor:
        found = subject(household_id) if household_id else subject_of(ensure_village(region, actor=actor))
        record_survey(
            found,
            actor=actor,
            surveyed_on=today(),
            second_visitor="驻村队员",
            causes=[Cause.LACK_CAPITAL],
            consents=consents(items) if household_id else [],
        )


def quilts(**overrides: Any) -> NeedText:
    """Return the text of a harmless need: quilts at the reference price."""
    values: dict[str, Any] = {
        "category": Category.DAILY_NECESSITIES,
        "title": f"冬被 2 床（{next(_numbers)}）",
        "description": "旧被子不够暖，送到村部就行。",
        "quantity": Decimal(2),
        "unit": "床",
        "item_code": "winter_quilt",
        "unit_price": Decimal(160),
    }
    return NeedText(**(values | overrides))


def make_draft(author: UUID, household_id: UUID | None, *, region: str = VILLAGE, **overrides: Any) -> UUID:
    """Write a need down; return its id."""
    with acting(author) as actor:
        found = subject(household_id) if household_id else subject_of(ensure_village(region, actor=actor))
        return create_need(found, actor=actor, text=quilts(**overrides)).id


def submit(author: UUID, need_id: UUID) -> None:
    with acting(author) as actor:
        submit_need(db.session.get_one(Need, need_id), actor=actor)


def verify(verifier: UUID, need_id: UUID, **overrides: Any) -> None:
    values = {
        "visited_on": overrides.get("visited_on") or _today(),
        "second_visitor": "村委委员",
        "evidence": [Evidence(paper_no="2026-11")],
    } | overrides
    with acting(verifier) as actor:
        verify_need(db.session.get_one(Need, need_id), actor=actor, **values)


def approve(approver: UUID, need_id: UUID, **reasons: str) -> None:
    with acting(approver) as actor:
        approve_need(db.session.get_one(Need, need_id), actor=actor, reasons=reasons)


def make_published(
    people: People, household_id: UUID | None = None, *, region: str = VILLAGE, **overrides: Any
) -> UUID:
    """Take a need through all three hands; return its id."""
    if household_id is None:
        household_id = make_household(people.author, region=region)
        make_survey(people.author, household_id)
    need_id = make_draft(people.author, household_id, region=region, **overrides)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    approve(people.approver, need_id)
    return need_id


def _today() -> date:
    with unit_of_work(SYSTEM):
        return today()
