"""Filtering findings, and saying why one stands as it is."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _, _l
from registry.choices import FindingReason, FindingStage
from registry.forms.fields import WordsField, choices_of


class FindingsForm(BaseForm):
    village = SelectField(_l("Village"), validators=[Optional()], validate_choice=False)
    rule = SelectField(_l("Rule"), validators=[Optional()], validate_choice=False)
    stage = SelectField(_l("Which"), validators=[Optional()], validate_choice=False)
    cursor = HiddenField()

    def offer(self, villages: list[tuple[str, str]], rules: list[tuple[str, str]]) -> "FindingsForm":
        """Fill in the choices; return the form."""
        self.village.choices = [SelectChoice("", _("All my villages")), *(SelectChoice(*pair) for pair in villages)]
        self.rule.choices = [SelectChoice("", _("All rules")), *(SelectChoice(*pair) for pair in rules)]
        self.stage.choices = choices_of(FindingStage)
        return self

    @property
    def chosen_stage(self) -> FindingStage:
        known = {stage.value: stage for stage in FindingStage}
        return known.get(self.stage.data or "", FindingStage.OPEN)


class ResolveForm(BaseForm):
    reason = RadioField(_l("Why it stands as it is"), validators=[InputRequired(_l("Choose a reason."))])
    note = WordsField(
        _l("In a few words"), description=_l("For the file only; it is kept encrypted."), validators=[Length(max=500)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = choices_of(FindingReason)
