"""Region scope: whose rows somebody sees. `within_scope` is the only filter."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, true
from sqlalchemy.orm import Mapped, mapped_column

from core.policy import Actor, ActorKind
from core.privacy import public

Reach = Callable[[Actor], ColumnElement[bool]]
_reaches: dict[str, dict[str, Reach]] = {}
_limits: dict[str, frozenset[str]] = {}


class RegionScoped:
    """A row that belongs to a place: its 12-digit code and, to grow by, its county's six digits."""

    region_code: Mapped[str] = mapped_column(info=public())
    county_code: Mapped[str] = mapped_column(info=public(recorded=False))


def register_reach(table: str, role: str, reach: Reach) -> None:
    """Let an upper package say which rows of a table a role sees by relation instead of by range."""
    _reaches.setdefault(table, {})[role] = reach


def limit_role(role: str, *tables: str) -> None:
    """Say that a role's code range opens these tables only: administrators see no data."""
    _limits[role] = frozenset(tables)


def within_scope(query: Select[Any], model: Any, actor: Actor) -> Select[Any]:
    """Keep the rows that the actor's code ranges or relations reach."""
    return query.where(scope_clause(model, actor))


def scope_clause(model: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition itself, for statements that are no plain select."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    table, column = model.__tablename__, model.region_code
    ranges = [(grant.lo, grant.hi) for grant in actor.grants if grant.lo and table in _limits.get(grant.role, {table})]
    clauses: list[ColumnElement[bool]] = [and_(column >= lo, column < hi) for lo, hi in ranges]
    by_role = _reaches.get(table, {})
    clauses += [by_role[grant.role](actor) for grant in actor.grants if grant.role in by_role]
    return or_(*clauses) if clauses else false()
