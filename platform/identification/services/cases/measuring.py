"""Which line a case is measured against, kept with the case as it stood."""

from core.clock import today
from identification.case_packs import pack_of
from identification.models import IdentificationCase
from identification.queries.lines import PolicyLine, line_for


def measure(case: IdentificationCase) -> PolicyLine | None:
    """Return the line for a case: its pack says which series, and of which year."""
    day = today()
    wanted = pack_of(case.pack, case.region_code, case.entered_on)["line"]
    year = day.year - int(wanted["years_back"])
    return line_for(case.region_code, year, series=wanted["series"], kind=wanted["kind"], on=day)
