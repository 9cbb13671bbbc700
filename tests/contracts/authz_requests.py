"""From a line of the table to its request: the body, and the values of the address."""

from typing import Any
from uuid import uuid4

from tests.contracts.authz_case_steps import CASE_STEPS
from tests.contracts.authz_cases import CASES, Case
from tests.contracts.authz_casework import CASEWORK
from tests.contracts.authz_meetings import MEETINGS
from tests.contracts.authz_more_cases import MORE
from tests.contracts.authz_notices import NOTICES
from tests.contracts.authz_paper_cases import PAPERS
from tests.contracts.authz_quotas import QUOTAS
from tests.contracts.authz_register_cases import REGISTERS
from tests.contracts.authz_rounds import ROUNDS
from tests.contracts.authz_sheet_cases import SHEETS
from tests.factories.world import VILLAGE, World

# What parameters stand for where a case says nothing else.
USUAL = {
    "need_id": "need",
    "donor_id": "donor_inside",
    "account_id": "clerk",
    "evidence_id": "paper",
    "grant_id": "grant_standing",
    "reset_id": "reset_asked",
    "sign_in_id": "unknown",
    "token_id": "unknown",
    "household_id": "household",
    "pairing_id": "pairing_household",
    "link_id": "link",
    "pledge_id": "pledge",
    "delivery_id": "delivery",
    "invitation_id": "invitation",
    "issue_id": "issue",
    "run_id": "quota_run",
    "transfer_id": "transfer",
    "card_id": "card",
    "replacement_id": "replacement",
    "member_id": "member",
    "finding_id": "finding",
    "order_id": "order",
    "code_id": "code",
    "paper_id": "signed_paper",
    "batch_id": "batch",
    "import_id": "import",
    "file_id": "unknown",
    "report_id": "unknown",
    "confirmation_id": "unknown",
    "notice_id": "notice",
    "entry_id": "notice_entry",
    "objection_id": "objection",
    "round_id": "round",
    "case_id": "case",
    "meeting_id": "meeting",
    "flag_id": "flag",
}
WORDS = {
    "name": "img/mark.svg",
    "kind": "need",
    "audience": "public",
    "token": "not-a-token",
    "code": VILLAGE,
    "step": "accept",
    "era": "register",
    "seq": "1",
    "stamp": "00000000",
    "year": "2025",
}


ALL: dict[tuple[str, str, str], Case] = {
    **(CASES | MORE | PAPERS | REGISTERS | QUOTAS | SHEETS),
    **(NOTICES | ROUNDS | MEETINGS | CASEWORK | CASE_STEPS),
}


def case_of(method: str, route: str, name: str) -> Case:
    """Return what to send; a case that says nothing sends an empty body."""
    return ALL.get((method, route, name), Case())


def parameters(case: Case, names: set[str], world: World) -> dict[str, Any]:
    """Return the values of the address."""
    return {name: _parameter(name, case.ids, world) for name in names}


def _parameter(name: str, given: dict[str, str], world: World) -> Any:
    if name == "key":
        return str(world.ids[given.get("key", "need")])
    if name in WORDS:
        return given.get(name, WORDS[name])
    return world.ids.get(given.get(name) or USUAL[name]) or uuid4()
