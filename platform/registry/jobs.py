"""Jobs of the registers, on the database's clock: drafts are forgotten, rules run, sheets taken in."""

from datetime import timedelta

from core.clock import now
from core.jobs import enqueue, job
from registry import services
from registry.services.drafting import forget_drafts_before
from registry.services.importing.batches import forget_old_imports
from registry.services.importing.working import check_import, run_checked_import

__all__ = [
    "check_import",
    "check_village",
    "check_villages",
    "forget_imports",
    "forget_old_drafts",
    "run_checked_import",
]

KEPT = timedelta(days=60)


@job("registry.forget_drafts", cron="41 3 * * *")
def forget_old_drafts() -> None:
    """Forget drafts that nobody touched for two months."""
    forget_drafts_before(now() - KEPT)


@job("registry.check_village")
def check_village(region_code: str) -> None:
    """Run the plausibility rules over one village."""
    services.check_village(region_code)


@job("registry.check_villages", cron="40 17 * * *")
def check_villages() -> None:
    """Put every village on the queue; at night in Shanghai."""
    for region_code in services.villages_with_households():
        enqueue(check_village, region_code=region_code)


@job("registry.forget_imports", cron="27 2 * * *")
def forget_imports() -> None:
    """Delete uploaded sheets that are two weeks old."""
    forget_old_imports()
