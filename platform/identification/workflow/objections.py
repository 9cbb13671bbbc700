"""The way of an objection (domain.md 3.8)."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Transition, Workflow
from identification.guards import objections as guards
from identification.notice_policy import NoticePermission
from identification.objection_choices import ObjectionStage

S, P = ObjectionStage, NoticePermission
DECIDED = (S.UPHELD, S.PARTLY_UPHELD, S.DISMISSED)


def _from(*stages: StrEnum | None) -> frozenset[StrEnum | None]:
    return frozenset(stages)


objection_workflow = Workflow(
    "objection",
    (
        Transition("file", _from(None), S.FILED, P.OBJECTION_FILE, "objection.filed", _l("Object")),
        Transition("enter", _from(None), S.FILED, P.OBJECTION_ENTER, "objection.entered", _l("Enter an objection")),
        Transition(
            "accept",
            _from(S.FILED),
            S.ACCEPTED,
            P.OBJECTION_HANDLE,
            "objection.accepted",
            _l("Take it up"),
            guards.handling,
        ),
        Transition(
            "refuse",
            _from(S.FILED),
            S.NOT_ADMISSIBLE,
            P.OBJECTION_HANDLE,
            "objection.not_admissible",
            _l("Do not take it up"),
            guards.handling,
            reason=True,
        ),
        Transition(
            "investigate",
            _from(S.ACCEPTED),
            S.INVESTIGATING,
            P.OBJECTION_HANDLE,
            "objection.investigating",
            _l("Look into it myself"),
            guards.handling,
        ),
        Transition(
            "uphold",
            _from(S.INVESTIGATING),
            S.UPHELD,
            P.OBJECTION_HANDLE,
            "objection.upheld",
            _l("It is right"),
            guards.deciding,
        ),
        Transition(
            "uphold_partly",
            _from(S.INVESTIGATING),
            S.PARTLY_UPHELD,
            P.OBJECTION_HANDLE,
            "objection.partly_upheld",
            _l("It is partly right"),
            guards.deciding,
        ),
        Transition(
            "dismiss",
            _from(S.INVESTIGATING),
            S.DISMISSED,
            P.OBJECTION_HANDLE,
            "objection.dismissed",
            _l("It is not right"),
            guards.deciding,
        ),
        Transition(
            "reply", _from(*DECIDED), S.REPLIED, P.OBJECTION_HANDLE, "objection.replied", _l("Reply"), guards.handling
        ),
        Transition(
            "ask_review",
            _from(S.REPLIED, S.NOT_ADMISSIBLE),
            S.REVIEW_REQUESTED,
            P.OBJECTION_ASK_REVIEW,
            "objection.review_requested",
            _l("Ask for a second look"),
        ),
        Transition(
            "reply_finally",
            _from(S.REVIEW_REQUESTED),
            S.REPLIED_FINAL,
            P.OBJECTION_REVIEW,
            "objection.replied_final",
            _l("Answer after a second look"),
            guards.second_look,
        ),
    ),
)
