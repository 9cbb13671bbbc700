"""Needs as officers, cadres and authors see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from core.clock import local_day, now
from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, ActorKind, can
from core.scope import scope_clause
from needs.choices import ApprovalLevel, Category, NeedLevel, NeedStage
from needs.models import Need, NeedBalance, NeedEvidence
from needs.policy import NeedPermission
from needs.rules import RuleResult, Verdict, ruleset_for
from registry.queries import Subject

RENEW_DAYS = 14


@dataclass(frozen=True)
class NeedTask:
    """A need that waits for somebody, with the day until which it should be done."""

    id: UUID
    title: str
    category: Category
    level: NeedLevel
    region_code: str
    since: datetime
    due_on: date
    household_id: UUID | None = None


def get_need(actor: Actor, need_id: UUID) -> Need:
    """Return the need, or raise NotFound if it is outside the actor's places and relations of today.

    Having written it is no relation: who has lost his role, or moved to another village, sees it no more.
    """
    clauses = [scope_clause(Need, actor)]
    if actor.kind is ActorKind.HOUSEHOLD and actor.household_id is not None:
        clauses.append(Need.household_id == actor.household_id)
    found = db.session.scalar(select(Need).where(Need.id == need_id, or_(*clauses)))
    if found is None:
        raise NotFound
    return found


def evidence_of(need_id: UUID) -> Sequence[NeedEvidence]:
    """Return the evidence of a need in the order it came."""
    query = select(NeedEvidence).where(NeedEvidence.need_id == need_id)
    return db.session.scalars(query.order_by(NeedEvidence.created_at, NeedEvidence.id)).all()


def own_needs(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[Need]:
    """Return the needs that the actor wrote down and may still see, newest first."""
    query = select(Need).where(Need.author_id == actor.account_id, scope_clause(Need, actor))
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(Need.created_at < at, and_(Need.created_at == at, Need.id < last)))
    rows = db.session.scalars(query.order_by(Need.created_at.desc(), Need.id.desc()).limit(limit + 1)).all()
    return make_page(rows, limit, lambda need: encode_cursor(need.created_at, need.id))


def needs_of_subject(subject: Subject, *, stages: Sequence[NeedStage] = ()) -> Sequence[Need]:
    """Return the needs of a household or village, newest first."""
    if subject.household_id is not None:
        return needs_of_household(subject.household_id, stages=stages)
    query = select(Need).where(Need.village_id == subject.village_id)
    return _newest(query, stages)


def needs_of_household(household_id: UUID, *, stages: Sequence[NeedStage] = ()) -> Sequence[Need]:
    """Return the needs of a household, newest first."""
    return _newest(select(Need).where(Need.household_id == household_id), stages)


def has_written_for(household_id: UUID, account_id: UUID) -> bool:
    """Return whether the account ever wrote a need of the household down."""
    query = select(Need.id).where(Need.household_id == household_id, Need.author_id == account_id)
    return db.session.scalar(query.limit(1)) is not None


def needs_of_village(region_code: str, *, stages: Sequence[NeedStage] = ()) -> Sequence[Need]:
    """Return the needs of a village and of its households, newest first."""
    return _newest(select(Need).where(Need.region_code == region_code), stages)


def _newest(query: Select[Any], stages: Sequence[NeedStage]) -> Sequence[Need]:
    if stages:
        query = query.where(Need.stage.in_(stages))
    return db.session.scalars(query.order_by(Need.created_at.desc(), Need.id).limit(200)).all()


def needs_to_verify(actor: Actor, *, limit: int = 100) -> list[NeedTask]:
    """Return what waits for the actor's verification, oldest first; never what he wrote down himself."""
    query = select(Need).where(
        Need.stage == NeedStage.SUBMITTED, Need.author_id != actor.account_id, scope_clause(Need, actor)
    )
    found = db.session.scalars(query.order_by(Need.submitted_at, Need.id).limit(limit))
    return [_task(need, need.submitted_at, "verify") for need in found if can(actor, NeedPermission.NEED_VERIFY, need)]


def needs_to_approve(actor: Actor, *, level: ApprovalLevel | None = None, limit: int = 100) -> list[NeedTask]:
    """Return what waits for the actor's decision, oldest first; never what he wrote or verified himself."""
    levels = [level] if level is not None else _levels(actor)
    query = select(Need).where(
        Need.stage == NeedStage.VERIFIED,
        Need.needs_level.in_(levels),
        Need.author_id != actor.account_id,
        Need.verified_by != actor.account_id,
        scope_clause(Need, actor),
    )
    found = db.session.scalars(query.order_by(Need.verified_at, Need.id).limit(limit))
    return [_task(need, need.verified_at, "approve") for need in found if can(actor, NeedPermission.NEED_APPROVE, need)]


def _levels(actor: Actor) -> list[ApprovalLevel]:
    held = ((ApprovalLevel.TOWNSHIP, "township_officer"), (ApprovalLevel.COUNTY, "county_officer"))
    return [level for level, role in held if actor.has_role(role)]


def _task(need: Need, since: datetime | None, step: str) -> NeedTask:
    begun = since or need.created_at
    day = local_day(begun)
    due_on = day + timedelta(days=ruleset_for(need.region_code, day).deadline(step))
    return NeedTask(need.id, need.title, need.category, need.level, need.region_code, begun, due_on, need.household_id)


def needs_to_renew(actor: Actor, *, limit: int = 100) -> list[NeedTask]:
    """Return published needs in their last 14 days that nobody has pledged whole, those that end first in front."""
    soon = now() + timedelta(days=RENEW_DAYS)
    query = (
        select(Need)
        .join(NeedBalance, NeedBalance.need_id == Need.id)
        .where(Need.stage == NeedStage.PUBLISHED, Need.expires_at <= soon, NeedBalance.held < NeedBalance.quantity)
        .where(Need.author_id != actor.account_id, scope_clause(Need, actor))
    )
    found = db.session.scalars(query.order_by(Need.expires_at, Need.id).limit(limit))
    return [
        NeedTask(
            need.id,
            need.title,
            need.category,
            need.level,
            need.region_code,
            need.created_at,
            _ends(need),
            need.household_id,
        )
        for need in found
        if can(actor, NeedPermission.NEED_RENEW, need)
    ]


def _ends(need: Need) -> date:
    return local_day(need.expires_at or now())


def drawn_revisits(actor: Actor, *, limit: int = 100) -> list[NeedTask]:
    """Return the drawn lines of village sheets that the township still has to visit."""
    query = select(Need).where(Need.revisit_drawn, Need.revisited_on.is_(None), scope_clause(Need, actor))
    found = db.session.scalars(query.order_by(Need.published_at, Need.id).limit(limit))
    return [_task(need, need.published_at, "verify") for need in found if can(actor, NeedPermission.NEED_REVISIT, need)]


def sheet_lines(actor: Actor, region_code: str) -> list[Need]:
    """Return the village's standard green lines under the price cap that wait for the township, at most one sheet."""
    setting = ruleset_for(region_code, local_day(now())).part("sheet")
    query = select(Need).where(
        Need.region_code == region_code,
        Need.stage == NeedStage.VERIFIED,
        Need.needs_level == ApprovalLevel.TOWNSHIP,
        Need.item_code.is_not(None),
        Need.author_id != actor.account_id,
        Need.verified_by != actor.account_id,
        scope_clause(Need, actor),
    )
    found = db.session.scalars(query.order_by(Need.verified_at, Need.id).limit(200))
    return [need for need in found if is_green(need)][: setting["lines"]]


def is_green(need: Need) -> bool:
    """Return whether a standard line passed every rule and costs no more than the cap of a sheet."""
    results = [RuleResult.from_json(value) for value in need.rule_results]
    if need.item_code is None or any(result.verdict is not Verdict.PASS for result in results):
        return False
    cap = ruleset_for(need.region_code, local_day(now())).part("sheet")["value_cap"]
    values = [result.facts.get("value") for result in results if result.code == "value"]
    return bool(values) and Decimal(str(values[0])) <= Decimal(cap)
