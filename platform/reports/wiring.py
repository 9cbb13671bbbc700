"""Registers what reports do when a household is erased."""

from registry.events import household_erased
from reports.services.batches import remove_handbooks_with


def wire() -> None:
    """Install the listener."""
    household_erased.connect(remove_handbooks_with)
