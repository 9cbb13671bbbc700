"""The third step: what came in and what was paid in a year, item by item."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import ValidationError
from wtforms.validators import InputRequired, Optional

from core.clock import today
from core.i18n import _, _l, label
from registry.choices import IncomeCode, IncomeConcept, IncomeGroup, group_of_item
from registry.forms.fields import AmountField, DayField, ManyField, PickField, WholeField, YearField
from registry.forms.step import Group, StepForm
from registry.incomes import Item

YUAN = _l("yuan")
ONE_OFF = (IncomeGroup.PROPERTY, IncomeGroup.TRANSFER, IncomeGroup.CLAIMS)
FOLDED = frozenset({IncomeGroup.TRANSFER_EXPENSE, IncomeGroup.CLAIMS, IncomeGroup.SELF_PAID, IncomeGroup.PROPERTY})


def items_of(group: IncomeGroup) -> tuple[str, ...]:
    """Return the items of a group, in the order of the sheet."""
    return tuple(code.value for code in IncomeCode if group_of_item(code) is group)


class _YearForm(StepForm):
    year = YearField(_l("Which year"), validators=[InputRequired(_l("Enter a year of four digits, for example 2026"))])
    concept = PickField(
        _l("How it is counted"),
        IncomeConcept,
        description=_l("Disposable income also takes off contributions and support paid."),
        validators=[InputRequired(_l("Choose how it is counted."))],
    )
    members_start = WholeField(_l("Persons counted at the start of the year"), most=30)
    members_end = WholeField(
        _l("Persons counted at the end of the year"),
        most=30,
        validators=[InputRequired(_l("Enter how many persons are counted."))],
    )
    period_start = DayField(
        _l("First day"),
        description=_l("Only if it is not the calendar year, such as the twelve months before a visit."),
    )
    period_end = DayField(_l("Last day"))
    one_off = ManyField(
        _l("Which of these came only this once"),
        IncomeCode,
        description=_l("One-off relief and donations are no steady income and are shown apart."),
        validators=[Optional()],
    )

    def validate_year(self, field: YearField) -> None:
        if field.data is not None and field.data >= today().year and self.period_end.data is None:
            raise ValidationError(_("This year has not ended. Below, enter the twelve months before the visit."))

    def validate_members_end(self, field: WholeField) -> None:
        if field.data == 0:
            raise ValidationError(_("Nobody is counted: then there is no income per person."))

    def validate_period_end(self, field: DayField) -> None:
        start, end = self.period_start.data, field.data
        if (start is None) != (end is None):
            raise ValidationError(_("Enter both days, or neither."))
        if end is not None and end > today():
            raise ValidationError(_("This day has not come yet."))
        if end is not None and self.year.data is not None and end.year != self.year.data:
            raise ValidationError(_("The period ends in the year, after it began."))
        if start is not None and end is not None and end <= start:
            raise ValidationError(_("The last day lies before the first."))

    def items(self) -> tuple[Item, ...]:
        """Return the amounts that were entered and can be counted, in the order of the sheet."""
        once = set(self.one_off.data or ())
        amounts = [(code, self[code.value]) for code in IncomeCode]
        return tuple(
            Item(code, field.data, code.value in once)
            for code, field in amounts
            if field.data is not None and field.data >= 0 and field.data == round(field.data, 2)
        )


def _amounts(codes: Iterable[IncomeCode]) -> dict[str, AmountField]:
    return {code.value: AmountField(LabelOf(code), unit=YUAN) for code in codes}


class LabelOf:
    """The word of an item in the reader's language, at the time it is shown."""

    def __init__(self, code: IncomeCode) -> None:
        self.code = code

    def __str__(self) -> str:
        return label(self.code)


def _groups() -> tuple[Group, ...]:
    items = [
        Group(LabelOf(group), items_of(group), folded=group in FOLDED, money=True)  # type: ignore[arg-type]  # a text when shown
        for group in IncomeGroup
    ]
    return (
        Group(_l("Which year, how many persons"), ("year", "concept", "members_start", "members_end")),
        *items,
        Group(_l("Came only once"), ("one_off",), folded=True),
        Group(_l("Another period"), ("period_start", "period_end"), folded=True),
    )


class _Named(_YearForm):
    groups: ClassVar = _groups()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one_off.choices = [
            choice for choice in self.one_off.choices if group_of_item(IncomeCode(choice.value)) in ONE_OFF
        ]


EarningsForm: type[_Named] = type("EarningsForm", (_Named,), _amounts(IncomeCode))
