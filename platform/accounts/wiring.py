"""Registers the role table and the relations that accounts answer."""

from accounts.models import Role
from accounts.services.relations import install_roles
from core.scope import limit_role


def wire() -> None:
    """Install the role table and the relations; administrators look after accounts and see no data.

    Whoever splits the numbers of a province sees those, and no household.
    """
    install_roles()
    for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN):
        limit_role(role, "role_grant")
    limit_role(Role.PROVINCE_OFFICER, "quota_run", "quota_transfer", "quota_settlement")
