"""Jobs of the registers: what was typed and never put on file is forgotten."""

from datetime import timedelta

from core.clock import now
from core.jobs import job
from registry.services.drafting import forget_drafts_before

KEPT = timedelta(days=60)


@job("registry.forget_drafts", cron="41 3 * * *")
def forget_old_drafts() -> None:
    """Forget drafts that nobody touched for two months."""
    forget_drafts_before(now() - KEPT)
