"""The closed sets of imports: kinds of sheets, where an import stands, what became of a row."""

from enum import StrEnum

from core.i18n import _l, register_labels


class SheetKind(StrEnum):
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    VILLAGES = "villages"
    PAIRINGS = "pairings"


class ImportStage(StrEnum):
    """An upload is read and checked by a job; a person then lets it in, whole or only its good rows."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ImportPurpose(StrEnum):
    """Why a sheet is taken in; the code stands in the officer's records."""

    YEARLY_UPDATE = "yearly_update"
    FIRST_REGISTER = "first_register"
    CORRECTION = "correction"
    DEPARTMENT_LIST = "department_list"


class ListKind(StrEnum):
    """Lists that can be taken out."""

    HOUSEHOLDS = "households"
    MEMBERS = "members"
    VILLAGES = "villages"
    FINDINGS = "findings"
    PAIRINGS = "pairings"
    CASES = "cases"
    FRAME = "frame"


class ExportPurpose(StrEnum):
    """Why a list is taken out; the code stands in the officer's records."""

    VISIT_PLAN = "visit_plan"
    MEETING = "meeting"
    REPORT_ABOVE = "report_above"
    CHECK_AGAINST = "check_against"


class RowResult(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RowFault(StrEnum):
    """What stands against a row as a whole, or against a value because of what is on file."""

    MISSING_COLUMN = "missing_column"
    DOUBLE_IN_FILE = "double_in_file"
    PERSON_TWICE = "person_twice"
    PERSON_ON_FILE = "person_on_file"
    HEAD_DIFFERS = "head_differs"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_UNCLEAR = "place_unclear"
    OTHER_PLACE = "other_place"
    NOT_YOURS = "not_yours"
    UNKNOWN_HOUSEHOLD = "unknown_household"
    HOUSEHOLD_CLOSED = "household_closed"
    CAUSES_REPEAT = "causes_repeat"
    CAUSE_UNEXPLAINED = "cause_unexplained"
    MEMBER_ELSEWHERE = "member_elsewhere"
    YEAR_MISSING = "year_missing"
    UNKNOWN_ACCOUNT = "unknown_account"
    ALREADY_PAIRED = "already_paired"
    FEWER_THAN_MEMBERS = "fewer_than_members"
    REFUSED = "refused"


register_labels(
    {
        SheetKind.HOUSEHOLDS: _l("Households"),
        SheetKind.MEMBERS: _l("Members of households"),
        SheetKind.VILLAGES: _l("Village register of a year"),
        SheetKind.PAIRINGS: _l("Pairings"),
    }
)
register_labels(
    {
        ImportStage.UPLOADED: _l("Is being checked"),
        ImportStage.CHECKED: _l("Checked, waits for your word"),
        ImportStage.RUNNING: _l("Is being taken in"),
        ImportStage.DONE: _l("Taken in"),
        ImportStage.CANCELLED: _l("Stopped"),
        ImportStage.FAILED: _l("Could not be read"),
    }
)
register_labels(
    {
        ImportPurpose.YEARLY_UPDATE: _l("Update of the year"),
        ImportPurpose.FIRST_REGISTER: _l("First entry of the register"),
        ImportPurpose.CORRECTION: _l("Correction after a check"),
        ImportPurpose.DEPARTMENT_LIST: _l("List of another department"),
    }
)
register_labels(
    {
        ListKind.HOUSEHOLDS: _l("Households, names masked"),
        ListKind.MEMBERS: _l("Members of households, names masked"),
        ListKind.VILLAGES: _l("Village registers of a year"),
        ListKind.FINDINGS: _l("What does not fit together"),
        ListKind.PAIRINGS: _l("Pairings, names masked"),
        ListKind.CASES: _l("Cases of identification, names masked"),
        ListKind.FRAME: _l("Full list of the rounds that run now, names masked"),
    }
)
register_labels(
    {
        ExportPurpose.VISIT_PLAN: _l("To plan visits"),
        ExportPurpose.MEETING: _l("For a meeting"),
        ExportPurpose.REPORT_ABOVE: _l("Report to the office above"),
        ExportPurpose.CHECK_AGAINST: _l("To compare with another list"),
    }
)
register_labels(
    {
        RowResult.ADDED: _l("Added"),
        RowResult.CHANGED: _l("Brought up to date"),
        RowResult.UNCHANGED: _l("Is on file already"),
    }
)
register_labels(
    {
        RowFault.MISSING_COLUMN: _l("The sheet has no such column, and no row can do without it."),
        RowFault.DOUBLE_IN_FILE: _l("An earlier row of the file is about the same household, member or village."),
        RowFault.PERSON_TWICE: _l("The file has this ID number twice."),
        RowFault.PERSON_ON_FILE: _l("This person is on file in another household."),
        RowFault.HEAD_DIFFERS: _l(
            "On file this household has another head. Record the change of head first, as an event with its day."
        ),
        RowFault.UNKNOWN_PLACE: _l("No such village. Write its name as the list of places does, or its 12-digit code."),
        RowFault.PLACE_UNCLEAR: _l("Several villages have this name. Add the township or the 12-digit code."),
        RowFault.OTHER_PLACE: _l("This row belongs to another village than the one the import was started for."),
        RowFault.NOT_YOURS: _l("This village is not among your places."),
        RowFault.UNKNOWN_HOUSEHOLD: _l("No household with this number is on file. Take the households in first."),
        RowFault.HOUSEHOLD_CLOSED: _l("This household has ended, or its particulars were erased."),
        RowFault.CAUSES_REPEAT: _l("The main cause stands among the other causes again."),
        RowFault.CAUSE_UNEXPLAINED: _l("Another cause is named: write down which one it is."),
        RowFault.MEMBER_ELSEWHERE: _l("This person belongs to another household. Record the move first."),
        RowFault.YEAR_MISSING: _l("Say which year these figures are of: a column, or the year in the title."),
        RowFault.UNKNOWN_ACCOUNT: _l("No account of this name may be the first helper here."),
        RowFault.ALREADY_PAIRED: _l("Another first helper stands here. Hand over first."),
        RowFault.FEWER_THAN_MEMBERS: _l(
            "More members than this are on file. Record who left, as events with their days, before the size shrinks."
        ),
        RowFault.REFUSED: _l("The register refused this row."),
    }
)
