"""What donors type about themselves, and what the county decides."""

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import BaseForm
from core.i18n import _, _l, label
from donors.cities import city_choices
from donors.models import DonorKind, EvidenceKind
from donors.policy import OPEN_KINDS


def _with_words(nothing: str, rows: list[tuple[str, str]]) -> list[SelectChoice]:
    """Return the choices, with the words for none of them in front unless they are empty."""
    first = [SelectChoice("", nothing)] if nothing else []
    return first + [SelectChoice(value, words) for value, words in rows]


class MultiCheckboxField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several answers, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ContactForm(BaseForm):
    contact_name = StringField(
        _l("Name of the contact"),
        validators=[InputRequired(_l("Enter the name of the contact.")), Length(max=80)],
        render_kw={"autocomplete": "name"},
    )
    contact_phone = StringField(
        _l("Phone of the contact"),
        description=_l("Only the offices that work on your pledges see it."),
        validators=[InputRequired(_l("Enter a phone number.")), Length(max=30)],
        render_kw={"autocomplete": "tel", "type": "tel"},
    )
    contact_email = StringField(
        _l("E-mail"), validators=[Length(max=200)], render_kw={"autocomplete": "email", "type": "email"}
    )
    named_publicly = BooleanField(
        _l("Our organisation may be named on public pages"),
        description=_l("Otherwise pages say, for example, “Enterprise in Nanning”. Persons are never named."),
    )


class RegisterForm(ContactForm):
    invitation = HiddenField(validators=[Length(max=60)])
    asks_about_name = False
    kind = SelectField(_l("Who wants to help"), validators=[InputRequired(_l("Choose what you are."))])
    name = StringField(
        _l("Name"),
        description=_l("As it stands on the certificate or card."),
        validators=[InputRequired(_l("Enter the name.")), Length(max=80)],
    )
    name_is_right = BooleanField(
        _l("This is the name on our certificate or card"),
        description=_l("The county compares it with your papers."),
    )
    uscc = StringField(
        _l("Uniform social credit code"),
        description=_l(
            "18 characters, for organisations. A volunteer group gives the code of the unit that vouches for it."
        ),
        validators=[Length(max=60)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    id_number = StringField(
        _l("ID number"),
        description=_l("18 digits, for persons. It is stored encrypted and never shown."),
        validators=[Length(max=60)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    city_code = SelectField(_l("City where you are at home"), validate_choice=True)
    region = SelectField(_l("County that checks your papers"))
    username = StringField(
        _l("User name"),
        description=_l("3 to 40 small letters, digits, dots, hyphens or underscores."),
        validators=[InputRequired(_l("Choose a user name.")), Length(max=60)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        description=_l("At least 8 characters. Several words are easy to remember."),
        validators=[InputRequired(_l("Choose a password.")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    consent = BooleanField(
        _l("I agree that these details are used to check who we are and to work on our pledges"),
        validators=[InputRequired(_l("Without this we cannot register you."))],
    )

    def offer(self, counties: list[tuple[str, str]]) -> "RegisterForm":
        """Fill in the choices; return the form."""
        self.kind.choices = _with_words(_("Choose what you are"), [(str(kind), label(kind)) for kind in OPEN_KINDS])
        self.city_code.choices = _with_words(_("Another city"), city_choices())
        self.region.choices = _with_words("" if len(counties) == 1 else _("Choose a county"), counties)
        return self

    @property
    def is_person(self) -> bool:
        return bool(self.kind.data == DonorKind.INDIVIDUAL)


class EvidenceForm(BaseForm):
    kind = SelectField(_l("Kind of paper"), validators=[InputRequired(_l("Choose the kind of paper."))])
    file = FileField(_l("Picture or PDF, at most 8 MB"))

    def offer(self) -> "EvidenceForm":
        """Fill in the choices; return the form."""
        kinds = [(str(kind), label(kind)) for kind in EvidenceKind]
        self.kind.choices = _with_words(_("Choose the kind of paper"), kinds)
        return self


class PhoneProofForm(BaseForm):
    code = StringField(
        _l("Code from the text message"),
        validators=[InputRequired(_l("Enter the six digits of the text message.")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)])


class VerifyForm(BaseForm):
    level = RadioField(
        _l("Level"),
        choices=[
            SelectChoice("1", _l("1: the form is right; single gifts over the village office")),
            SelectChoice("2", _l("2: the papers were seen; may pledge and join pairings")),
            SelectChoice("3", _l("3: visited on site; may visit households")),
        ],
        validators=[InputRequired(_l("Choose the level."))],
    )
    evidence_seen = MultiCheckboxField(_l("Papers that I have seen"), validate_choice=True)

    def offer(self, kinds: list[EvidenceKind]) -> "VerifyForm":
        """Offer the papers that the donor handed in; return the form."""
        self.evidence_seen.choices = _with_words("", [(str(kind), label(kind)) for kind in kinds])
        return self


class AppealDecisionForm(ReasonForm):
    decision = RadioField(
        _l("Decision on the appeal"),
        choices=[
            SelectChoice("accept", _l("Check the donor again")),
            SelectChoice("dismiss", _l("Leave the decision as it is")),
        ],
        validators=[InputRequired(_l("Choose a decision."))],
    )


class QueueForm(BaseForm):
    tab = StringField(validators=[Length(max=20)])
    cursor = StringField(validators=[Length(max=500)])
