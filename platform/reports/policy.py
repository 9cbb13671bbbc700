"""What may be printed. Blank forms need no permission."""

from enum import StrEnum


class ReportPermission(StrEnum):
    HANDBOOKS_PRINT = "handbooks:print"
    HOUSEHOLD_PRINT = "household:print"
    VILLAGE_PRINT = "village:print"
