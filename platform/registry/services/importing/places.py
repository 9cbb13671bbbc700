"""Which village a row belongs to: by its code, or by its name with the township's where names repeat."""

from collections import defaultdict
from enum import StrEnum

from sqlalchemy import text

from core.db import db
from core.policy import Actor, ActorKind, roles_with
from core.spreadsheets.tables import Row
from regions.codes import code_range
from registry.choices import RowFault

_VILLAGES = text("""
SELECT v.code, v.name, coalesce(t.name, '') AS township FROM region v
LEFT JOIN region t ON t.code = v.parent_code AND t.valid_to IS NULL
WHERE v.level = 'village' AND v.valid_to IS NULL AND v.code >= :low AND v.code < :high
""")
_ONE = text("SELECT 1 FROM region WHERE code = :code AND level = 'village' AND valid_to IS NULL")


class Places:
    """The villages that an import may name. A whole country is only found by code."""

    def __init__(self, actor: Actor, place: str, permission: StrEnum, endings: tuple[str, ...]) -> None:
        self._endings = endings
        self._ranges = _ranges(actor, place, permission)
        self._single = place if len(place) == 12 and not place.endswith("000") else ""
        self._free = actor.kind is ActorKind.SYSTEM
        self._everywhere = self._free and not place
        self._codes: set[str] = set()
        self._found: dict[tuple[str, str], list[str]] = {}
        self._names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for low, high in self._ranges:
            for row in db.session.execute(_VILLAGES, {"low": low, "high": high}):
                self._codes.add(row.code)
                self._names[self._short(row.name)].append((row.code, self._short(row.township)))

    def find(self, row: Row) -> str:
        """Return the village's code; a row without one gets its fault and an empty code."""
        values = row.values
        code, name = values.get("village_code"), values.get("village")
        if code:
            return self._by_code(row, code)
        if name:
            return self._by_name(row, name, values.get("township") or "")
        if self._single in self._codes:
            return self._single
        row.refuse("village", self._foreign if self._single else RowFault.UNKNOWN_PLACE)
        return ""

    def _by_code(self, row: Row, code: str) -> str:
        if code in self._codes or (self._everywhere and self._is_village(code)):
            return code
        row.refuse("village_code", RowFault.OTHER_PLACE if self._single else self._foreign)
        return ""

    def _is_village(self, code: str) -> bool:
        if db.session.scalar(_ONE, {"code": code}) is not None:
            self._codes.add(code)
        return code in self._codes

    @property
    def _foreign(self) -> RowFault:
        return RowFault.UNKNOWN_PLACE if self._free else RowFault.NOT_YOURS

    def _by_name(self, row: Row, name: str, township: str) -> str:
        near = self._found.get((name, township))
        if near is None:
            near = self._found[name, township] = self._near(name, township)
        if len(near) == 1:
            return near[0]
        if self._single:
            row.refuse("village", RowFault.OTHER_PLACE)
        else:
            row.refuse("village", RowFault.PLACE_UNCLEAR if near else RowFault.UNKNOWN_PLACE)
        return ""

    def _near(self, name: str, township: str) -> list[str]:
        found = self._names.get(self._short(name), [])
        return [code for code, above in found if not township or above == self._short(township)]

    def _short(self, name: str) -> str:
        """Return a place's name without what offices add or leave out at its end."""
        for ending in self._endings:
            if name.endswith(ending) and len(name) > len(ending) + 1:
                return name[: -len(ending)]
        return name


def _ranges(actor: Actor, place: str, permission: StrEnum) -> list[tuple[str, str]]:
    """Return the code ranges that the import may reach: the place asked for, inside where the actor may import."""
    whole = [code_range(place)] if place else []
    if actor.kind is ActorKind.SYSTEM:
        return whole
    roles = roles_with(permission)
    own = [(grant.lo, grant.hi) for grant in actor.grants if grant.lo and grant.role in roles]
    if not whole:
        return own
    low, high = whole[0]
    return [(max(low, lo), min(high, hi)) for lo, hi in own if max(low, lo) < min(high, hi)]
