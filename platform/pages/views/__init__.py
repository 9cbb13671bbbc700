"""Public pages, records, the desk."""

from pages.views import (
    catalogue,
    desk,
    feeds,
    fulfilled,
    help,
    home,
    needs,
    open_data,
    records,
    report,
    stats,
    villages,
)
from pages.views.door import blueprint

__all__ = [
    "blueprint",
    "catalogue",
    "desk",
    "feeds",
    "fulfilled",
    "help",
    "home",
    "needs",
    "open_data",
    "records",
    "report",
    "stats",
    "villages",
]
