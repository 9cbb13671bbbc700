"""What the matrix sends about printed and signed papers."""

from tests.contracts.authz_case import Case, fixed, ids

HOUSEHOLD = "/desk/households/<uuid:household_id>/papers"
VILLAGE = "/desk/villages/<string(length=12):code>"
VERSION = "/v/<any(household,village):kind>/<string:key>/<int:seq>/<string:stamp>"
BLANK = (
    "/desk/papers/blank/<any(register,monitoring):era>/"
    "<any(household_form,handbook,contact_card,village_form,receipt,minutes,notice,announcement):kind>.pdf"
)
SIGNED = fixed(number="1-0000-0000", signed_on="2026-11-24")

PAPERS: dict[tuple[str, str, str], Case] = {
    ("POST", f"{HOUSEHOLD}/print", ""): Case(make=fixed(paper="contact_card", purpose="copy", language="zh")),
    ("POST", HOUSEHOLD, "unknown number"): Case(make=SIGNED),
    ("POST", f"{HOUSEHOLD}/<uuid:paper_id>/show", ""): Case(make=fixed(purpose="inspection")),
    ("POST", f"{VILLAGE}/papers/print", ""): Case(make=fixed(year="2025", language="zh")),
    ("POST", f"{VILLAGE}/papers", "unknown number"): Case(make=SIGNED),
    ("POST", f"{VILLAGE}/papers/<uuid:paper_id>/show", "of a household"): Case(make=fixed(purpose="inspection")),
    ("POST", f"{VILLAGE}/handbooks", ""): Case(make=fixed(purpose="copy", language="zh")),
    ("POST", "/desk/cases/<uuid:case_id>/receipt", "unknown"): Case(ids(case_id="unknown")),
    ("POST", "/desk/meetings/<uuid:meeting_id>/minutes", "unknown"): Case(ids(meeting_id="unknown")),
    ("GET", BLANK, ""): Case(ids(kind="contact_card")),
    ("GET", VERSION, "altered stamp"): Case(ids(kind="household", key="household")),
}
