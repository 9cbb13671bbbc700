"""What pages do by the clock."""

from datetime import timedelta

from core.clock import now
from core.jobs import job
from pages.queries.open_data import find_snapshot
from pages.services.open_data import write_open_data

OLD = timedelta(minutes=55)


@job("pages.write_open_data", cron="*/10 * * * *")
def renew_open_data() -> None:
    """Write the files of open data if they are an hour old or were taken back."""
    snapshot = find_snapshot()
    if snapshot is None or now() - snapshot.as_of > OLD:
        write_open_data()
