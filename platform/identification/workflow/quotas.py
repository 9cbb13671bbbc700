"""A run is computed by one officer and published by another; so are persons moved between places (domain.md 4.4)."""

from core.errors import Refused, map_constraint
from core.i18n import _l
from core.policy import Actor
from core.workflow import Facts, Transition, Workflow
from identification.models import QuotaRun, QuotaTransfer, RunStage, TransferStage
from identification.policy import QuotaPermission

_ANOTHER = _l("You computed these numbers, so somebody else must publish them.")
_SECOND = _l("You asked for this, so somebody else must decide.")

map_constraint("quota_run_published_by_another", "own_run", _ANOTHER)
map_constraint("quota_transfer_decided_by_another", "own_transfer", _SECOND)
map_constraint(
    "uq_quota_run_published",
    "published_meanwhile",
    _l("Other numbers of this place and year have just been published. Please look at them first."),
)


def _by_another(run: QuotaRun, actor: Actor, facts: Facts) -> None:
    if actor.account_id is None or run.computed_by == actor.account_id:
        raise Refused(_ANOTHER, code="own_run")


def _second(transfer: QuotaTransfer, actor: Actor, facts: Facts) -> None:
    if actor.account_id is None or transfer.asked_by == actor.account_id:
        raise Refused(_SECOND, code="own_transfer")


run_workflow = Workflow(
    "quota_run",
    (
        Transition(
            "compute",
            frozenset({None}),
            RunStage.COMPUTED,
            QuotaPermission.QUOTA_COMPUTE,
            "quota.computed",
            _l("Compute the numbers"),
        ),
        Transition(
            "publish",
            frozenset({RunStage.COMPUTED}),
            RunStage.PUBLISHED,
            QuotaPermission.QUOTA_PUBLISH,
            "quota.published",
            _l("Publish these numbers"),
            _by_another,
        ),
        Transition(
            "discard",
            frozenset({RunStage.COMPUTED}),
            RunStage.DISCARDED,
            QuotaPermission.QUOTA_DISCARD,
            "quota.discarded",
            _l("Discard these numbers"),
            reason=True,
        ),
        Transition(
            "replace",
            frozenset({RunStage.PUBLISHED}),
            RunStage.REPLACED,
            None,
            "quota.replaced",
            _l("Replace by a later run"),
            system=True,
        ),
    ),
)
transfer_workflow = Workflow(
    "quota_transfer",
    (
        Transition(
            "ask",
            frozenset({None}),
            TransferStage.ASKED,
            QuotaPermission.TRANSFER_ASK,
            "quota.transfer_asked",
            _l("Ask to move persons"),
        ),
        Transition(
            "agree",
            frozenset({TransferStage.ASKED}),
            TransferStage.AGREED,
            QuotaPermission.TRANSFER_DECIDE,
            "quota.transfer_agreed",
            _l("Agree"),
            _second,
        ),
        Transition(
            "decline",
            frozenset({TransferStage.ASKED}),
            TransferStage.DECLINED,
            QuotaPermission.TRANSFER_DECIDE,
            "quota.transfer_declined",
            _l("Decline"),
            _second,
            reason=True,
        ),
    ),
)
