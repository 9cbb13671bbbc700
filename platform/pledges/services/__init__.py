"""What is done with pledges, deliveries, slips and answers."""

from pledges.choices import Channel
from pledges.services.answering import (
    Answer,
    answer,
    answer_slip,
    channel_of,
    check_may_answer,
    check_pin,
    household_of,
)
from pledges.services.arriving import arrive_delivery
from pledges.services.by_card import end_help, stop_showing
from pledges.services.codes import (
    CodeUsed,
    IssuedCode,
    Slip,
    WrongCode,
    check_usable,
    find_slip,
    get_slip,
    issue_code,
    printed_code,
)
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
from pledges.services.tickets import open_ticket, ticket_for

__all__ = [
    "Answer",
    "Channel",
    "CodeUsed",
    "IssuedCode",
    "Offer",
    "Slip",
    "WrongCode",
    "agree_pledge",
    "annul_delivery",
    "answer",
    "answer_slip",
    "arrive_delivery",
    "channel_of",
    "check_may_answer",
    "check_pin",
    "check_usable",
    "close_unanswered",
    "dispute_unmended",
    "end_help",
    "enter_delivery",
    "escalate_pledges",
    "find_slip",
    "get_slip",
    "household_of",
    "issue_code",
    "lapse_pledges",
    "mend_delivery",
    "note_inquiry",
    "offer_pledge",
    "open_ticket",
    "printed_code",
    "record_call_back",
    "release_pledge",
    "remind_unanswered",
    "stop_showing",
    "ticket_for",
    "withdraw_pledge",
]
