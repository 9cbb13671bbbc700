"""Which villages went through the round of 2014: that of the listed officers, and its larger neighbours."""

from datetime import date

from web.demo.plan import TownshipPlan, VillagePlan

YEAR = 2014
ON_FILE = date(2014, 3, 3)
GROWN_BY = date(1991, 3, 3)
VILLAGES, LEAST = 3, 6


def round_villages(plan: TownshipPlan) -> list[VillagePlan]:
    """Return the villages of the round, the largest first; for the first township that is the listed officers' one."""
    able = [village for village in plan.villages if village.households >= LEAST]
    return sorted(able, key=lambda village: (village.households, village.code), reverse=True)[:VILLAGES]
