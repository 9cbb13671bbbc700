"""Forms of pledges, deliveries and answers. They only read input."""

from wtforms import (
    DateField,
    DecimalField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _l, label
from pairing.choices import LinkTerm
from pledges.choices import CallBack, Outcome, PledgeKind
from registry.choices import FundSource

_DATE = _l("Enter the date, for example 2026-12-05")


class PledgeForm(BaseForm):
    quantity = DecimalField(
        _l("How many can you bring"), places=None, validators=[InputRequired(_l("Say how many you can bring."))]
    )
    due_on = DateField(
        _l("Brought by which day"),
        validators=[InputRequired(_l("Enter the delivery date, for example 2026-12-05"))],
        render_kw={"placeholder": "2026-12-05"},
    )
    kind = SelectField(_l("Kind of help"), validators=[InputRequired(_l("Choose the kind of help."))])
    term = RadioField(_l("How you join"), validators=[InputRequired(_l("Choose how you join."))])
    note = TextAreaField(_l("A word to the paired officer"), validators=[Length(max=500)])

    def offer(self, kinds: tuple[PledgeKind, ...], terms: tuple[LinkTerm, ...]) -> "PledgeForm":
        """Fill in the choices; return the form."""
        self.kind.choices = [SelectChoice(kind.value, label(kind)) for kind in kinds]
        self.term.choices = [SelectChoice(term.value, label(term)) for term in terms]
        return self


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Reason"), validators=[Length(max=1000)])


class DeliveryForm(BaseForm):
    quantity = DecimalField(_l("How many"), places=None, validators=[InputRequired(_l("Say how many."))])
    delivered_on = DateField(
        _l("Day"), validators=[InputRequired(_DATE)], description=_l("A day to come plans the delivery.")
    )
    fund_source = SelectField(_l("Where it comes from"), validators=[InputRequired(_l("Choose where it comes from."))])
    courier_no = StringField(_l("Courier's number"), validators=[Length(max=60)])
    evidence = FileField(
        _l("Picture of the things or of the paper"),
        description=_l("Things and papers only: no faces, door plates or homes."),
    )

    def offer(self, sources: tuple[FundSource, ...]) -> "DeliveryForm":
        """Fill in the choices; return the form."""
        self.fund_source.choices = [SelectChoice(source.value, label(source)) for source in sources]
        return self


class ArrivalForm(BaseForm):
    arrived_on = DateField(_l("Day of arrival"), validators=[InputRequired(_DATE)])
    receiver = StringField(
        _l("Who took it in"), validators=[InputRequired(_l("Write who took it in.")), Length(max=50)]
    )
    courier_no = StringField(_l("Courier's number"), validators=[Length(max=60)])


class EnteredAnswerForm(BaseForm):
    """An answer that somebody reads out or that came on paper."""

    code = StringField(
        _l("The ten digits of the slip"),
        validators=[InputRequired(_l("Enter the ten digits of the slip.")), Length(max=60)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    pin = PasswordField(_l("PIN of the household card"), validators=[Length(max=12)])
    outcome = RadioField(_l("What the household says"), validators=[InputRequired(_l("Choose one answer."))])
    quantity = DecimalField(_l("How many came, if only a part"), places=None, validators=[Optional()])
    comment = TextAreaField(_l("In the household's words"), validators=[Length(max=500)])

    def offer(self) -> "EnteredAnswerForm":
        """Fill in the choices; return the form."""
        self.outcome.choices = [SelectChoice(outcome.value, label(outcome)) for outcome in Outcome]
        return self


class PaperAnswerForm(EnteredAnswerForm):
    second_opener = StringField(
        _l("Who opened the box with you"),
        validators=[InputRequired(_l("The box is opened by two people. Name the second.")), Length(max=50)],
    )
    posted_on = DateField(_l("Posted on"), validators=[InputRequired(_DATE)])


class CallBackForm(BaseForm):
    found = RadioField(_l("What the household says"), validators=[InputRequired(_l("Choose one answer."))])

    def offer(self) -> "CallBackForm":
        """Fill in the choices; return the form."""
        self.found.choices = [SelectChoice(found.value, label(found)) for found in CallBack]
        return self


class SlipForm(BaseForm):
    """Code and PIN, as the household types them."""

    code = StringField(
        _l("Ten digits on the slip"),
        validators=[InputRequired(_l("Enter the ten digits of the slip.")), Length(max=60)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    pin = PasswordField(
        _l("PIN of your household card, four digits"),
        validators=[Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class CardForm(BaseForm):
    card = HiddenField()
    pin = PasswordField(
        _l("PIN of your household card, four digits"),
        validators=[InputRequired(_l("Enter the four digits of the PIN.")), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class AnswerForm(BaseForm):
    """The household's answer; the ticket says that slip and PIN were shown."""

    ticket = HiddenField(validators=[InputRequired()])
    step = HiddenField()
    outcome = RadioField(choices=[SelectChoice(o.value, o.value) for o in Outcome], validators=[Optional()])
    quantity = DecimalField(_l("How many came"), places=None, validators=[Optional()])
    comment = TextAreaField(_l("In a few words, if you like"), validators=[Length(max=500)])


class TicketForm(BaseForm):
    """The ticket of who has shown card and PIN."""

    ticket = HiddenField()
    link = HiddenField()
