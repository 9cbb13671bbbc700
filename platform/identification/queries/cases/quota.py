"""What a village has left of its published number, in persons."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from identification.case_choices import CaseStage
from identification.case_packs import pack_of
from identification.models import IdentificationCase, IdentificationRound
from identification.queries.quotas import published_quota, standing
from regions.codes import code_range

COUNTED = (CaseStage.COUNTY_APPROVED, CaseStage.ANNOUNCED, CaseStage.REGISTERED)


def quota_left(case: IdentificationCase) -> int | None:
    """Return the persons left in the case's village and year; None where no number holds."""
    if not pack_of(case.pack, case.region_code, case.entered_on)["scale_control"]:
        return None
    year = _year(case)
    quota = published_quota(case.region_code, year)
    if quota is None:
        return None
    used = db.session.scalar(
        select(func.coalesce(func.sum(IdentificationCase.persons), 0))
        .outerjoin(IdentificationRound, IdentificationRound.id == IdentificationCase.round_id)
        .where(
            IdentificationCase.region_code == case.region_code,
            IdentificationCase.pack == case.pack,
            IdentificationCase.id != case.id,
            IdentificationCase.stage.in_(COUNTED),
            func.coalesce(IdentificationRound.year, func.extract("year", IdentificationCase.entered_on)) == year,
        )
    )
    return quota - int(used or 0)


def hold_number(case: IdentificationCase) -> None:
    """Let nobody else decide on the same village's number until this transaction ends."""
    key = f"case_number/{case.pack}/{case.region_code}/{_year(case)}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def number_of(case: IdentificationCase) -> UUID | None:
    """Return the published run that gave the case's village its number, or None where it has none."""
    found = standing(case.region_code, _year(case))
    return None if found is None else found.run_id


def _year(case: IdentificationCase) -> int:
    if case.round_id is None:
        return case.entered_on.year
    return db.session.get_one(IdentificationRound, case.round_id).year


def recognised_by_cases(region_code: str, year: int) -> dict[str, int]:
    """Return the persons whose cases count against the number of a year, by village inside a place."""
    low, high = code_range(region_code)
    year_of = func.coalesce(IdentificationRound.year, func.extract("year", IdentificationCase.entered_on))
    rows = db.session.execute(
        select(IdentificationCase.region_code, IdentificationCase.pack, func.sum(IdentificationCase.persons))
        .outerjoin(IdentificationRound, IdentificationRound.id == IdentificationCase.round_id)
        .where(
            IdentificationCase.region_code >= low,
            IdentificationCase.region_code < high,
            IdentificationCase.stage.in_(COUNTED),
            year_of == year,
        )
        .group_by(IdentificationCase.region_code, IdentificationCase.pack)
    )
    found: dict[str, int] = {}
    for code, pack, persons in rows:
        if pack_of(pack, code, date(year, 12, 31))["scale_control"]:
            found[code] = found.get(code, 0) + int(persons or 0)
    return found
