"""Pages of donors: registering, one's own page, the county's queue, the public page."""

from donors.views import county, own, registering
from donors.views.door import blueprint

__all__ = ["blueprint", "county", "own", "registering"]
