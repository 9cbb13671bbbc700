"""What is typed when a sheet is handed in or a list taken out."""

from typing import Any

from wtforms import DateField, FileField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from core.forms import BaseForm
from core.i18n import _l, label
from registry.choices import ExportPurpose, ImportPurpose, ListKind, SheetKind


def _choices(members: Any) -> list[SelectChoice]:
    return [SelectChoice("", ""), *(SelectChoice(member.value, label(member)) for member in members)]


def _places(places: list[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", ""), *(SelectChoice(code, name) for code, name in places)]


NO_FILE = _l("Choose a file.")


class ImportForm(BaseForm):
    kind = SelectField(_l("What is in the sheet"), validators=[InputRequired(_l("Choose what is in the sheet."))])
    place = SelectField(_l("For which place"), validators=[InputRequired(_l("Choose a place."))])
    purpose = SelectField(_l("What it is for"), validators=[InputRequired(_l("Choose what it is for."))])
    as_of = DateField(_l("As of which day"), validators=[Optional()], description=_l("Today, if you leave it empty."))
    year = IntegerField(
        _l("Year of the village register"),
        validators=[Optional(), NumberRange(1990, 2100, _l("Enter a year with four digits."))],
        description=_l("Only for village registers whose sheet has no column with the year."),
    )
    file = FileField(
        _l("The file"),
        validators=[InputRequired(NO_FILE)],
        description=_l(".xlsx or .csv, at most 120,000 rows and 30 MB."),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )

    def validate_file(self, field: FileField) -> None:
        """A text in the file's place is no file."""
        if not hasattr(field.data, "read"):
            raise ValidationError(str(NO_FILE))

    def offer(self, kinds: list[SheetKind], places: list[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        self.kind.choices = _choices(kinds)
        self.place.choices = _places(places)
        self.purpose.choices = _choices(ImportPurpose)


class ExportForm(BaseForm):
    kind = SelectField(_l("Which list"), validators=[InputRequired(_l("Choose a list."))])
    place = SelectField(_l("For which place"), validators=[InputRequired(_l("Choose a place."))])
    purpose = SelectField(_l("What it is for"), validators=[InputRequired(_l("Choose what it is for."))])

    def offer(self, kinds: list[ListKind], places: list[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        self.kind.choices = _choices(kinds)
        self.place.choices = _places(places)
        self.purpose.choices = _choices(ExportPurpose)
