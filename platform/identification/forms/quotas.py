"""Forms about quotas. They only read input."""

from collections.abc import Iterable

from wtforms import FileField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.forms import BaseForm
from core.i18n import _l, label
from identification.quotas.apportionment import Method
from identification.quotas.levels import FactorCode

LONGEST_TEXT = 400_000


class NewRunForm(BaseForm):
    region_code = HiddenField()
    level = HiddenField()
    year = IntegerField(
        _l("Year"), validators=[InputRequired(_l("Enter a year, for example 2014.")), NumberRange(2013, 2100)]
    )
    total = IntegerField(_l("Persons to share out"), validators=[Optional(), NumberRange(0, 100_000_000)])
    method = RadioField(_l("How whole persons are given out"), default=Method.HAMILTON.value)
    file = FileField(_l("CSV file"), validators=[Optional()])
    text = TextAreaField(
        _l("Or the lines themselves"), validators=[Optional(), Length(max=LONGEST_TEXT)], render_kw={"rows": 8}
    )

    def offer(self) -> "NewRunForm":
        """Fill in the choices; return the form."""
        self.method.choices = [SelectChoice(method.value, label(method)) for method in Method]
        return self


class WeightsForm(BaseForm):
    """The weight of each factor; one without a weight takes no part."""

    dilapidated_houses = StringField()
    unsafe_water = StringField()
    unpaved_road = StringField()
    ill_or_disabled = StringField()
    school_dropout = StringField()
    migrant_workers = StringField()
    farmland = StringField()
    collective_income = StringField()
    distance = StringField()

    def named(self) -> "WeightsForm":
        """Give each field the word of its factor; return the form."""
        for field in self:
            field.label.text = label(FactorCode(field.name))
        return self

    @property
    def given(self) -> dict[FactorCode, str]:
        """The weights that were typed."""
        typed = {FactorCode(field.name): (field.data or "").strip() for field in self}
        return {code: weight for code, weight in typed.items() if weight}


class DiscardForm(BaseForm):
    reason = TextAreaField(
        _l("Why"), validators=[InputRequired(_l("Write the reason.")), Length(max=500)], id="discard-reason"
    )


class DeclineForm(BaseForm):
    reason = StringField(_l("Why not"), validators=[InputRequired(_l("Write the reason.")), Length(max=500)])


class TransferForm(BaseForm):
    from_code = SelectField(_l("From"), validators=[InputRequired(_l("Choose a place."))])
    to_code = SelectField(_l("To"), validators=[InputRequired(_l("Choose a place."))])
    persons = IntegerField(_l("Number of persons"), validators=[InputRequired(_l("Enter how many persons are moved."))])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody can read it. Name no person."),
        validators=[InputRequired(_l("Write the reason, in 5 to 500 characters.")), Length(max=500)],
    )

    def offer(self, places: Iterable[tuple[str, str]]) -> "TransferForm":
        """Fill in the places of the run; return the form."""
        choices = [SelectChoice("", str(_l("Choose"))), *(SelectChoice(code, name) for code, name in places)]
        self.from_code.choices = self.to_code.choices = choices
        return self


class SettleForm(BaseForm):
    """What a village used of its number, in whole households."""

    village = SelectField(_l("Village"), validators=[InputRequired(_l("Choose a village."))])
    recognised = IntegerField(
        _l("Persons recognised"),
        validators=[InputRequired(_l("Enter how many persons were recognised.")), NumberRange(0, 1_000_000)],
    )
    last_household = IntegerField(
        _l("Members of the last household"),
        description=_l("It comes in whole: up to one person fewer than its members may stand over the number."),
        validators=[InputRequired(_l("Enter how many members the last household has.")), NumberRange(0, 30)],
    )

    def offer(self, villages: Iterable[tuple[str, str]]) -> "SettleForm":
        """Fill in the villages of the run; return the form."""
        self.village.choices = [SelectChoice("", str(_l("Choose"))), *(SelectChoice(*one) for one in villages)]
        return self
