"""What an officer types to open a case: where and by which rules, then a clue or an application."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _, _l
from identification.case_choices import CaseOrigin
from identification.forms.desk import choices_of
from identification.forms.public import OFF, LineField, WordsField
from identification.services.cases import Applicant
from identification.services.cases.entering import CLUES

Pairs = Sequence[tuple[str, str]]
CLUE, APPLICATION = "clue", "application"


class WhichCaseForm(BaseForm):
    village = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])
    household = HiddenField()
    what = RadioField(_l("What is entered"), validators=[InputRequired(_l("Choose what is entered."))])

    def offer(self, villages: Pairs, kinds: Pairs) -> "WhichCaseForm":
        """Fill in the choices; return the form."""
        self.village.choices = [SelectChoice(*pair) for pair in villages]
        self.what.choices = [SelectChoice(*pair) for pair in kinds]
        return self

    def chosen(self) -> tuple[str, str, str]:
        """Return village, pack, and whether it is a clue or an application."""
        pack, _slash, kind = (self.what.data or "").partition("/")
        return self.village.data, pack, kind


class WhoseCaseForm(BaseForm):
    """What a clue and an application have in common."""

    household = SelectField(_l("Household of the register"), validators=[Optional()])
    name = LineField(
        _l("Name of the head, if the household is not on the list"), validators=[Length(max=60)], render_kw=OFF
    )
    told = WordsField(_l("What was said, in a few words"), validators=[Length(max=1000)])
    phone = LineField(_l("Phone number"), validators=[Length(max=30)], render_kw=OFF | {"inputmode": "tel"})
    paper_code = LineField(
        _l("No phone: the code on the paper from the village office"),
        validators=[Length(max=20)],
        render_kw=OFF | {"inputmode": "numeric"},
    )
    witness = LineField(_l("Witness"), validators=[Length(max=60)], render_kw=OFF)

    def offer(self, households: Pairs) -> Any:
        """Fill in the choices; return the form."""
        none = SelectChoice("", _("Not on the list, or not known yet"))
        self.household.choices = [none, *(SelectChoice(*pair) for pair in households)]
        return self

    def said(self, *, assisted: bool) -> Applicant:
        """Return whose household it is and who helped to say it."""
        return Applicant(self.name.data, self.phone.data, assisted, self.witness.data, self.paper_code.data)


class ClueForm(WhoseCaseForm):
    origin = RadioField(_l("Where it comes from"), validators=[InputRequired(_l("Choose where the clue comes from."))])
    witness = LineField(_l("Who told it, if it was somebody else"), validators=[Length(max=60)], render_kw=OFF)

    def offer(self, households: Pairs) -> "ClueForm":
        """Fill in the choices; return the form."""
        super().offer(households)
        self.origin.choices = choices_of(CLUES)
        return self

    @property
    def chosen_origin(self) -> CaseOrigin:
        return CaseOrigin(self.origin.data)


class ApplicationForm(WhoseCaseForm):
    assisted = RadioField(_l("Who writes it"), validators=[InputRequired(_l("Choose who writes it."))])
    witness = LineField(_l("Witness, if it is written for the household"), validators=[Length(max=60)], render_kw=OFF)

    def offer(self, households: Pairs) -> "ApplicationForm":
        """Fill in the choices; return the form."""
        super().offer(households)
        words = {"no": _("The household itself"), "yes": _("Somebody writes it with the household")}
        self.assisted.choices = [SelectChoice(*pair) for pair in words.items()]
        return self
