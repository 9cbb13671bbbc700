"""Registers the role table and the relations that accounts answer."""

from accounts.services.relations import install_roles


def wire() -> None:
    """Install the role table and the relations."""
    install_roles()
