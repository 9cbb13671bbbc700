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
from identification.queries.cases.signing import (
    ListedHousehold,
    WaitingList,
    listed_households,
    owes_signature,
    signs_lists,
    waiting_lists,
)
from identification.queries.cases.waiting import late_cases, waiting_cases

__all__ = [
    "CaseRow",
    "ListedHousehold",
    "ReadyHousehold",
    "WaitingList",
    "case_by_receipt",
    "case_rows",
    "cases_of",
    "cases_ready_for_notice",
    "clue_rows",
    "find_case",
    "get_case",
    "late_cases",
    "listed_households",
    "office_of",
    "old_register_shown",
    "over_quota_rows",
    "owes_signature",
    "previously_registered",
    "ready_stage",
    "signs_lists",
    "waiting_cases",
    "waiting_lists",
]
