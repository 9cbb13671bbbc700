"""What may be done to pledges, deliveries, slips and answers. Roles are named in `accounts`."""

from enum import StrEnum


class PledgePermission(StrEnum):
    """`confirmation:answer` is the household's own; the others that enter an answer are labelled ways."""

    CONFIRMATION_ANSWER = "confirmation:answer"
    CONFIRMATION_CALL_BACK = "confirmation:call_back"
    CONFIRMATION_ENTER_PAPER = "confirmation:enter_paper"
    CONFIRMATION_ENTER_PHONE = "confirmation:enter_phone"
    CONFIRMATION_WITNESS = "confirmation:witness"
    DELIVERY_ANNUL = "delivery:annul"
    DELIVERY_ARRIVE = "delivery:arrive"
    DELIVERY_ENTER = "delivery:enter"
    DELIVERY_INQUIRE = "delivery:inquire"
    DELIVERY_MEND = "delivery:mend"
    PLEDGE_AGREE = "pledge:agree"
    PLEDGE_OFFER = "pledge:offer"
    PLEDGE_READ = "pledge:read"
    PLEDGE_RELEASE = "pledge:release"
    PLEDGE_WITHDRAW = "pledge:withdraw"
    SLIP_ISSUE = "slip:issue"
