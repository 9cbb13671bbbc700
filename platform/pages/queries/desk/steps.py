"""The shape of a task, and what can be done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class Step(StrEnum):
    """What is to be done."""

    VERIFY = "verify"
    APPROVE = "approve"
    RENEW = "renew"
    REVISIT = "revisit"
    FINISH_DRAFT = "finish_draft"
    COMMENT = "comment"
    RECORD_CONSENT = "record_consent"
    CONFIRM = "confirm"
    DECIDE = "decide"
    DELIVER = "deliver"
    ARRIVE = "arrive"
    ISSUE_CODE = "issue_code"
    MEND = "mend"
    CALL = "call"
    CALL_BACK = "call_back"
    ANSWER_INVITATION = "answer_invitation"
    CHECK_DONOR = "check_donor"
    DECIDE_APPEAL = "decide_appeal"
    SETTLE_ISSUE = "settle_issue"
    ANSWER_REPORT = "answer_report"
    APPROVE_GRANT = "approve_grant"
    AGREE_RESET = "agree_reset"
    AGREE_CARD = "agree_card"
    GIVE_CARD = "give_card"
    AGREE_ERASURE = "agree_erasure"
    POST_NOTICE = "post_notice"
    HANG_AGAIN = "hang_again"
    LOOK_AT_NOTICE = "look_at_notice"
    ANSWER_OBJECTION = "answer_objection"
    MOVE_CASE = "move_case"
    SEE_TO_CASE = "see_to_case"
    LATE_CASE = "late_case"
    GIVE_FIRST_CARD = "give_first_card"
    SURVEY_NEEDS = "survey_needs"
    WAIT_FOR_VERIFICATION = "wait_for_verification"
    WAIT_FOR_APPROVAL = "wait_for_approval"
    WAIT_FOR_DECISION = "wait_for_decision"
    WAIT_FOR_HOUSEHOLD = "wait_for_household"
    WATCH_ISSUE = "watch_issue"
    WAIT_FOR_CARD = "wait_for_card"


@dataclass(frozen=True)
class DeskTask:
    """One thing: `title` names the need, helper or place; `day` of `limit` is how long others have had it."""

    step: Step
    title: str
    url: str
    due_on: date | None = None
    amount: Any = None
    unit: str = ""
    place: str = ""
    household_id: UUID | None = None
    day: int = 0
    limit: int = 0

    @property
    def is_waiting(self) -> bool:
        return self.due_on is None
