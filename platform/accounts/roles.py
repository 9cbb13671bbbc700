"""The role table: who has which permission, and how far it reaches.

Strings, since accounts knows no package above it; a test compares them with every permission enum, both ways.
Reaches: "region" is the grant's code range, "anywhere" needs none, anything else is a registered relation.
"""

from accounts.models import Role
from accounts.role_rows import ROWS
from core.policy import Rule

ROLE_TABLE: tuple[Rule, ...] = tuple(
    Rule(permission, role, reach) for permission, holders in sorted(ROWS.items()) for role, reach in holders
)


def role_table_rows() -> list[tuple[str, list[tuple[str, list[tuple[Role, str]]]]]]:
    """Return the table as it is printed: resource → permission → roles with their reach."""
    groups: dict[str, list[tuple[str, list[tuple[Role, str]]]]] = {}
    for permission, holders in sorted(ROWS.items()):
        resource = permission.partition(":")[0]
        groups.setdefault(resource, []).append((permission, [(Role(role), reach) for role, reach in holders]))
    return sorted(groups.items())
