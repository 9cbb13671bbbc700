"""The team stationed in a village, what the village plans, and what became of it (domain.md 2.3)."""

from decimal import Decimal
from typing import Any

from wtforms import ValidationError
from wtforms.validators import InputRequired, Length, Optional

from core.clock import today
from core.forms import BaseForm
from core.i18n import _, _l, label
from registry.choices import FundSource, TeamLevel
from registry.forms.fields import AmountField, DayField, LineField, PickField, WholeField, WordsField, YearField

_OFF = {"autocomplete": "off"}
HOUSEHOLDS, PERSONS, YUAN = _l("households"), _l("persons"), _l("yuan")
BUDGET = "budget_"


class TeamForm(BaseForm):
    unit = LineField(
        _l("Unit that sends the team"),
        validators=[InputRequired(_l("Enter the unit that sends the team.")), Length(max=100)],
        render_kw=_OFF,
    )
    unit_level = PickField(_l("Level of the unit"), TeamLevel, validators=[Optional()])
    leader = LineField(_l("Leader"), validators=[Length(max=50)], render_kw=_OFF)
    first_secretary = LineField(_l("First secretary"), validators=[Length(max=50)], render_kw=_OFF)
    members = LineField(_l("Further members"), validators=[Length(max=200)], render_kw=_OFF)
    valid_from = DayField(
        _l("Since which day"),
        description=_l("The first day of what stands on file corrects it; a later day closes it."),
        validators=[InputRequired(_l("Enter since which day."))],
    )

    def validate_valid_from(self, field: DayField) -> None:
        _refuse_ahead(field)


class TeamEndForm(BaseForm):
    ended_on = DayField(
        _l("Left on"), validators=[InputRequired(_l("Enter the day, for example 2026-11-05"))], id="ended_on"
    )

    def validate_ended_on(self, field: DayField) -> None:
        _refuse_ahead(field)


def _refuse_ahead(field: DayField) -> None:
    if field.data is not None and field.data > today():
        raise ValidationError(_("This day has not come yet."))


class _PlanForm(BaseForm):
    year = YearField(_l("Year"), validators=[InputRequired(_l("Enter a year of four digits, for example 2026"))])
    project = LineField(
        _l("Project"), validators=[InputRequired(_l("Enter the name of the project.")), Length(max=100)], render_kw=_OFF
    )
    category = LineField(_l("Kind of project"), validators=[Length(max=50)], render_kw=_OFF)
    scale = LineField(
        _l("Size"), description=_l("For example 3.2 km, 40 lamps."), validators=[Length(max=100)], render_kw=_OFF
    )
    beneficiary_households = WholeField(_l("Who has a benefit: households"), unit=HOUSEHOLDS)
    beneficiary_people = WholeField(_l("Who has a benefit: persons"), unit=PERSONS)
    starts_on = DayField(_l("Begins on"))
    ends_on = DayField(_l("Done by"))
    responsible_unit = LineField(_l("Responsible unit"), validators=[Length(max=100)], render_kw=_OFF)

    def validate_year(self, field: YearField) -> None:
        if field.data is not None and not 1990 <= field.data <= today().year + 5:
            raise ValidationError(_("Enter a year from 1990 on, at most five years ahead."))

    def validate_beneficiary_people(self, field: WholeField) -> None:
        households = self.beneficiary_households.data
        if field.data is not None and households is not None and field.data < households:
            raise ValidationError(_("There are more households than persons."))

    def validate_ends_on(self, field: DayField) -> None:
        if field.data is not None and self.starts_on.data is not None and field.data < self.starts_on.data:
            raise ValidationError(_("The project ends before it begins."))

    def values(self) -> dict[str, Any]:
        """Return what the service takes; the budget names yuan by source, only where there is something."""
        found = {name: field.data for name, field in self._fields.items() if not name.startswith(BUDGET)}
        found.pop("year")
        money = {source.value: self[BUDGET + source.value].data for source in FundSource}
        return found | {"budget": {name: str(amount) for name, amount in money.items() if amount}}


class _Source:
    """The word of a source in the reader's language, at the time it is shown."""

    def __init__(self, source: FundSource) -> None:
        self.source = source

    def __str__(self) -> str:
        return label(self.source)


PlanForm: type[_PlanForm] = type(
    "PlanForm",
    (_PlanForm,),
    {BUDGET + source.value: AmountField(_Source(source), unit=YUAN) for source in FundSource},
)


def plan_values(plan: Any) -> dict[str, Any]:
    """Return a plan as its form has it."""
    names = [name for name in PlanForm()._fields if not name.startswith(BUDGET)]
    money = {BUDGET + source: Decimal(str(amount)) for source, amount in plan.budget.items()}
    return {name: getattr(plan, name) for name in names} | money


class ResultForm(BaseForm):
    year = YearField(_l("Year"), validators=[InputRequired(_l("Enter a year of four digits, for example 2026"))])
    spent = AmountField(_l("Spent so far"), unit=YUAN)
    progress = LineField(_l("How far it is"), validators=[Length(max=100)], render_kw=_OFF)
    accepted_on = DayField(_l("Accepted on"))
    effect = WordsField(_l("What it brings"), validators=[Length(max=500)])

    def validate_year(self, field: YearField) -> None:
        if field.data is not None and not 1990 <= field.data <= today().year:
            raise ValidationError(_("Enter a year from 1990 to this year."))

    def validate_accepted_on(self, field: DayField) -> None:
        _refuse_ahead(field)
