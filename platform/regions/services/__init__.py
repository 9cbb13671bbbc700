"""Use cases of places."""

from regions.services.closing import close_region
from regions.services.importing import ImportReport, RegionsRefused, RowError, import_regions

__all__ = ["ImportReport", "RegionsRefused", "RowError", "close_region", "import_regions"]
