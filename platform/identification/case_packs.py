"""Policy packs of identification: which regime, which steps, which days. They are data; this module reads them."""

from datetime import date
from fractions import Fraction
from typing import Any

from core.i18n import LazyString, _l
from core.policy_packs import policy_value

REGISTER_2014 = "A_register_2014"
MONITORING_2021 = "B_monitoring_2021"
PACKS = (REGISTER_2014, MONITORING_2021)
pack_labels: dict[str, LazyString] = {
    REGISTER_2014: _l("Register of 2014"),
    MONITORING_2021: _l("Monitoring since 2021"),
}


def pack_of(code: str, region_code: str, on: date) -> dict[str, Any]:
    """Return the pack in force for a place on a day; KeyError for an unknown code."""
    if code not in PACKS:
        raise KeyError(code)
    return policy_value(code, region_code, on)


def fraction(written: str) -> Fraction:
    """Return a share as packs write it: "2/3" or "0.95"."""
    return Fraction(written)
