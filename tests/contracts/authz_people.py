"""What the matrix sends about accounts and donors."""

from donors.models import DonorKind
from donors.specimens import make_uscc
from tests.contracts.authz_case import Case, fixed, ids, step
from tests.factories.places import VILLAGE

DONOR = {
    "kind": "foundation",
    "name": "A new foundation",
    "uscc": make_uscc(DonorKind.FOUNDATION, 4711),
    "contact_name": "Somebody",
    "contact_phone": "13800001111",
    "region": "451028",
}
CONTACT = {"contact_name": "Somebody", "contact_phone": "13800002222", "named_publicly": "y"}
ACCOUNT = {"username": "newcomer", "display_name": "New", "role": "village_officer", "region_code": VILLAGE}

DONOR_STEPS = "/api/v1/donors/<uuid:donor_id>/transitions"
DESK_DONOR = "/desk/donors/<uuid:donor_id>"
GRANTS = "/accounts/<uuid:account_id>/grants"
REASON = "Because the papers say so."

PEOPLE: dict[tuple[str, str, str], Case] = {
    ("POST", "/account/email", "wrong password"): Case(make=fixed(email="new@example.org", password="not it")),
    ("POST", "/account/language", ""): Case(make=fixed(language="zh")),
    ("POST", "/account/password", "wrong old one"): Case(
        make=fixed(old="not it", new="long green hills", again="long green hills")
    ),
    ("POST", "/account/second-factor", "not begun"): Case(make=fixed(code="000000")),
    ("POST", "/account/second-factor/remove", "wrong password"): Case(make=fixed(password="not it")),
    ("POST", "/accounts/new", "village officer"): Case(make=fixed(**ACCOUNT)),
    ("GET", "/accounts/<uuid:account_id>", "colleague"): Case(ids(account_id="colleague")),
    ("POST", GRANTS, "team of the village"): Case(make=fixed(role="stationed_team", region_code=VILLAGE)),
    ("POST", GRANTS, "upward"): Case(make=fixed(role="county_officer", region_code="451028")),
    ("POST", "/accounts/<uuid:account_id>/state", ""): Case(make=fixed(reason=REASON)),
    ("POST", "/accounts/<uuid:account_id>/password", "a member's"): Case(ids(account_id="colleague")),
    ("POST", "/accounts/<uuid:account_id>/resets", ""): Case(
        ids(account_id="villager"), fixed(kind="password", reason=REASON)
    ),
    ("POST", "/accounts/resets/<uuid:reset_id>/agree", ""): Case(make=fixed(way="paper")),
    ("POST", "/accounts/grants/<uuid:grant_id>/approve", ""): Case(ids(grant_id="grant_proposed")),
    ("POST", "/accounts/grants/<uuid:grant_id>/revoke", ""): Case(make=fixed(reason=REASON)),
    ("POST", "/api/v1/donors", ""): Case(make=fixed(**DONOR)),
    ("GET", "/api/v1/donors/<uuid:donor_id>", "a person"): Case(ids(donor_id="donor_person")),
    ("GET", "/donors/<uuid:donor_id>", "a person"): Case(ids(donor_id="donor_person")),
    ("POST", "/api/v1/donors/<uuid:donor_id>/evidence", ""): Case(
        make=fixed(kind="registration_certificate", content="aGVsbG8=")
    ),
    ("POST", "/api/v1/donors/<uuid:donor_id>/phone-proofs", "wrong code"): Case(make=fixed(code="000000")),
    ("POST", DONOR_STEPS, "verify"): Case(
        ids(donor_id="donor_waiting"), step("verify", level=2, evidence_seen=["registration_certificate"])
    ),
    ("POST", DONOR_STEPS, "reject"): Case(ids(donor_id="donor_waiting"), step("reject", reason=REASON)),
    ("POST", DONOR_STEPS, "expire"): Case(make=step("expire", reason=REASON)),
    ("POST", DONOR_STEPS, "blacklist"): Case(make=step("blacklist", reason=REASON)),
    ("POST", DONOR_STEPS, "submit"): Case(make=step("submit")),
    ("POST", DONOR_STEPS, "appeal"): Case(make=step("appeal", reason=REASON)),
    ("POST", "/desk/donor/appeal", ""): Case(make=fixed(reason=REASON)),
    ("POST", "/desk/donor/contact", ""): Case(make=fixed(**CONTACT)),
    ("POST", "/desk/donor/evidence", "no file"): Case(make=fixed(kind="registration_certificate")),
    ("POST", "/desk/donor/phone-proofs", "wrong code"): Case(make=fixed(code="000000")),
    ("GET", DESK_DONOR, ""): Case(ids(donor_id="donor_waiting")),
    ("POST", f"{DESK_DONOR}/verify", ""): Case(
        ids(donor_id="donor_waiting"), fixed(level="2", evidence_seen="registration_certificate")
    ),
    ("POST", f"{DESK_DONOR}/reject", ""): Case(ids(donor_id="donor_waiting"), fixed(reason=REASON)),
    ("POST", f"{DESK_DONOR}/expire", ""): Case(make=fixed(reason=REASON)),
    ("POST", f"{DESK_DONOR}/blacklist", ""): Case(make=fixed(reason=REASON)),
    ("POST", f"{DESK_DONOR}/appeal", "no appeal is open"): Case(make=fixed(decision="accept", reason=REASON)),
}
