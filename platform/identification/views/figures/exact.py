"""A village's figures for officers in scope: exact, with every share as a fraction of what."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from core.clock import today
from core.i18n import _, label
from core.policy_packs import policy_value
from identification.case_choices import RejectReason
from identification.case_packs import pack_of
from identification.figures.arithmetic import (
    Counts,
    alarms,
    applications_per_hundred,
    coverage,
    dropped_share,
    limits_of,
    new_entry_share,
)
from identification.round_choices import OldRegister
from identification.views.figures.words import BESIDE_OLD
from identification.views.quotas.numbers import share, short


def alarms_of(region_code: str, pack: str, counts: Counts) -> list[str]:
    """Return what somebody should look into, in words."""
    day = today()
    limits = limits_of(policy_value("village_figures", region_code, day), pack_of(pack, region_code, day))
    return [label(alarm) for alarm in alarms(counts, limits)]


def cells_of(counts: Counts) -> dict[str, str]:
    """Return the figures of a village, each in words."""
    applied = applications_per_hundred(counts)
    return {
        "households": f"{counts.households:,}",
        "reached": _percent(coverage(counts)),
        "applications": short(applied, 1) if applied is not None else "–",
        "admitted": f"{counts.admitted:,}",
        "new": _old(counts, new_entry_share(counts)),
        "dropped": _old(counts, dropped_share(counts)),
        "objections": f"{counts.objections:,}",
        "upheld": f"{counts.upheld:,}",
        "over_quota": f"{counts.over_quota:,}",
        "longest_wait": f"{counts.longest_wait:,}" if counts.over_quota else "–",
    }


def _percent(value: Fraction | None) -> str:
    return share(value, 1) if value is not None else "–"


def _old(counts: Counts, value: Fraction | None) -> str:
    if counts.old_register is not OldRegister.SHOWN:
        return label(counts.old_register)
    return _percent(value)


def facts_of(counts: Counts, columns: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the figures as facts of a page."""
    cells = cells_of(counts)
    shown = {key: words for key, words in columns.items() if counts.compares or key not in BESIDE_OLD}
    return [{"name": str(words), "value": cells[key]} for key, words in shown.items()]


def reasons_of(counts: Counts) -> list[tuple[str, int]]:
    """Return why households were not admitted; reasons of nobody are left out."""
    found = ((label(reason), counts.rejected.get(reason.value, 0)) for reason in RejectReason)
    return [(words, count) for words, count in found if count]


def said_old(counts: Counts) -> str:
    """Return the two groups behind the shares beside the old register, or nothing while nobody may know them."""
    if counts.old_register is not OldRegister.SHOWN:
        return ""
    return _(
        "%(new)s of %(admitted)s admitted are new; %(dropped)s of %(old)s of the old register were not admitted again.",
        new=counts.new,
        admitted=counts.admitted,
        dropped=counts.dropped,
        old=counts.old,
    )
