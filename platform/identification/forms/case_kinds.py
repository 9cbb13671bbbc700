"""Choosing the kind of monitoring and the risks, the heaviest first."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from core.errors import NotValid
from core.forms import BaseForm
from core.i18n import _, _l
from identification.forms.desk import choices_of
from registry.choices import MonitoringKind, RiskType

RISKS = ("risk_1", "risk_2", "risk_3", "risk_4", "risk_5")


class CaseKindForm(BaseForm):
    monitored_kind = RadioField(_l("Kind of monitoring"), validators=[InputRequired(_l("Choose the kind."))])
    risk_1 = SelectField(_l("The heaviest risk"), validators=[InputRequired(_l("Choose the heaviest risk."))])
    risk_2 = SelectField(_l("The second risk"), validators=[Optional()])
    risk_3 = SelectField(_l("The third risk"), validators=[Optional()])
    risk_4 = SelectField(_l("The fourth risk"), validators=[Optional()])
    risk_5 = SelectField(_l("The fifth risk"), validators=[Optional()])

    def offer(self) -> "CaseKindForm":
        """Fill in the choices; return the form."""
        self.monitored_kind.choices = choices_of(MonitoringKind)
        for name in RISKS:
            empty = _("Choose") if name == RISKS[0] else _("None")
            self[name].choices = [SelectChoice("", empty), *choices_of(RiskType)]
        return self

    @property
    def kind(self) -> MonitoringKind:
        return MonitoringKind(self.monitored_kind.data)

    @property
    def risks(self) -> list[RiskType]:
        """The risks in their order, without gaps."""
        return [RiskType(self[name].data) for name in RISKS if self[name].data]

    def refuse(self, refusal: NotValid) -> None:
        """Put what concerns the risks beside the first of them."""
        errors = dict(refusal.errors)
        if "risk_types" in errors:
            errors["risk_1"] = errors.pop("risk_types")
        super().refuse(NotValid(errors))
