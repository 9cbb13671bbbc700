"""A second officer publishes a run, or it is discarded; the run before is replaced, never changed."""

from core.clock import now
from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor
from identification.models import QuotaRun
from identification.queries.quotas.reading import current_run
from identification.services.quotas.computing import refuse_other_total, reproduce
from identification.workflow import run_workflow


def publish_run(run: QuotaRun, *, actor: Actor) -> None:
    """Let the run count. It must be another officer's, the same when computed again, and fit the number from above."""
    before, moment = current_run(run.region_code, run.year), now()
    run_workflow.check(run, "publish", actor=actor, facts={})
    if (before.id if before else None) != run.replaces_id:
        raise Refused(
            _l("Other numbers were published since these were computed. Compute them anew."), code="computed_before"
        )
    refuse_other_total(run)
    if not reproduce(run).is_same:
        raise Refused(_l("These numbers do not come out the same when they are computed again."), code="not_the_same")
    if before is not None:
        run_workflow.fire(before, "replace", actor=SYSTEM, by=str(run.id))
        db.session.flush()  # one published run at a time
    run_workflow.fire(run, "publish", actor=actor)
    run.published_by, run.published_at = actor.account_id, moment


def discard_run(run: QuotaRun, *, actor: Actor, reason: str) -> None:
    """Put a run aside that never counted."""
    run_workflow.fire(run, "discard", actor=actor, reason=reason)
