"""What happens to cases by the clock."""

from core.jobs import job
from identification.services.cases.escalating import escalate_due

BATCH = 500


@job("identification.escalate_cases", cron="20 16 * * *")
def escalate() -> None:
    """Pass on what an office let lie, at twenty past midnight in China: its last day is over then."""
    after = escalate_due(limit=BATCH)
    while after is not None:
        after = escalate_due(limit=BATCH, after=after)
