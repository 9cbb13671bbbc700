"""Pages of pledges: pledging, the desk, slips, the household's own pages."""

from pledges.views import answers, card, deliveries, household, offering, own
from pledges.views.door import blueprint

__all__ = ["answers", "blueprint", "card", "deliveries", "household", "offering", "own"]
