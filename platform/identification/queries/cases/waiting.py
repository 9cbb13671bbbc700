"""Cases that wait for an office: in its state of the pack, or because another one let its days go by."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from core.clock import today
from core.db import db
from core.policy import Actor
from identification.case_choices import CaseStage, OfficeLevel
from identification.case_packs import PACKS, pack_of
from identification.models import IdentificationCase
from identification.queries.cases.listing import CaseRow, case_rows, in_scope

DECIDED = frozenset(
    {
        *(CaseStage.NOT_ADMITTED, CaseStage.WITHDRAWN, CaseStage.REGISTERED, CaseStage.MONITORED),
        *(CaseStage.PLAN_MADE, CaseStage.MEASURES_ACTIVE, CaseStage.CLEARING_REVIEW, CaseStage.CLEARED),
    }
)


def waiting_cases(actor: Actor, *, limit: int = 50) -> list[CaseRow]:
    """Return the cases on which the actor's own office must act, the most urgent first."""
    query = (
        in_scope(actor)
        .where(IdentificationCase.due_on.is_not(None), _turn_of(offices_of(actor), _place_of(actor), today()))
        .order_by(IdentificationCase.due_on, IdentificationCase.id)
        .limit(limit)
    )
    return case_rows(db.session.scalars(query).all())


def late_cases(actor: Actor, *, limit: int = 50) -> list[CaseRow]:
    """Return the cases whose days in all are over without a decision, the latest first (domain.md 3.9)."""
    query = (
        in_scope(actor)
        .where(IdentificationCase.decide_by < today(), IdentificationCase.stage.not_in(DECIDED))
        .order_by(IdentificationCase.decide_by, IdentificationCase.id)
        .limit(limit)
    )
    return case_rows(db.session.scalars(query).all())


def _turn_of(offices: set[str], place: str, day: date) -> ColumnElement[bool]:
    """Return the condition that it is the turn of one of the offices, as `office_of` says it of one case."""
    own = [
        and_(IdentificationCase.pack == code, IdentificationCase.stage.in_(_stages(code, offices, place, day)))
        for code in PACKS
    ]
    passed = [level for level in OfficeLevel if level.value in offices]
    return or_(
        IdentificationCase.escalated_to.in_(passed),
        and_(IdentificationCase.escalated_to == OfficeLevel.NONE, or_(*own)),
    )


def _stages(code: str, offices: set[str], place: str, day: date) -> list[CaseStage]:
    days = pack_of(code, place, day)["days"]
    return [CaseStage(stage) for stage, rule in days.items() if rule["office"] in offices]


def _place_of(actor: Actor) -> str:
    return next((lo for lo, _hi in actor.ranges), "")


def offices_of(actor: Actor) -> set[str]:
    """Return the levels on which the actor acts, by the width of his code ranges."""
    widths = {len(str(int(hi) - int(lo))) - 1 for lo, hi in actor.ranges}
    return {_level(width) for width in widths}


def _level(width: int) -> str:
    return next((name for most, name in ((2, "village"), (3, "township"), (6, "county")) if width <= most), "province")
