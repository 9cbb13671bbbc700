"""Jobs of the registers, on the database's clock: forgetting drafts, running the plausibility rules."""

from datetime import timedelta

from core.clock import now
from core.jobs import enqueue, job
from registry import services
from registry.services.drafting import forget_drafts_before

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
