"""What is done with villages, households and cards."""

from registry.services.cards import CardSecrets, card_secrets, check_card, give_card, replace_card
from registry.services.households import (
    Revealed,
    RevealPurpose,
    ensure_village,
    open_village,
    register_household,
    reveal_household,
)

__all__ = [
    "CardSecrets",
    "RevealPurpose",
    "Revealed",
    "card_secrets",
    "check_card",
    "ensure_village",
    "give_card",
    "open_village",
    "register_household",
    "replace_card",
    "reveal_household",
]
