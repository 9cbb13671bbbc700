"""Filtering cases, and what officers type about them: a clue or an application, whose household it is."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _, _l
from identification.case_choices import CaseStage
from identification.case_packs import pack_labels
from identification.forms.desk import choices_of
from identification.forms.public import OFF, LineField

Pairs = Sequence[tuple[str, str]]


class CaseFilterForm(BaseForm):
    stage = SelectField(_l("Stage"), validators=[Optional()], validate_choice=False)
    village = SelectField(_l("Village"), validators=[Optional()], validate_choice=False)
    pack = SelectField(_l("Rules"), validators=[Optional()], validate_choice=False)
    waiting = HiddenField()
    cursor = HiddenField()

    def offer(self, villages: Pairs) -> "CaseFilterForm":
        """Fill in the choices; return the form."""
        self.stage.choices = [SelectChoice("", _("All states")), *choices_of(CaseStage)]
        self.village.choices = [SelectChoice("", _("All my villages")), *(SelectChoice(*pair) for pair in villages)]
        packs = [SelectChoice(code, str(words)) for code, words in pack_labels.items()]
        self.pack.choices = [SelectChoice("", _("All sets of rules")), *packs]
        return self

    @property
    def chosen_stage(self) -> CaseStage | None:
        return {stage.value: stage for stage in CaseStage}.get(self.stage.data or "")

    @property
    def chosen_village(self) -> str:
        found: str = self.village.data or ""
        return found if len(found) == 12 and found.isdecimal() else ""

    @property
    def chosen_pack(self) -> str:
        return self.pack.data if self.pack.data in pack_labels else ""

    def kept(self) -> dict[str, Any]:
        """Return what the next page of the list is asked with."""
        stage = self.chosen_stage
        chosen = {"stage": stage.value if stage else "", "village": self.chosen_village, "pack": self.chosen_pack}
        return {name: value for name, value in chosen.items() if value}


class FindCaseForm(BaseForm):
    number = LineField(
        _l("Number of the receipt or of the household"),
        validators=[InputRequired(_l("Enter the number of a receipt or household.")), Length(max=40)],
        render_kw=OFF,
    )
