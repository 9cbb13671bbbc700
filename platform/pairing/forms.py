"""Forms of pairings, links and invitations. They only read input."""

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import BaseForm
from core.i18n import _, _l, label
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import LinkFunction, LinkTerm, UnitLevel

# Sponsorship stays off until a charity's project can be recorded (workflows.md, doubts 15).
JOINING = {
    ConsentItem.GOODS_VIA_OFFICE: _l("Goods through the village office; we learn nothing about the household"),
    ConsentItem.VISITS: _l("Visits to the household"),
    ConsentItem.PHONE_CONTACT: _l("Calls to the household"),
    ConsentItem.SERVICES: _l("A service at the household's home"),
}


class MultiCheckboxField(SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Reason"), validators=[Length(max=1000)])


class CommentForm(BaseForm):
    comment = TextAreaField(_l("Your comment"), validators=[Length(max=500)])
    objection = BooleanField(_l("I object, for the reason above"))


class ConsentForm(BaseForm):
    method = RadioField(_l("How the household agreed"), validators=[InputRequired(_l("Choose how it agreed."))])
    scope = MultiCheckboxField(_l("What the household agreed to"))
    until = DateField(_l("Agreed until"), validators=[InputRequired(_l("Enter the date, for example 2026-12-05"))])
    witness = StringField(_l("Witness"), validators=[Length(max=50)])

    def offer(self) -> "ConsentForm":
        """Fill in the choices; return the form."""
        self.method.choices = [SelectChoice(method.value, label(method)) for method in ConsentMethod]
        items = [item for item in ConsentItem if item is not ConsentItem.PUBLISH]
        self.scope.choices = [SelectChoice(item.value, label(item)) for item in items]
        return self


class JoinForm(BaseForm):
    term = RadioField(_l("How you join"), validators=[InputRequired(_l("Choose how you join."))])
    wants = RadioField(
        _l("What you would ask of the household"),
        description=_l("What its survey does not cover, the village asks it about first."),
        validators=[Optional()],
    )

    def offer(self) -> "JoinForm":
        """Fill in the choices; return the form."""
        self.term.choices = [SelectChoice(term.value, label(term)) for term in LinkTerm]
        self.wants.choices = [SelectChoice(item.value, words) for item, words in JOINING.items()]
        return self


class OfficialForm(BaseForm):
    """Who becomes the first helper, his successor, or a further official helper. A person is `kind:account`."""

    person = RadioField(_l("Who"), validators=[InputRequired(_l("Choose one person or unit."))])
    unit_level = SelectField(
        _l("Whose unit it is"),
        description=_l("For a household the public sees this and nothing else: no name, no unit, no day."),
        validators=[Optional()],
    )
    function = RadioField(_l("What for"), validators=[Optional()])
    starts_on = DateField(_l("From which day"), validators=[Optional()])
    reason = TextAreaField(_l("Reason"), validators=[Length(max=500)])

    def offer(self, persons: list[tuple[str, str]]) -> "OfficialForm":
        """Fill in the choices; return the form."""
        self.person.choices = [SelectChoice(key, words) for key, words in persons]
        levels = [(level.value, label(level)) for level in UnitLevel]
        self.unit_level.choices = [SelectChoice(*row) for row in (("", _("As the place of its office")), *levels)]
        self.function.choices = [SelectChoice(function.value, label(function)) for function in LinkFunction]
        return self


class InvitationForm(BaseForm):
    donor = RadioField(_l("Helpers on file"), validate_choice=False)
    email = StringField(_l("Or an e-mail address"), validators=[Length(max=200)])
    language = RadioField(_l("Language of the e-mail"), validators=[Optional()])
    needs = MultiCheckboxField(_l("For which needs"))
    message = TextAreaField(_l("A word to them"), validators=[Length(max=500)])

    def offer(self, donors: list[tuple[str, str]], needs: list[tuple[str, str]]) -> "InvitationForm":
        """Fill in the choices; return the form."""
        self.donor.choices = [SelectChoice(key, name) for key, name in donors]
        self.language.choices = [SelectChoice("zh", _("Chinese")), SelectChoice("en", _("English"))]
        self.needs.choices = [SelectChoice(key, name) for key, name in needs]
        return self
