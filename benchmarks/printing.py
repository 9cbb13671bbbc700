"""Prints: one household's handbook, and a village's three hundred as one file through the steps of its jobs."""

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from statistics import median
from uuid import UUID

from accounts.models import Role
from accounts.queries import actor_for_account
from accounts.services import create_account, grant_role
from benchmarks.apart import database_apart
from benchmarks.figures import Figure, amount, at_most
from benchmarks.server import Bench
from core.db import db, unit_of_work
from core.policy import SYSTEM, Actor
from donors.specimens import make_resident_id
from regions.services import BAISE, import_regions
from registry.choices import IncomeCode, Relation
from registry.choices.papers import PaperKind, PrintPurpose
from registry.incomes import Item
from registry.models import Household
from registry.services import (
    add_member,
    open_village,
    register_household,
    save_income,
    save_living_conditions,
    save_profile,
)
from reports.models import HandbookBatch
from reports.services import ask_handbooks, print_household, read_handbooks
from reports.services.batches import bind_handbooks, fill_handbooks
from web.composition import wire

NAME = "jiedui_bench_prints"
VILLAGE = "451028100201"
HOUSEHOLDS = 300
ONE, ALL = 1, 30
ROUNDS = 9
SINCE = date(2024, 1, 1)
MEMBERS = ((Relation.SPOUSE, "黄小妹"), (Relation.SON, "韦小山"), (Relation.DAUGHTER, "韦小花"))


def measure(bench: Bench) -> list[Figure]:
    """Wall clock, as who waits for the paper feels it."""
    wire()
    with database_apart(bench, NAME):
        asker, households = _filled()
        single = median(_one(asker, households[0]) for _round in range(ROUNDS))
        before = time.process_time()
        seconds, size = _village(asker)
        told = f"{size:.1f} MB, {time.process_time() - before:.1f} s CPU of our process"
    return [
        amount("PRINT one handbook, recorded", single, at_most(ONE), unit="s", against=f"middle of {ROUNDS}"),
        amount(f"PRINT {HOUSEHOLDS} handbooks as one file", seconds, at_most(ALL), unit="s", against=told),
    ]


def _filled() -> tuple[UUID, list[UUID]]:
    """Put three hundred households on file; return the officer of their village and their ids."""
    with unit_of_work(SYSTEM):
        import_regions(BAISE)
        account = create_account("printing", actor=SYSTEM, password="green hills and rice", display_name="Printing")
        grant_role(account, Role.VILLAGE_OFFICER, actor=SYSTEM, region_code=VILLAGE)
        officer = account.id
    return officer, list(_households(officer))


def _acting(officer: UUID) -> Actor:
    with unit_of_work(SYSTEM):
        found = actor_for_account(officer)
    assert found is not None
    return found


def _households(officer: UUID) -> Iterator[UUID]:
    actor = _acting(officer)
    for number in range(HOUSEHOLDS):
        with unit_of_work(actor):
            yield _household(number, actor).id


def _household(number: int, actor: Actor) -> Household:
    found = register_household(
        actor=actor,
        region_code=VILLAGE,
        household_no=f"{number:04d}",
        size=4,
        head_name="韦大山",
        id_number=make_resident_id(number),
        phone="13900000000",
        since=SINCE,
    )
    for relation, name in MEMBERS:
        values = {"name": name, "relation_to_head": relation, "health_status": ["healthy"], "education_level": "junior"}
        add_member(found, values, actor=actor, valid_from=SINCE)
    causes = {"main_cause": "illness", "other_causes": ["schooling"], "cause_note": "长期服药，两个孩子读书。"}
    save_profile(found, causes, actor=actor, valid_from=SINCE)
    living = {"farmland_mu": "3.2", "house_m2": "86", "water_safe": True, "house_grade": "b"}
    save_living_conditions(found, living, actor=actor, valid_from=SINCE)
    for year in (2023, 2024):
        items = [Item(code, Decimal(900 * (place + 1))) for place, code in enumerate(list(IncomeCode)[::5])]
        save_income(found, year, items, actor=actor, as_of=date(year, 12, 31), members_end=4)
    return found


def _one(officer: UUID, household_id: UUID) -> float:
    actor, began = _acting(officer), time.monotonic()
    with unit_of_work(actor):
        household = db.session.get_one(Household, household_id)
        print_household(household, PaperKind.HANDBOOK, actor=actor, purpose=PrintPurpose.COPY, language="zh")
    return time.monotonic() - began


def _village(officer: UUID) -> tuple[float, float]:
    """Return the seconds from the wish to the file, and the megabytes of the file."""
    actor, began = _acting(officer), time.monotonic()
    with unit_of_work(actor):
        village = open_village(VILLAGE, actor=actor)
        batch_id = ask_handbooks(village, actor=actor, purpose=PrintPurpose.COPY, language="zh").id
    while _done(batch_id) < HOUSEHOLDS:
        fill_handbooks(batch_id=str(batch_id))
    bind_handbooks(batch_id=str(batch_id))
    seconds = time.monotonic() - began
    with unit_of_work(actor):
        return seconds, len(read_handbooks(db.session.get_one(HandbookBatch, batch_id))) / 1e6


def _done(batch_id: UUID) -> int:
    with unit_of_work(SYSTEM):
        return db.session.get_one(HandbookBatch, batch_id).done
