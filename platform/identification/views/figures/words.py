"""Figures of villages in words: the same columns for the table, the file and one village's page."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import LazyString, _, _l, label
from identification.case_choices import RejectReason
from identification.case_packs import REGISTER_2014, pack_labels
from identification.figures.published import Shown
from identification.queries.figures.published import Period
from identification.round_choices import OldRegister

COLUMNS: dict[str, LazyString] = {
    "households": _l("Households"),
    "reached": _l("Reached"),
    "applications": _l("Applications for 100 households"),
    "admitted": _l("Admitted"),
    "new": _l("New among the admitted"),
    "dropped": _l("Old register not admitted again"),
    "objections": _l("Objections"),
    "upheld": _l("Objections upheld"),
    "over_quota": _l("Beyond the number"),
    "longest_wait": _l("Longest wait, days"),
}
MEANINGS: dict[str, LazyString] = {
    "households": _l("Every household of the village on file when the figures were counted."),
    "reached": _l("Visited, applied, declined in writing, or reached by phone while away."),
    "applications": _l("Applications handed in, and what households told by themselves, for 100 households."),
    "admitted": _l("Households that the county admitted."),
    "new": _l("Share of the admitted that did not stand on the old register. Counted after the last vote."),
    "dropped": _l("Share of the old register that was not admitted again. Counted after the last vote."),
    "objections": _l("By anybody, with a name or without; upheld counts those found wholly or partly right."),
    "over_quota": _l(
        "Meet the standard, but the number is used up. The county must answer within the days of the rules."
    ),
}


BESIDE_OLD = ("new", "dropped")


def few() -> str:
    return _("fewer than 5")


def number_or_few(count: int | None) -> str:
    """Return a rounded count as it is said, or that it is too small."""
    return few() if count is None else _("about %(count)s", count=f"{count:,}")


def cells_of(shown: Shown) -> dict[str, str]:
    """Return a village's public row, each figure in words."""
    return {
        "households": f"{shown.households:,}" if shown.households is not None else few(),
        "reached": reached_words(shown),
        "applications": per_hundred(shown),
        "admitted": number_or_few(shown.admitted),
        "new": _old(shown, shown.old.new_share),
        "dropped": _old(shown, shown.old.dropped_share),
        "objections": number_or_few(shown.objections),
        "upheld": number_or_few(shown.upheld),
        "over_quota": number_or_few(shown.over_quota),
        "longest_wait": str(shown.longest_wait) if shown.longest_wait is not None else "–",
    }


def reached_words(shown: Shown) -> str:
    """Return how many were reached: nearly all where fewer than five are missing."""
    if not shown.has_round or shown.households is None:
        return "–"
    if shown.unreached is None:
        return _("all but fewer than 5")
    return _("about %(share)s%%", share=reached_share(shown))


def reached_share(shown: Shown) -> int:
    """Return the share reached in whole per cent, from the rounded count."""
    households, unreached = shown.households or 1, min(shown.unreached or 0, shown.households or 0)
    return 100 * (households - unreached) // households


def per_hundred(shown: Shown) -> str:
    """Return the applications for 100 households, from the rounded count."""
    if shown.households is None or shown.applications is None:
        return few()
    return f"{applications_share(shown)}"


def applications_share(shown: Shown) -> int:
    return (200 * (shown.applications or 0) + (shown.households or 1)) // (2 * (shown.households or 1))


def _old(shown: Shown, share: int | None) -> str:
    return f"{share}%" if share is not None else _why_not(shown.old.state)


def _why_not(state: OldRegister) -> str:
    return label(state) if state is not OldRegister.SHOWN else "–"


FILE_COLUMNS: tuple[LazyString, ...] = (
    _l("Households"),
    _l("Not reached, rounded"),
    _l("Applications, rounded"),
    _l("Admitted, rounded"),
    _l("New among the admitted, per cent"),
    _l("Old register not admitted again, per cent"),
    _l("Beside the old register"),
    _l("Objections, rounded"),
    _l("Objections upheld, rounded"),
    _l("Beyond the number, rounded"),
    _l("Longest wait, days"),
)


def plain_cells(shown: Shown) -> list[str]:
    """Return a village's public row for the file, in the order of its columns."""
    return [
        plain_count(shown.households),
        plain_count(shown.unreached) if shown.has_round else "",
        plain_count(shown.applications),
        plain_count(shown.admitted),
        "" if shown.old.new_share is None else str(shown.old.new_share),
        "" if shown.old.dropped_share is None else str(shown.old.dropped_share),
        label(shown.old.state),
        plain_count(shown.objections),
        plain_count(shown.upheld),
        plain_count(shown.over_quota),
        "" if shown.longest_wait is None else str(shown.longest_wait),
    ]


def plain_count(count: int | None) -> str:
    """Return a rounded count for the file."""
    return "<5" if count is None else str(count)


def reasons_of(rejected: Mapping[str, int | None]) -> list[tuple[str, str]]:
    """Return why households were not admitted, in the order of the closed set."""
    return [(label(reason), number_or_few(rejected.get(reason.value))) for reason in RejectReason]


def title_of_period(period: Period) -> str:
    """Return rules and year: the register says its year itself."""
    pack, year = period
    words = str(pack_labels[pack])
    return words if pack == REGISTER_2014 and year == 2014 else _("%(rules)s, %(year)s", rules=words, year=str(year))


def tag_of(period: Period) -> str:
    """Return a period as it stands in an address."""
    return f"{period[0]}.{period[1]}"


def chosen_period(text: str, periods: Iterable[Period]) -> Period | None:
    """Return the period of an address if it is one of the known ones, else the newest; None without any."""
    known = list(periods)
    return next((period for period in known if tag_of(period) == text), known[0] if known else None)


def definitions() -> list[dict[str, Any]]:
    """Return what each figure means, for the foot of the page."""
    return [{"name": str(COLUMNS[key]), "value": str(words)} for key, words in MEANINGS.items()]
