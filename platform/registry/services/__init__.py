"""What is done with villages, households and cards."""

from registry.services.cards import CardSecrets, card_secrets, check_card, give_card
from registry.services.erasing import agree_erasure, ask_erasure, decline_erasure, withdraw_erasure
from registry.services.households import (
    Revealed,
    RevealPurpose,
    ensure_village,
    open_village,
    register_household,
    reveal_household,
)
from registry.services.replacing import (
    agree_replacement,
    ask_replacement,
    decline_replacement,
    give_replacement,
    withdraw_replacement,
)

__all__ = [
    "CardSecrets",
    "RevealPurpose",
    "Revealed",
    "agree_erasure",
    "agree_replacement",
    "ask_erasure",
    "ask_replacement",
    "card_secrets",
    "check_card",
    "decline_erasure",
    "decline_replacement",
    "ensure_village",
    "give_card",
    "give_replacement",
    "open_village",
    "register_household",
    "reveal_household",
    "withdraw_erasure",
    "withdraw_replacement",
]
