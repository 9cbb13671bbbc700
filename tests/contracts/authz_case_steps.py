"""What the matrix sends with the steps of cases: one for each kind of office, and the kind of monitoring."""

from tests.contracts.authz_case import Case, fixed, ids

STEP = "/desk/cases/<uuid:case_id>/steps/<string:step>"
KIND = "/desk/cases/<uuid:case_id>/kind"
OF_WHOM = {
    "of the village": ids(case_id="case_clue", step="take_up"),
    "signing": ids(case_id="case_listed", step="sign_list"),
    "of the township": ids(case_id="case_township", step="township_approve"),
    "of the county": ids(case_id="case_county", step="county_approve"),
    "an answer": ids(case_id="case_over", step="answer_over_quota"),
    "an appeal": ids(case_id="case_refused", step="appeal"),
    "a risk that is gone": ids(case_id="case_active", step="propose_clearing"),
    "in a wrong state": ids(case_id="case_refused", step="withdraw"),
    "unknown": ids(case_id="case_listed", step="vote_for"),
}
BODIES = {
    "an answer": fixed(answer="ask_above", words="Asked."),
    "an appeal": fixed(words="Nobody came in."),
    "a risk that is gone": fixed(
        income_steady="y", guarantees_stable="y", risks_gone="y", no_new_risk="y", can_work="yes"
    ),
    "in a wrong state": fixed(words="It moved away."),
}
CASE_STEPS: dict[tuple[str, str, str], Case] = {
    **{("GET", STEP, name): Case(found) for name, found in OF_WHOM.items()},
    **{("POST", STEP, name): Case(found, BODIES.get(name, fixed())) for name, found in OF_WHOM.items()},
    ("POST", KIND, ""): Case(make=fixed(monitored_kind="sudden_severe_difficulty", risk_1="illness")),
}
