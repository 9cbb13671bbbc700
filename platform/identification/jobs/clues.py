"""Every night the sentinel lists of each county are gone through, some villages at a time."""

from accounts.queries import counties_with_officers
from core.jobs import enqueue, job
from identification.services.clues import find_clues_after


@job("identification.find_clues")
def find_clues(*, place: str, after: str = "") -> None:
    """Go through some villages of a county, and put the rest on the queue."""
    done = find_clues_after(place, after)
    if done is not None:
        enqueue(find_clues, place=place, after=done)


@job("identification.find_all_clues", cron="20 19 * * *")
def find_all_clues() -> None:
    """Put every county on the queue, at twenty past three in the night in China."""
    for place in counties_with_officers():
        enqueue(find_clues, place=place)
