"""What was asked of the list of needs, as a value: read once, carried by every link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from needs.choices import Category, NeedLevel, Progress
from needs.queries import Sort
from pages.queries.counts import WAITING
from regions.codes import is_prefix


class Tab(StrEnum):
    """The list by how far needs are."""

    WAITING = "waiting"
    PROMISED = "fully_held"
    ARRIVED = "delivered"
    CONFIRMED = "fulfilled"

    @property
    def statuses(self) -> tuple[str, ...]:
        return WAITING if self is Tab.WAITING else (self.value,)


@dataclass(frozen=True)
class Asked:
    """The filters of the list; anything that is not known is left out."""

    region: str = ""
    categories: tuple[str, ...] = ()
    level: str = ""
    tab: Tab = Tab.WAITING
    q: str = ""
    sort: Sort = Sort.LEAST_HELPED

    @property
    def count(self) -> int:
        """How many filters are set, besides place and tab."""
        return len(self.categories) + bool(self.level)

    def but(self, **changes: object) -> "Asked":
        return replace(self, **changes)  # type: ignore[arg-type]  # names and values of this class's fields

    def pairs(self) -> list[tuple[str, str]]:
        """Return the query of an address, without what is usual."""
        found = [("region", self.region), *(("category", category) for category in self.categories)]
        found += [("level", self.level), ("q", self.q)]
        if self.tab is not Tab.WAITING:
            found.append(("status", self.tab.value))
        if self.sort is not Sort.LEAST_HELPED:
            found.append(("sort", self.sort.value))
        return [(name, value) for name, value in found if value]


def read_asked(*, region: str, categories: Sequence[str], level: str, status: str, q: str, sort: str) -> Asked:
    """Return the filters of an address."""
    known = {category.value for category in Category}
    return Asked(
        region=region if is_prefix(region) else "",
        categories=tuple(dict.fromkeys(name for name in categories if name in known)),
        level=level if level in set(NeedLevel) else "",
        tab=_tab(status),
        q=" ".join(q.split())[:60],
        sort=Sort.NEWEST if sort == Sort.NEWEST.value else Sort.LEAST_HELPED,
    )


def _tab(status: str) -> Tab:
    if status in (Progress.OPEN.value, Progress.PARTLY_HELD.value):
        return Tab.WAITING
    return next((tab for tab in Tab if tab.value == status), Tab.WAITING)
