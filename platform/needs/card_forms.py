"""Forms of what two officers do: the household card and the wish for a new one, the order to erase."""

from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.forms import BaseForm
from core.i18n import _l, label
from registry.choices import ErasureReason, ReplacementReason


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


class ErasureForm(BaseForm):
    reason = RadioField(_l("Why"), validators=[InputRequired(_l("Choose why it is erased."))])

    def offer(self) -> "ErasureForm":
        """Fill in the choices; return the form."""
        self.reason.choices = [SelectChoice(reason.value, label(reason)) for reason in ErasureReason]
        return self
