"""What is done with villages, households and cards."""

from registry.services.cards import CardSecrets, card_secrets, check_card, give_card
from registry.services.dating import Writing
from registry.services.describing import save_living_conditions, save_profile
from registry.services.erasing import agree_erasure, ask_erasure, decline_erasure, withdraw_erasure
from registry.services.findings import (
    accept_finding,
    check_household,
    check_households,
    check_village,
    check_village_sheets,
    villages_with_households,
)
from registry.services.households import (
    Revealed,
    RevealPurpose,
    ensure_village,
    open_village,
    register_household,
    reveal_household,
)
from registry.services.income_sheets import amounts_of, persons_sharing, save_income
from registry.services.member_events import change_head, record_member_event
from registry.services.members import add_member, change_member
from registry.services.replacing import (
    agree_replacement,
    ask_replacement,
    decline_replacement,
    give_replacement,
    withdraw_replacement,
)
from registry.services.splitting import end_household, merge_households, split_household
from registry.services.village_register import (
    save_stationed_team,
    save_village_plan,
    save_village_profile,
    save_village_result,
)

__all__ = [
    "CardSecrets",
    "RevealPurpose",
    "Revealed",
    "Writing",
    "accept_finding",
    "add_member",
    "agree_erasure",
    "agree_replacement",
    "amounts_of",
    "ask_erasure",
    "ask_replacement",
    "card_secrets",
    "change_head",
    "change_member",
    "check_card",
    "check_household",
    "check_households",
    "check_village",
    "check_village_sheets",
    "decline_erasure",
    "decline_replacement",
    "end_household",
    "ensure_village",
    "give_card",
    "give_replacement",
    "merge_households",
    "open_village",
    "persons_sharing",
    "record_member_event",
    "register_household",
    "reveal_household",
    "save_income",
    "save_living_conditions",
    "save_profile",
    "save_stationed_team",
    "save_village_plan",
    "save_village_profile",
    "save_village_result",
    "split_household",
    "villages_with_households",
    "withdraw_erasure",
    "withdraw_replacement",
]
