"""On the first night of a month the figures of each county are frozen; a night that was missed is made up for."""

from accounts.queries import counties_with_officers
from core.jobs import enqueue, job
from identification.services.freezing import freeze_county


@job("identification.freeze_figures")
def freeze_figures(*, place: str) -> None:
    """Freeze one county's figures of this month; a second time changes nothing."""
    freeze_county(place)


@job("identification.freeze_all_figures", cron="10 17 * * *")
def freeze_all_figures() -> None:
    """Put every county on the queue, at ten past one in the night in China."""
    for place in counties_with_officers():
        enqueue(freeze_figures, place=place)
