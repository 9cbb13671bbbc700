"""What people without an account type: objections, what happened to a household, the number of a receipt."""

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.forms import BaseForm
from core.i18n import _, _l, label
from identification.notice_lines import WebLine
from identification.objection_choices import ObjectionKind

OFF = {"autocomplete": "off"}
WITHOUT_LIST = (ObjectionKind.OMISSION, ObjectionKind.PROCEDURE, ObjectionKind.CONFLICT_OF_INTEREST)


class LineField(StringField):  # type: ignore[misc]  # WTForms is untyped
    """A line of text; one that was not sent is empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else (self.data or "")


class WordsField(TextAreaField):  # type: ignore[misc]  # WTForms is untyped
    """Some lines of text; those that were not sent are empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else (self.data or "")


class ObjectionForm(BaseForm):
    kind = RadioField(_l("What is it about?"), validators=[InputRequired(_l("Choose what it is about."))])
    entry = SelectField(_l("Which household on the list"), validate_choice=False)
    told = WordsField(
        _l("What is wrong"), validators=[InputRequired(_l("Write what is wrong, in 5 to 2,000 characters."))]
    )
    name = LineField(_l("Your name"), validators=[Length(max=60)], render_kw=OFF)
    contact = LineField(_l("Your phone number"), validators=[Length(max=60)], render_kw=OFF)

    def offer(self, lines: tuple[WebLine, ...] | None) -> "ObjectionForm":
        """Fill in the choices: with a list its households, without one only what needs no list; return the form."""
        kinds = WITHOUT_LIST if lines is None else tuple(ObjectionKind)
        self.kind.choices = [SelectChoice(kind.value, label(kind)) for kind in kinds]
        known = [line for line in lines or () if not line.is_masked]
        rows = [SelectChoice(str(line.entry_id), _line_words(line)) for line in known]
        self.entry.choices = [SelectChoice("", _("None in particular")), *rows]
        return self


def _line_words(line: WebLine) -> str:
    return _("%(name)s, household ending in %(suffix)s", name=line.masked_name, suffix=line.household_suffix)


class OwnReportForm(BaseForm):
    for_another = RadioField(_l("Who is it about?"), validators=[InputRequired(_l("Choose who it is about."))])
    name = LineField(
        _l("Name of the head of the household"),
        validators=[InputRequired(_l("Write whose household it is.")), Length(max=60)],
        render_kw=OFF,
    )
    teller_name = LineField(_l("Your own name, if it is another household"), validators=[Length(max=60)], render_kw=OFF)
    told = WordsField(
        _l("What happened, in a few words"),
        validators=[InputRequired(_l("Write in a few words what happened.")), Length(max=1000)],
    )
    phone = LineField(_l("Phone number"), validators=[Length(max=30)], render_kw=OFF | {"inputmode": "tel"})
    paper_code = LineField(
        _l("No phone: the code on the paper from the village office"),
        validators=[Length(max=20)],
        render_kw=OFF | {"inputmode": "numeric"},
    )

    def offer(self) -> "OwnReportForm":
        """Fill in the choices; return the form."""
        words = {"no": _("My own household"), "yes": _("Another household; I speak for it")}
        self.for_another.choices = [SelectChoice(value, text) for value, text in words.items()]
        return self


class ReceiptForm(BaseForm):
    receipt_no = LineField(
        _l("Receipt number"), validators=[InputRequired(_l("Enter the number of the receipt."))], render_kw=OFF
    )
    key = LineField(
        _l("Phone number, or the code"),
        validators=[InputRequired(_l("Enter the phone number or the code."))],
        render_kw=OFF,
    )
