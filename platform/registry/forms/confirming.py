"""The day that a survey is put on file for."""

from wtforms import ValidationError
from wtforms.validators import InputRequired

from core.clock import today
from core.forms import BaseForm
from core.i18n import _, _l
from registry.forms.fields import DayField


class ConfirmForm(BaseForm):
    as_of = DayField(
        _l("Day of the visit"), validators=[InputRequired(_l("Enter the day of the visit, for example 2026-11-18."))]
    )

    def validate_as_of(self, field: DayField) -> None:
        if field.data is not None and field.data > today():
            raise ValidationError(_("This day has not come yet."))
