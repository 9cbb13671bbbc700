"""What officers type about a case: whose household, letter, visit, a department's answer, flags, the meeting."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, FileField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import BaseForm
from core.i18n import _, _l
from identification.case_choices import Department, Hardship, MatchResult, Seen, VetoCode
from identification.forms.desk import choices_of
from identification.forms.public import OFF, LineField, WordsField
from identification.services.cases.visits import VIEWS, VisitSeen

Pairs = Sequence[tuple[str, str]]
UNMEASURED = "unmeasured"
CHOOSE = _l("Choose one.")
A_DAY = _l("Enter a day.")


def sent_file(field: Any) -> bytes | None:
    """Return the bytes of an uploaded file, or None if nothing was sent."""
    sent = field.data
    return (sent.read() or None) if sent is not None and hasattr(sent, "read") else None


class NameHouseholdForm(BaseForm):
    household = SelectField(_l("Household of the register"), validators=[InputRequired(_l("Choose the household."))])

    def offer(self, households: Pairs) -> "NameHouseholdForm":
        """Fill in the choices; return the form."""
        self.household.choices = [SelectChoice("", _("Choose")), *(SelectChoice(*pair) for pair in households)]
        return self


class LetterForm(BaseForm):
    signed_on = DateField(_l("Signed on"), validators=[InputRequired(A_DAY)])
    scan = FileField(_l("Photograph or scan of the signed letter"))
    witness = LineField(_l("Who saw the thumbprint"), validators=[Length(max=60)], render_kw=OFF)


def view_field(words: Any, missing: Any) -> Any:
    return RadioField(words, validators=[InputRequired(missing)])


class VisitForm(BaseForm):
    visited_on = DateField(_l("Day of the visit"), validators=[InputRequired(A_DAY)])
    first = SelectField(_l("First visitor"), validators=[InputRequired(_l("Choose the first visitor."))])
    second = SelectField(_l("Second visitor"), validators=[InputRequired(_l("Choose the second visitor."))])
    food = view_field(_l("Food: is there enough to eat and to wear?"), _l("Say how it is with food."))
    housing = view_field(_l("House: is it safe?"), _l("Say how it is with the house."))
    labour = view_field(_l("Labour: who can work, and has work?"), _l("Say how it is with labour."))
    schooling = view_field(_l("Schooling: do the children go to school?"), _l("Say how it is with schooling."))
    water = view_field(_l("Water: is it safe and near?"), _l("Say how it is with water."))
    income = RadioField(_l("Income of a year"), validators=[InputRequired(_l("Choose a year, or why not."))])
    no_income_reason = WordsField(_l("Why it cannot be measured"), validators=[Length(max=2000)])
    words = WordsField(_l("What you saw, in your words"), validators=[Length(max=2000)])
    photo = FileField(_l("Photograph of the house"))

    def offer(self, officers: Pairs, years: Pairs) -> "VisitForm":
        """Fill in the choices; return the form."""
        people = [SelectChoice("", _("Choose")), *(SelectChoice(*pair) for pair in officers)]
        self.first.choices = self.second.choices = people
        for name in VIEWS:
            self[name].choices = choices_of(Seen)
        self.income.choices = [
            *(SelectChoice(*pair) for pair in years),
            SelectChoice(UNMEASURED, _("It cannot be measured")),
        ]
        return self

    def seen(self) -> VisitSeen:
        """Return what was seen; call it on a form that was found valid."""
        measured = self.income.data != UNMEASURED
        return VisitSeen(
            visited_on=self.visited_on.data,
            first=UUID(self.first.data),
            second=UUID(self.second.data),
            views={name: Seen(self[name].data) for name in VIEWS},
            income_year=int(self.income.data) if measured else None,
            no_income_reason="" if measured else self.no_income_reason.data,
            words=self.words.data,
            photo=sent_file(self.photo),
        )


class MatchForm(BaseForm):
    department = RadioField(_l("Department"), validators=[InputRequired(_l("Choose the department."))])
    result = RadioField(_l("Result"), validators=[InputRequired(_l("Choose the result."))])
    as_of = DateField(_l("Day of the answer"), validators=[InputRequired(A_DAY)])
    words = WordsField(_l("What the department wrote"), validators=[Length(max=1000)])

    def offer(self, departments: Sequence[Department]) -> "MatchForm":
        """Fill in the choices; return the form."""
        self.department.choices = choices_of(departments)
        self.result.choices = choices_of(MatchResult)
        return self


class NewFlagForm(BaseForm):
    code = RadioField(_l("What may speak against it"), validators=[InputRequired(CHOOSE)])
    words = WordsField(_l("What makes you raise it"), validators=[InputRequired(_l("Write it in a few words."))])

    def offer(self, codes: Sequence[VetoCode]) -> "NewFlagForm":
        """Fill in the choices; return the form."""
        self.code.choices = choices_of(codes)
        return self


class DecideFlagForm(BaseForm):
    decision = RadioField(_l("Your finding"), validators=[InputRequired(CHOOSE)])
    hardship = RadioField(_l("Which hardship"), validators=[Optional()])
    evidence = WordsField(_l("Evidence"), validators=[InputRequired(_l("Write down the evidence.")), Length(max=1000)])

    def offer(self, *, may_confirm: bool, is_stop: bool) -> "DecideFlagForm":
        """Fill in the choices; return the form. A hard stop is put right, no hardship outweighs it."""
        words = {
            "confirm": _("It is so"),
            "clear": _("It was put right") if is_stop else _("It is not so"),
            "hardship": _("It is so, but a hardship outweighs it"),
        }
        left_out = {"hardship"} if is_stop else set()
        left_out |= set() if may_confirm else {"confirm"}
        self.decision.choices = [SelectChoice(*pair) for pair in words.items() if pair[0] not in left_out]
        self.hardship.choices = choices_of(Hardship)
        return self

    @property
    def chosen_hardship(self) -> Hardship | None:
        chosen = self.decision.data == "hardship" and self.hardship.data
        return Hardship(self.hardship.data) if chosen else None


class ProposeForm(BaseForm):
    told = BooleanField(_l("The meeting is told of the open flags"))
