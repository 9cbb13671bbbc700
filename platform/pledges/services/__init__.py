"""What is done with pledges, deliveries, slips and answers."""

from pledges.services.answering import Answer, answer
from pledges.services.arriving import arrive_delivery
from pledges.services.codes import IssuedCode, Slip, find_slip, issue_code, printed_code
from pledges.services.deciding import agree_pledge, release_pledge, withdraw_pledge
from pledges.services.delivering import enter_delivery
from pledges.services.following import (
    close_unanswered,
    dispute_unmended,
    escalate_pledges,
    lapse_pledges,
    remind_unanswered,
)
from pledges.services.mending import annul_delivery, mend_delivery, note_inquiry, record_call_back
from pledges.services.offering import Offer, offer_pledge

__all__ = [
    "Answer",
    "IssuedCode",
    "Offer",
    "Slip",
    "agree_pledge",
    "annul_delivery",
    "answer",
    "arrive_delivery",
    "close_unanswered",
    "dispute_unmended",
    "enter_delivery",
    "escalate_pledges",
    "find_slip",
    "issue_code",
    "lapse_pledges",
    "mend_delivery",
    "note_inquiry",
    "offer_pledge",
    "printed_code",
    "record_call_back",
    "release_pledge",
    "remind_unanswered",
    "withdraw_pledge",
]
