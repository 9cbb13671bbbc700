"""Reading the village register: a year's sheet, the stationed team, plans and results."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.privacy import Visibility, field_of
from registry.models import StationedTeam, Village, VillagePlan, VillageProfile, VillageResult
from registry.queries.dossiers import holds_on
from registry.small_cells import SENSITIVE_COUNTS, public_count


def village_profile(village_id: UUID, year: int) -> VillageProfile | None:
    """Return the sheet of a year that stands."""
    return db.session.scalar(
        select(VillageProfile).where(
            VillageProfile.village_id == village_id, VillageProfile.year == year, VillageProfile.superseded_by.is_(None)
        )
    )


def village_profiles(village_id: UUID) -> Sequence[VillageProfile]:
    """Return the sheets that stand, the latest year first."""
    query = select(VillageProfile).where(
        VillageProfile.village_id == village_id, VillageProfile.superseded_by.is_(None)
    )
    return db.session.scalars(query.order_by(VillageProfile.year.desc())).all()


def stationed_team_on(village_id: UUID, day: date) -> StationedTeam | None:
    """Return the team that is stationed in the village on the day."""
    query = select(StationedTeam).where(StationedTeam.village_id == village_id)
    return db.session.scalar(query.where(holds_on(StationedTeam, day)))


def village_plans(village_id: UUID, year: int) -> Sequence[VillagePlan]:
    """Return what the village plans for a year."""
    query = select(VillagePlan).where(
        VillagePlan.village_id == village_id, VillagePlan.year == year, VillagePlan.superseded_by.is_(None)
    )
    return db.session.scalars(query.order_by(VillagePlan.created_at, VillagePlan.id)).all()


def village_results(village_id: UUID, year: int) -> Sequence[VillageResult]:
    """Return what became of the village's projects in a year."""
    query = select(VillageResult).where(
        VillageResult.village_id == village_id, VillageResult.year == year, VillageResult.superseded_by.is_(None)
    )
    return db.session.scalars(query.order_by(VillageResult.created_at, VillageResult.id)).all()


def plans_and_results(village_id: UUID) -> Sequence[tuple[VillagePlan | None, VillageResult | None]]:
    """Return what the village plans with what became of it, the latest year first; results without a plan too."""
    plans = db.session.scalars(
        select(VillagePlan)
        .where(VillagePlan.village_id == village_id, VillagePlan.superseded_by.is_(None))
        .order_by(VillagePlan.year.desc(), VillagePlan.created_at, VillagePlan.id)
    ).all()
    results = db.session.scalars(
        select(VillageResult)
        .where(VillageResult.village_id == village_id, VillageResult.superseded_by.is_(None))
        .order_by(VillageResult.year.desc(), VillageResult.created_at, VillageResult.id)
    ).all()
    of_plan = {row.plan_id: row for row in results if row.plan_id is not None}
    planned = [(plan, of_plan.get(plan.id)) for plan in plans]
    known = {plan.id for plan in plans}
    return [*planned, *((None, row) for row in results if row.plan_id not in known)]


def get_plan(village: Village, plan_id: UUID) -> VillagePlan:
    """Return a plan of the village, or raise NotFound; one that was replaced is returned too."""
    found = db.session.get(VillagePlan, plan_id)
    if found is None or found.village_id != village.id:
        raise NotFound
    return found


def result_of(plan_id: UUID) -> VillageResult | None:
    """Return what became of a plan, as it stands."""
    return db.session.scalar(
        select(VillageResult).where(VillageResult.plan_id == plan_id, VillageResult.superseded_by.is_(None))
    )


def public_village(profile: VillageProfile) -> Mapping[str, Any]:
    """Return what the public may see of a sheet: no person, no small number of a sensitive group."""
    found: dict[str, Any] = {}
    for name, column in profile.__mapper__.columns.items():
        declared = field_of(column)
        if name in SENSITIVE_COUNTS:
            found[name] = public_count(getattr(profile, name))
        elif declared is not None and declared.visibility is Visibility.P0 and declared.recorded:
            found[name] = getattr(profile, name)
    return found
