"""Use cases of places."""

from regions.services.closing import close_region
from regions.services.files import BAISE, count_lines
from regions.services.importing import REFERENCE_DAY, ImportReport, RegionsRefused, RowError, import_regions

__all__ = [
    "BAISE",
    "REFERENCE_DAY",
    "ImportReport",
    "RegionsRefused",
    "RowError",
    "close_region",
    "count_lines",
    "import_regions",
]
