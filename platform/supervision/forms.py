"""Forms of supervision. They only read input."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.forms import BaseForm
from core.i18n import _l, label
from supervision.models import Finding


class ClosingForm(BaseForm):
    finding = RadioField(_l("Finding"), validators=[InputRequired(_l("Choose a finding."))])
    finding_text = TextAreaField(
        _l("What you found"), validators=[InputRequired(_l("Write what you found.")), Length(max=1000)]
    )

    def offer(self) -> "ClosingForm":
        """Fill in the choices; return the form."""
        found = (Finding.ASK_AGAIN, Finding.ANNULLED, Finding.NOTHING_WRONG)
        self.finding.choices = [SelectChoice(finding.value, label(finding)) for finding in found]
        return self


class AnswerForm(BaseForm):
    answer = TextAreaField(
        _l("What was done about it"),
        validators=[InputRequired(_l("Write what was done about it.")), Length(max=2000)],
    )
