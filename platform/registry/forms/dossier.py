"""For which day a file is shown, and what for."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.forms import BaseForm
from core.i18n import _l
from registry.forms.fields import DayField, choices_of
from registry.services import RevealPurpose


class DossierDayForm(BaseForm):
    on = DayField(_l("Day"))


class PurposeForm(BaseForm):
    purpose = SelectField(_l("What for"), validators=[InputRequired(_l("Say what for."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.choices = [SelectChoice("", ""), *choices_of(RevealPurpose)]
