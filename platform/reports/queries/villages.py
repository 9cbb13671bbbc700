"""The village's form of a year, filled from its register or empty."""

from datetime import date

from regions.queries import find_published_region
from registry.models import Village
from registry.queries.village_register import stationed_team_on, village_profile
from reports.layouts.village_fields import village_groups
from reports.sheets import Era, VillageSheet


def village_sheet(village: Village | None, year: int, *, era: Era | None = None) -> VillageSheet:
    """Return the village's form; a year without a sheet gives an empty one with the village's name."""
    last_day = date(year, 12, 31)
    if village is None:
        return VillageSheet(era or Era.of(last_day), groups=village_groups(None))
    place = find_published_region(village.region_code)
    return VillageSheet(
        Era.of(last_day),
        place=village.region_code if place is None else place.path,
        code=village.region_code,
        year=str(year),
        groups=village_groups(village_profile(village.id, year), stationed_team_on(village.id, last_day)),
    )
