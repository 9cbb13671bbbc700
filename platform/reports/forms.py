"""What is typed to print a paper and to hand a signed one in."""

from typing import Any

from wtforms import DateField, IntegerField, MultipleFileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from core.forms import BaseForm
from core.i18n import _, _l, current_language, label
from registry.choices.papers import PaperKind, PrintPurpose
from reports.services.printing import HOUSEHOLD_PAPERS

A_YEAR = _l("Enter a year, such as 2026.")


def _words(members: Any) -> list[SelectChoice]:
    return [SelectChoice("", _("Choose")), *(SelectChoice(member.value, label(member)) for member in members)]


class LanguageForm(BaseForm):
    """In which language a paper speaks: that of the page, unless another is chosen."""

    language = SelectField(_l("Language of the paper"), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("language", current_language())
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice("zh", _("Chinese")), SelectChoice("en", _("English"))]


class PurposeForm(BaseForm):
    """What somebody looks at a signed paper for."""

    purpose = SelectField(_l("What for"), validators=[InputRequired(_l("Say what for."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.choices = _words(PrintPurpose)

    @property
    def chosen(self) -> PrintPurpose:
        return PrintPurpose(self.purpose.data)


class PrintForm(LanguageForm):
    """Which paper of a household, what for, in which language."""

    paper = SelectField(_l("Which paper"), validators=[InputRequired(_l("Choose a paper."))])
    purpose = SelectField(_l("What for"), validators=[InputRequired(_l("Say what for."))])
    as_of = DateField(
        _l("Situation on"),
        validators=[Optional()],
        description=_l("Today, or an earlier day. A day before 2021 gives the paper the words of its time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper.choices = _words(HOUSEHOLD_PAPERS)
        self.purpose.choices = _words(PrintPurpose)

    @property
    def kind(self) -> PaperKind:
        return PaperKind(self.paper.data)

    @property
    def chosen(self) -> PrintPurpose:
        return PrintPurpose(self.purpose.data)


class YearForm(LanguageForm):
    """The year of a village's form."""

    year = IntegerField(
        _l("Year"),
        validators=[
            InputRequired(_l("Enter a year, such as 2026.")),
            NumberRange(1990, 2100, _l("Enter a year, such as 2026.")),
        ],
    )


class BatchForm(LanguageForm, PurposeForm):
    """What all handbooks of a village are printed for."""


class SignedPaperForm(BaseForm):
    """The number on the paper, the day of the signature, one photograph for each page."""

    number = StringField(
        _l("Version number"),
        validators=[InputRequired(_l("Enter the number from the foot of the paper, such as 17-3fa9-c2d4."))],
        description=_l("It stands at the foot of each page, such as 17-3fa9-c2d4. Scanning the QR fills it in."),
    )
    signed_on = DateField(_l("Signed on"), validators=[InputRequired(_l("Enter the day of the signature."))])
    pages = MultipleFileField(
        _l("Photographs or scans"), description=_l("One for each page: JPEG, PNG, WebP or PDF, 8 MB each.")
    )

    def contents(self) -> list[bytes]:
        """Return what was handed in, without empty fields."""
        found = [upload.read() for upload in self.pages.data or () if upload and upload.filename]
        return [content for content in found if content]


class NumberForm(BaseForm):
    """The number that a scanned code brings along."""

    number = StringField()
