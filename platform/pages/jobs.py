"""What pages do by the clock."""

from core.jobs import job
from pages.services.open_data import write_open_data


@job("pages.write_open_data", cron="7 * * * *")
def write_open_data_hourly() -> None:
    """Write the files of open data, seven minutes past each hour."""
    write_open_data()


@job("pages.write_open_data_again")
def write_open_data_again() -> None:
    """Write the files of open data after something was taken down."""
    write_open_data()
