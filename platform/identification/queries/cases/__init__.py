"""Reads of cases. Other parts of identification ask these."""

from identification.queries.cases.listing import CaseRow, case_rows, cases_of, clue_rows, over_quota_rows
from identification.queries.cases.reading import (
    ReadyHousehold,
    case_by_receipt,
    cases_ready_for_notice,
    find_case,
    get_case,
    office_of,
    old_register_shown,
    previously_registered,
    ready_stage,
)
from identification.queries.cases.waiting import late_cases, waiting_cases

__all__ = [
    "CaseRow",
    "ReadyHousehold",
    "case_by_receipt",
    "case_rows",
    "cases_of",
    "cases_ready_for_notice",
    "clue_rows",
    "find_case",
    "get_case",
    "late_cases",
    "office_of",
    "old_register_shown",
    "over_quota_rows",
    "previously_registered",
    "ready_stage",
    "waiting_cases",
]
