"""The matrix must notice every change of the role table: each rule turned off, each permission given to one role more.

First each line of the table is asked by a few callers, noting which permissions the application looks up for it. Then,
for each mutant, the cells of those lines that could show it are asked again, until one is answered against the table.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from accounts.models import Role
from accounts.roles import ROLE_TABLE
from core import policy
from core.policy import ANYWHERE, Rule, install_rules
from tests.contracts.authz_stage import Stage
from tests.contracts.authz_table import OK, PLACES, ROWS, Row, Who, is_as_expected, named
from tests.factories.world import INSIDE, ROLES

Pair = tuple[str, str]
ASKERS = ("village_officer", "county_officer", "pairing_cadre", "helping_unit", "donor_admin")
FORBIDDEN = "403"

# Rules whose loss no request of the table can show, each with the reason.
UNSEEN = {
    ("pledge:read", "helping_unit", "own_pledge"): "a unit is paired with whom it pledges for, until its link ends",
    ("case:township", "county_officer", "region"): "a notice taken back moves its cases as the platform",
}
# Permissions that a further role could hold without any request showing it: which roles, and what stops them then.
ADMINS = "security_admin system_admin province_officer"
LINKS = ("complete", "confirm", "confirm_once", "record_consent", "reject", "resume", "suspend", "terminate")
OTHERS = f"watchers donors pairing_cadre helping_unit {ADMINS}"
HARMLESS: dict[str, tuple[str, str]] = {
    "case:open": (OTHERS, "the pack names who opens a case, too"),
    "case:township": (f"village_level phone_operator {OTHERS}", "the pack names who decides for the township, too"),
    "delivery:inquire": ("*", "closing an issue asks for issue:close first"),
    "donor:search": ("*", "the page of a new invitation asks for invitation:send first"),
    "invitation:withdraw": (f"phone_operator helping_unit {ADMINS}", "the door asks for invitation:read first"),
    "link:comment": (f"seers {ADMINS}", "the guard hears the first helper only; the door asks for pairing:read"),
    "pledge:agree": (f"stationed_team phone_operator watchers donors {ADMINS}", "the guard names who decides, too"),
    "pledge:release": (f"county_officer phone_operator watchers donors {ADMINS}", "the guard names who may, too"),
    "pledge:withdraw": (ADMINS, "the door asks for pledge:read first"),
    "link:withdraw_consent": (ADMINS, "the door asks for pairing:read first"),
    **{f"link:{step}": (ADMINS, "the door asks for pairing:read first") for step in LINKS},
}


class Watched(dict[Pair, tuple[Rule, ...]]):
    """The installed rules, which remember what was looked up."""

    seen: set[str]

    def get(self, key: Pair, default: tuple[Rule, ...] = ()) -> tuple[Rule, ...]:  # type: ignore[override]  # one use
        self.seen.add(str(key[0]))
        return super().get(key, default)


@dataclass
class Matrix:
    """The lines of the table by the permissions that they look up."""

    stage: Stage
    rows: dict[str, list[Row]]
    asked: int = 0

    def notices(self, rules: Iterable[Rule], cells: Iterable[tuple[Row, Who]]) -> bool:
        """Install other rules; return whether one of the cells is answered against the table."""
        install_rules(rules)
        try:
            return any(self._differs(row, who) for row, who in cells)
        finally:
            install_rules(ROLE_TABLE)

    def _differs(self, row: Row, who: Who) -> bool:
        self.asked += 1
        answer = self.stage.ask(row, who)
        answer.close()
        return not is_as_expected(answer.status_code, row.expected[who])


def can_show(row: Row) -> bool:
    """Whether a role decides about the row, or anybody may write by it, which a rule of its own must allow."""
    return row.is_for_some or (row.method == "POST" and row.expected["anonymous", INSIDE] == OK)


@pytest.fixture(scope="module")
def matrix(stage: Stage) -> Iterator[Matrix]:
    watched = policy._registry.rules = Watched(policy._registry.rules)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in filter(can_show, ROWS):
        watched.seen = set()
        let_in = [who for who, wanted in row.expected.items() if wanted == OK][:1]
        for who in dict.fromkeys([*let_in, *((role, INSIDE) for role in ASKERS)]):
            stage.ask(row, who).close()
        for permission in watched.seen:
            found[permission].append(row)
    yield Matrix(stage, found)
    install_rules(ROLE_TABLE)


def cells_of(matrix: Matrix, permission: str, role: str) -> list[tuple[Row, Who]]:
    places = [INSIDE] if role == Role.ANONYMOUS else PLACES
    return [(row, (role, place)) for place in places for row in matrix.rows[permission]]


def test_a_rule_turned_off_is_noticed(matrix: Matrix) -> None:
    """The household's own rules are no concern of accounts; tests/pledges asks them by card and slip."""
    survivors = []
    rules = [rule for rule in ROLE_TABLE if rule.role != Role.HOUSEHOLD]
    for rule in rules:
        cells = [(row, who) for row, who in cells_of(matrix, rule.permission, rule.role)]
        allowed = [(row, who) for row, who in cells if row.expected[who] != FORBIDDEN]
        if not matrix.notices([other for other in ROLE_TABLE if other != rule], allowed):
            survivors.append((str(rule.permission), str(rule.role), rule.reach))
    assert len(rules) > 200
    assert set(survivors) - set(UNSEEN) == set(), "add a case to authz_expected.csv, or take the rule out"
    assert set(UNSEEN) - set(survivors) == set(), "these are noticed now"


def test_a_permission_given_to_one_role_more_is_noticed(matrix: Matrix) -> None:
    """A role that is stopped by its places before any permission is looked up has no cell to ask."""
    held = {(rule.permission, rule.role) for rule in ROLE_TABLE}
    survivors, tried, stopped = [], 0, 0
    for permission in sorted({rule.permission for rule in ROLE_TABLE}):
        for role in (role for role in ROLES if (permission, role) not in held):
            cells = [(row, who) for row, who in cells_of(matrix, permission, role) if row.expected[who] == FORBIDDEN]
            tried, stopped = tried + bool(cells), stopped + (not cells)
            if cells and not matrix.notices([*ROLE_TABLE, Rule(permission, role, ANYWHERE)], cells):
                survivors.append((str(permission), str(role)))
    assert (tried > 400, stopped < tried) == (True, True)
    assert sorted(set(survivors) - set(harmless())) == [], "let the guard or the door stop them, and add a case"
    assert {permission for permission, _role in survivors} == set(HARMLESS), "the others are noticed now"


def harmless() -> Iterator[Pair]:
    """Yield the pairs of HARMLESS."""
    for permission, (roles, _reason) in HARMLESS.items():
        yield from ((permission, role) for role, _place in named(roles))
