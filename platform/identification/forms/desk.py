"""What officers type about notices, objections, and what people told them."""

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import BaseForm
from core.i18n import _, _l, label
from identification.forms.public import LineField, OwnReportForm, WordsField
from identification.notice_choices import NoticeStep, ReasonGroup
from identification.objection_choices import Channel, Finding, Inadmissible, ObjectionKind

LONG = Length(max=2000)
ENTERED = (Channel.PAPER, Channel.PHONE)


def choices_of(members: Any) -> list[SelectChoice]:
    return [SelectChoice(member.value, label(member)) for member in members]


class BoxesField(SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Several choices, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WhichNoticeForm(BaseForm):
    region_code = SelectField(_l("Place"), validators=[InputRequired(_l("Choose a place."))])
    what = SelectField(_l("Which notice"), validators=[InputRequired(_l("Choose which notice."))])

    def offer(self, places: Sequence[tuple[str, str]], kinds: Sequence[tuple[str, str]]) -> "WhichNoticeForm":
        """Fill in the choices; return the form."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]
        self.what.choices = [SelectChoice(value, text) for value, text in kinds]
        return self

    def chosen(self) -> tuple[str, str, NoticeStep]:
        """Return place, pack and step."""
        pack, _slash, step = (self.what.data or "").partition("/")
        return self.region_code.data, pack, NoticeStep(step)


class PhotoForm(BaseForm):
    photo = FileField(_l("Photograph of the board"))


class InspectForm(BaseForm):
    still_up = RadioField(_l("Does it hang?"), validators=[InputRequired(_l("Choose one."))])
    photo = FileField(_l("Photograph"))

    def offer(self) -> "InspectForm":
        """Fill in the choices; return the form."""
        self.still_up.choices = [
            SelectChoice("yes", _("It hangs, whole and readable")),
            SelectChoice("no", _("It does not, or cannot be read")),
        ]
        return self


class ReasonForm(BaseForm):
    reason = WordsField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=500)])


class CorrectForm(BaseForm):
    name = LineField(
        _l("Name of the head"), validators=[InputRequired(_l("Write the name of the head.")), Length(max=60)]
    )
    persons = IntegerField(
        _l("Persons"),
        validators=[
            InputRequired(_l("A household has 1 to 30 persons.")),
            NumberRange(1, 30, _l("A household has 1 to 30 persons.")),
        ],
    )
    reason_group = SelectField(_l("Reason"), validators=[InputRequired(_l("Choose the reason."))])

    def offer(self) -> "CorrectForm":
        """Fill in the choices; return the form."""
        self.reason_group.choices = choices_of(ReasonGroup)
        return self


class EnterObjectionForm(BaseForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])
    channel = RadioField(_l("How it came"), validators=[InputRequired(_l("Choose how it came."))])
    kind = RadioField(_l("What is it about?"), validators=[InputRequired(_l("Choose what it is about."))])
    entry = SelectField(_l("Which household on a running list"), validate_choice=False, validators=[Optional()])
    told = WordsField(
        _l("What was said or written"),
        validators=[InputRequired(_l("Write what is wrong, in 5 to 2,000 characters.")), LONG],
    )
    name = LineField(_l("Name of who objected"), validators=[Length(max=60)])
    contact = LineField(_l("Phone number of who objected"), validators=[Length(max=60)])

    def offer(self, places: Sequence[tuple[str, str]], lines: Sequence[tuple[str, str]]) -> "EnterObjectionForm":
        """Fill in the choices; return the form."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]
        self.channel.choices = choices_of(ENTERED)
        self.kind.choices = choices_of(ObjectionKind)
        self.entry.choices = [SelectChoice("", _("None in particular")), *(SelectChoice(*line) for line in lines)]
        return self


class AcceptForm(BaseForm):
    concerns = BoxesField(_l("Officers whom it is about; they do not handle it"), validate_choice=False)

    def offer(self, officers: Sequence[tuple[str, str]]) -> "AcceptForm":
        """Fill in the choices; return the form."""
        self.concerns.choices = [SelectChoice(*officer) for officer in officers]
        return self


class RefuseForm(BaseForm):
    why = RadioField(_l("Why it is not taken up"), validators=[InputRequired(_l("Choose why."))])
    words = WordsField(
        _l("Reason for who objected"),
        validators=[InputRequired(_l("Write the reason for the person who objected.")), LONG],
    )

    def offer(self) -> "RefuseForm":
        """Fill in the choices; return the form."""
        self.why.choices = choices_of(Inadmissible)
        return self


class FindingForm(BaseForm):
    finding = RadioField(_l("What was found"), validators=[InputRequired(_l("Choose what was found."))])
    words = WordsField(_l("What you found"), validators=[InputRequired(_l("Write what you found.")), LONG])

    def offer(self) -> "FindingForm":
        """Fill in the choices; return the form."""
        self.finding.choices = choices_of(Finding)
        return self


class ReplyForm(BaseForm):
    words = WordsField(_l("Reply"), validators=[InputRequired(_l("Write the reply.")), LONG])


class EnterOwnReportForm(OwnReportForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])
    channel = RadioField(_l("How it came"), validators=[InputRequired(_l("Choose how it came."))])

    def offer_all(self, places: Sequence[tuple[str, str]]) -> "EnterOwnReportForm":
        """Fill in the choices; return the form."""
        self.offer()
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]
        self.channel.choices = choices_of(ENTERED)
        return self


class VillageForm(BaseForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])

    def offer(self, places: Sequence[tuple[str, str]]) -> "VillageForm":
        """Fill in the choices; return the form."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]
        return self
