"""Forms of public pages: they only read input."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _l


class ReportForm(BaseForm):
    """What somebody wants to tell us; anybody may stay anonymous."""

    text = TextAreaField(
        _l("What is not right"),
        validators=[DataRequired(_l("Write what is not right.")), Length(max=1000)],
    )
    page = StringField(_l("Which page or which need"), validators=[Optional(), Length(max=300)])
    contact = StringField(_l("How we can reach you"), validators=[Optional(), Length(max=100)])
