"""Steps four and five: land and animals, house and water."""

from typing import ClassVar

from wtforms import ValidationError
from wtforms.validators import Optional

from core.i18n import _, _l
from registry.choices import Fuel, HouseGrade, HouseStructure, RoadType, WaterSource
from registry.forms.fields import AmountField, ManyField, PickField, WholeField, YearField, YesNoField
from registry.forms.step import Group, StepForm

MU = _l("mu")
HEAD = _l("head")
PARTS = ("irrigated_mu", "dry_mu", "paddy_mu", "titled_mu")


class ProductionForm(StepForm):
    groups: ClassVar = (
        Group(_l("Farmland"), ("farmland_mu", *PARTS), money=True),
        Group(
            _l("Woods, pasture, water"),
            ("forest_mu", "returned_forest_mu", "orchard_mu", "pasture_mu", "water_mu"),
            money=True,
        ),
        Group(_l("Animals"), ("cattle", "sheep", "pigs", "poultry", "other_livestock"), money=True),
        Group(
            _l("Working together"),
            ("in_cooperative", "led_by_enterprise", "led_by_pioneer", "in_mutual_aid_fund", "microcredit_amount"),
        ),
    )

    farmland_mu = AmountField(_l("Farmland, all of it"), unit=MU)
    irrigated_mu = AmountField(_l("of it irrigated"), unit=MU)
    dry_mu = AmountField(_l("of it dry land"), unit=MU)
    paddy_mu = AmountField(_l("of it paddy"), unit=MU)
    titled_mu = AmountField(_l("of it with a title"), unit=MU)
    forest_mu = AmountField(_l("Woodland"), unit=MU)
    returned_forest_mu = AmountField(_l("Farmland returned to forest"), unit=MU)
    orchard_mu = AmountField(_l("Orchards"), unit=MU)
    pasture_mu = AmountField(_l("Pasture"), unit=MU)
    water_mu = AmountField(_l("Water surface"), unit=MU)
    cattle = WholeField(_l("Cattle"), unit=HEAD)
    sheep = WholeField(_l("Sheep and goats"), unit=HEAD)
    pigs = WholeField(_l("Pigs"), unit=HEAD)
    poultry = WholeField(_l("Poultry"), unit=HEAD)
    other_livestock = WholeField(_l("Other animals"), unit=HEAD)
    in_cooperative = YesNoField(_l("Member of a cooperative"))
    led_by_enterprise = YesNoField(_l("Works with a leading enterprise"))
    led_by_pioneer = YesNoField(_l("Works with somebody who leads the way"))
    in_mutual_aid_fund = YesNoField(_l("In the mutual aid fund"))
    microcredit_amount = AmountField(_l("Microcredit still owed"), unit=_l("yuan"))

    def validate_farmland_mu(self, field: AmountField) -> None:
        for name in PARTS:
            part = self[name].data
            if part is not None and field.data is not None and part > field.data:
                raise ValidationError(_("A part of the farmland is larger than the whole."))


class LivingForm(StepForm):
    groups: ClassVar = (
        Group(
            _l("House"),
            ("house_m2", "house_structure", "house_year", "house_grade", "dilapidated_repaired_year", "disaster_hit"),
        ),
        Group(_l("Water"), ("water_source", "water_safe", "water_difficult")),
        Group(
            _l("Power and road"),
            ("has_household_power", "has_production_power", "has_tv", "road_type", "distance_main_road_km"),
        ),
        Group(_l("Kitchen and toilet"), ("fuel_types", "has_sanitary_toilet")),
    )

    house_m2 = AmountField(_l("Living space"), description=_l("0 if there is no house of their own."), unit=_l("m²"))
    house_structure = PickField(_l("How it is built"), HouseStructure, validators=[Optional()])
    house_year = YearField(_l("Built in"))
    house_grade = PickField(
        _l("Grade of safety"),
        HouseGrade,
        description=_l("From the housing department's paper."),
        validators=[Optional()],
    )
    dilapidated_repaired_year = YearField(_l("Repaired or rebuilt in"))
    disaster_hit = YesNoField(_l("Hit by a disaster in the last twelve months"))
    water_source = PickField(_l("Where the water comes from"), WaterSource, validators=[Optional()])
    water_safe = YesNoField(_l("Water is safe"))
    water_difficult = YesNoField(_l("Water is hard to get"))
    has_household_power = YesNoField(_l("Power for the house"))
    has_production_power = YesNoField(_l("Power for work"))
    has_tv = YesNoField(_l("Radio or television"))
    road_type = PickField(_l("Road to the house"), RoadType, validators=[Optional()])
    distance_main_road_km = AmountField(_l("To the village's main road"), unit=_l("km"))
    fuel_types = ManyField(_l("What they cook with, at most three"), Fuel, most=3)
    has_sanitary_toilet = YesNoField(_l("Sanitary toilet"))
