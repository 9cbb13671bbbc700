"""What waits for somebody, over all packages, as rows of one shape."""

from pages.queries.desk.households import OwnHousehold, own_households
from pages.queries.desk.lists import VillageCoverage, village_coverage
from pages.queries.desk.named import household_numbers
from pages.queries.desk.steps import DeskTask, Step
from pages.queries.desk.tasks import desk_tasks

__all__ = [
    "DeskTask",
    "OwnHousehold",
    "Step",
    "VillageCoverage",
    "desk_tasks",
    "household_numbers",
    "own_households",
    "village_coverage",
]
