"""What is done with surveys, consents and needs."""

from needs.services.disputes import check_drawn, record_revisit, set_disputed
from needs.services.drafting import NeedText, change_draft, create_need, submit_need, text_of
from needs.services.evidence import Evidence
from needs.services.figures import freeze_village_shares, rebuild_counters, roll_up_counters
from needs.services.gate import approve_need, check_need, reject_need, return_need, verify_need
from needs.services.lifecycle import expire_needs, renew_need, withdraw_need, withdraw_publication_consent
from needs.services.sheets import approve_sheet
from needs.services.sums import add_confirmed, add_delivered, hold, release_hold, take_back_delivered
from needs.services.surveys import ConsentGiven, record_survey

__all__ = [
    "ConsentGiven",
    "Evidence",
    "NeedText",
    "add_confirmed",
    "add_delivered",
    "approve_need",
    "approve_sheet",
    "change_draft",
    "check_drawn",
    "check_need",
    "create_need",
    "expire_needs",
    "freeze_village_shares",
    "hold",
    "rebuild_counters",
    "record_revisit",
    "record_survey",
    "reject_need",
    "release_hold",
    "renew_need",
    "return_need",
    "roll_up_counters",
    "set_disputed",
    "submit_need",
    "take_back_delivered",
    "text_of",
    "verify_need",
    "withdraw_need",
    "withdraw_publication_consent",
]
