"""The life of one sheet: prepared, posted with a photograph, over when its time is, or taken back."""

from core.i18n import _l
from core.workflow import Transition, Workflow
from identification.guards import notices as guards
from identification.notice_choices import NoticeStage
from identification.notice_policy import NoticePermission

S, P = NoticeStage, NoticePermission

notice_workflow = Workflow(
    "notice",
    (
        Transition(
            "prepare", frozenset({None}), S.PREPARED, P.NOTICE_PREPARE, "notice.prepared", _l("Make the notice")
        ),
        Transition(
            "post",
            frozenset({S.PREPARED}),
            S.POSTED,
            P.NOTICE_POST,
            "notice.posted",
            _l("Note that it hangs"),
            guards.posting,
        ),
        Transition(
            "post_again",
            frozenset({S.POSTED}),
            None,
            P.NOTICE_POST,
            "notice.posted_again",
            _l("Note that it hangs again"),
            guards.posting_again,
        ),
        Transition(
            "close",
            frozenset({S.POSTED}),
            S.CLOSED,
            None,
            "notice.closed",
            _l("Close the notice"),
            guards.closing,
            system=True,
        ),
        Transition(
            "withdraw",
            frozenset({S.PREPARED, S.POSTED}),
            S.WITHDRAWN,
            P.NOTICE_WITHDRAW,
            "notice.withdrawn",
            _l("Take the notice back"),
            reason=True,
        ),
    ),
)
