"""Why a file, or a cell of it, cannot be taken; each code has a sentence that says how to mend it."""

from enum import StrEnum

from core.errors import Refused
from core.i18n import _l, label, register_labels


class FileFault(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    NOT_A_SHEET = "not_a_sheet"
    OTHER_FORMAT = "other_format"
    BROKEN = "broken"
    BOMB = "bomb"
    MACRO = "macro"
    EMBEDDED = "embedded"
    EXTERNAL_LINKS = "external_links"
    DOCTYPE = "doctype"
    NAMES = "names"
    ENCODING = "encoding"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MUCH_WORK = "too_much_work"
    NO_HEADINGS = "no_headings"


register_labels(
    {
        FileFault.EMPTY: _l("The file is empty."),
        FileFault.TOO_LARGE: _l("The file is too large. Split it by township or village."),
        FileFault.OLD_EXCEL: _l("This is the old Excel format. Save it as .xlsx in Excel or WPS and send it again."),
        FileFault.PASSWORD: _l("The file is locked with a password. Save it without one and send it again."),
        FileFault.NOT_A_SHEET: _l("This is neither an Excel file (.xlsx) nor a table as text (.csv)."),
        FileFault.OTHER_FORMAT: _l("Only .xlsx and .csv are read. Save the table as .xlsx and send it again."),
        FileFault.BROKEN: _l("The file is damaged. Open it, save it again as .xlsx and send it."),
        FileFault.BOMB: _l("The file unpacks to far more than a register holds. Copy the table into a new file."),
        FileFault.MACRO: _l("The file holds macros. Save it as .xlsx, without macros, and send it again."),
        FileFault.EMBEDDED: _l("The file holds embedded objects. Copy only the table into a new file."),
        FileFault.EXTERNAL_LINKS: _l("The file links to other files. Copy the table as values into a new file."),
        FileFault.DOCTYPE: _l("The file holds a definition that no spreadsheet needs. Copy the table into a new file."),
        FileFault.NAMES: _l("The file holds parts with names that are not allowed. Copy the table into a new file."),
        FileFault.ENCODING: _l("The letters of this text file cannot be read. Save it as UTF-8 or as .xlsx."),
        FileFault.TOO_MANY_ROWS: _l("The table has too many rows. Split it: at most 120,000 rows in a file."),
        FileFault.TOO_MANY_COLUMNS: _l("The table has too many columns: at most 120."),
        FileFault.TOO_MUCH_WORK: _l("Reading the file takes too much time or memory. Copy the table into a new file."),
        FileFault.NO_HEADINGS: _l(
            "No row of headings was recognised. Use the template, or name the columns as it does."
        ),
    }
)


class SheetRefused(Refused):
    """The file is not taken at all."""

    status = 422

    def __init__(self, fault: FileFault) -> None:
        super().__init__(code=fault.value)
        self.fault = fault
        self.detail = label(fault)


class CellFault(StrEnum):
    """What is wrong with one cell."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DAY = "not_a_day"
    DAY_UNCLEAR = "day_unclear"
    NOT_YES_NO = "not_yes_no"
    NOT_A_CHOICE = "not_a_choice"
    ID_AS_NUMBER = "id_as_number"
    NUMBER_AS_TEXT_LOST = "digits_lost"
    ID_OLD = "id_15_digits"
    ID_WRONG = "id_wrong"
    PHONE_WRONG = "phone_wrong"
    CODE_WRONG = "code_wrong"
    FORMULA_ERROR = "formula_error"
    CONTROL_CHARACTERS = "control_characters"


register_labels(
    {
        CellFault.MISSING: _l("This must be filled in."),
        CellFault.TOO_LONG: _l("This is too long."),
        CellFault.NOT_A_NUMBER: _l("This is not a number."),
        CellFault.NOT_WHOLE: _l("This must be a whole number."),
        CellFault.OUT_OF_RANGE: _l("This number is outside what is possible here."),
        CellFault.NOT_A_DAY: _l("This is not a date. Write it as 2024-03-05."),
        CellFault.DAY_UNCLEAR: _l("Day and month cannot be told apart here. Write the date as 2024-03-05."),
        CellFault.NOT_YES_NO: _l("Write yes or no, or leave it empty if nobody has asked."),
        CellFault.NOT_A_CHOICE: _l("This is none of the words allowed here. The template has them as a list."),
        CellFault.ID_AS_NUMBER: _l(
            "Excel has turned this number into a figure and lost its last digits. Set the column to Text, "
            "then type or paste the number again from the source."
        ),
        CellFault.NUMBER_AS_TEXT_LOST: _l(
            "Excel has rounded this number before it was saved: its last digits are gone. Set the column to Text "
            "and enter it again from the source."
        ),
        CellFault.ID_OLD: _l("This is an old number of 15 digits. Enter the 18 digits of today's ID card."),
        CellFault.ID_WRONG: _l("This is not a valid ID number. Compare it with the card digit by digit."),
        CellFault.PHONE_WRONG: _l("Enter a mobile number of 11 digits or a landline."),
        CellFault.CODE_WRONG: _l("This is not a region code of 12 digits."),
        CellFault.FORMULA_ERROR: _l("The formula in this cell has failed. Replace it by its value."),
        CellFault.CONTROL_CHARACTERS: _l("The cell holds characters that cannot be seen. Type it anew."),
    }
)


class CellRefused(ValueError):
    """A cell cannot be taken."""

    def __init__(self, fault: CellFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
