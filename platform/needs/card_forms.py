"""Forms of the household card: the first one, and the wish for a new one."""

from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.forms import BaseForm
from core.i18n import _l, label
from registry.choices import ReplacementReason


class CardForm(BaseForm):
    given_on = DateField(_l("Handed over on"), validators=[InputRequired(_l("Enter the day."))])


class ReplacementForm(BaseForm):
    reason = RadioField(_l("Why"), validators=[InputRequired(_l("Choose why a new card is needed."))])
    second_officer = SelectField(
        _l("Second officer"),
        description=_l("He finds it on his own desk and agrees there himself."),
        validators=[InputRequired(_l("Choose the second officer."))],
    )

    def offer(self, officers: list[tuple[str, str]]) -> "ReplacementForm":
        """Fill in the choices; return the form."""
        self.reason.choices = [SelectChoice(reason.value, label(reason)) for reason in ReplacementReason]
        self.second_officer.choices = [SelectChoice("", ""), *(SelectChoice(*row) for row in officers)]
        return self
