"""The village register of a year, in the groups of the paper form (domain.md 2.3)."""

from typing import Any, ClassVar

from wtforms import ValidationError
from wtforms.validators import Length, Optional

from core.i18n import _, _l
from registry.choices import Terrain, VillageType
from registry.forms.bands import NAMES, BandsForm
from registry.forms.fields import AmountField, LineField, PickField, WholeField, YesNoField
from registry.forms.step import Group

_OFF = {"autocomplete": "off"}
MU, KM, YUAN = _l("mu"), _l("km"), _l("yuan")
HOUSEHOLDS, PERSONS = _l("households"), _l("persons")
# Numbers that cannot be larger than the whole they are taken from.
WITHIN: dict[str, tuple[str, ...]] = {
    "population": (
        "minority_population",
        "women",
        "labour_force",
        "migrant_workers",
        "poor_population",
        "dibao_population",
        "tekun_population",
        "disabled_population",
        "medical_insured",
        "pension_insured",
    ),
    "households": (
        "poor_households",
        "dibao_households",
        "tekun_households",
        "households_unsafe_water",
        "households_water_difficulty",
        "dilapidated_households",
        "tv_households",
        "broadband_households",
        "mobile_internet_households",
    ),
    "farmland_mu": ("irrigated_mu",),
}


class _Basics(BandsForm):
    village_type = PickField(_l("Kind of village"), VillageType, validators=[Optional()])
    terrain = PickField(_l("Terrain"), Terrain, validators=[Optional()])
    lon = AmountField(_l("Longitude"), unit="°", least=None, places=6)
    lat = AmountField(_l("Latitude"), unit="°", least=None, places=6)
    development_direction = LineField(_l("Direction of development"), validators=[Length(max=100)], render_kw=_OFF)
    village_head = LineField(_l("Who leads the village"), validators=[Length(max=50)], render_kw=_OFF)
    village_head_post = LineField(_l("Post"), validators=[Length(max=50)], render_kw=_OFF)
    office_phone = LineField(
        _l("Phone of the office"), validators=[Length(max=20)], render_kw=_OFF | {"inputmode": "tel"}
    )
    party_members = WholeField(_l("Party members"), unit=PERSONS)
    graduate_officials = WholeField(_l("Graduates as village officials"), unit=PERSONS)
    natural_villages = WholeField(_l("Natural villages"))
    village_groups = WholeField(_l("Villagers' groups"))
    households = WholeField(_l("Households in all"), unit=HOUSEHOLDS)
    population = WholeField(_l("Population in all"), unit=PERSONS)
    minority_population = WholeField(_l("of it ethnic minorities"), unit=PERSONS)
    women = WholeField(_l("of it women"), unit=PERSONS)
    labour_force = WholeField(_l("of it able to work"), unit=PERSONS)
    migrant_workers = WholeField(_l("of it working away more than three months"), unit=PERSONS)
    poor_households = WholeField(_l("Registered households"), unit=HOUSEHOLDS)
    poor_population = WholeField(_l("Persons in registered households"), unit=PERSONS)
    dibao_households = WholeField(_l("Households on dibao"), unit=HOUSEHOLDS)
    dibao_population = WholeField(_l("Persons on dibao"), unit=PERSONS)
    tekun_households = WholeField(_l("Households in extreme difficulty"), unit=HOUSEHOLDS)
    tekun_population = WholeField(_l("Persons in extreme difficulty"), unit=PERSONS)
    disabled_population = WholeField(_l("Persons with a disability"), unit=PERSONS)


class _Means(_Basics):
    farmland_mu = AmountField(_l("Farmland, all of it"), unit=MU)
    irrigated_mu = AmountField(_l("of it irrigated"), unit=MU)
    forest_mu = AmountField(_l("Woodland"), unit=MU)
    returned_forest_mu = AmountField(_l("Farmland returned to forest"), unit=MU)
    orchard_mu = AmountField(_l("Orchards"), unit=MU)
    pasture_mu = AmountField(_l("Pasture"), unit=MU)
    water_mu = AmountField(_l("Water surface"), unit=MU)
    net_income_per_capita = AmountField(_l("Farmers' net income per person"), unit=YUAN, least=None)
    collective_income = AmountField(
        _l("Income of the village collective"),
        description=_l("In yuan. The paper form counts in tens of thousands."),
        unit=YUAN,
    )
    cooperatives = WholeField(_l("Farmers' cooperatives"))
    cooperative_poor_households = WholeField(_l("Registered households in them"), unit=HOUSEHOLDS)
    tourism_households = WholeField(_l("Households in village tourism"), unit=HOUSEHOLDS)
    tourism_people = WholeField(_l("Persons in village tourism"), unit=PERSONS)
    farm_stay_households = WholeField(_l("Households with a farm stay"), unit=HOUSEHOLDS)
    farm_stay_income = AmountField(_l("Income of a farm stay, on average"), unit=YUAN)
    specialty_industry = LineField(_l("Specialty of the village"), validators=[Length(max=100)], render_kw=_OFF)


class VillageForm(_Means):
    """The sheet of a year. Nothing in it is filled beforehand."""

    groups: ClassVar = (
        Group(
            _l("The village"),
            (
                "village_type",
                "terrain",
                "lon",
                "lat",
                "development_direction",
                "village_head",
                "village_head_post",
                "office_phone",
            )
            + ("party_members", "graduate_officials"),
        ),
        Group(
            _l("People"),
            ("natural_villages", "village_groups", "households", "population", "minority_population", "women")
            + ("labour_force", "migrant_workers", "poor_households", "poor_population", "dibao_households")
            + ("dibao_population", "tekun_households", "tekun_population", "disabled_population"),
            money=True,
        ),
        Group(
            _l("Land"),
            ("farmland_mu", "irrigated_mu", "forest_mu", "returned_forest_mu", "orchard_mu", "pasture_mu", "water_mu"),
            money=True,
        ),
        Group(_l("Income"), ("net_income_per_capita", "collective_income"), money=True),
        Group(
            _l("Roads"),
            ("paved_road_to_township", "bus_service", "unpaved_km_to_township", "natural_villages_unpaved")
            + ("natural_villages_unpaved_km",),
        ),
        Group(_l("Natural villages without a road"), NAMES, folded=True, money=True),
        Group(
            _l("Water, power, houses"),
            ("households_unsafe_water", "households_water_difficulty", "natural_villages_without_household_power")
            + ("natural_villages_without_production_power", "natural_villages_with_power", "dilapidated_households"),
            money=True,
        ),
        Group(
            _l("Work and trade"),
            ("cooperatives", "cooperative_poor_households", "tourism_households", "tourism_people")
            + ("farm_stay_households", "farm_stay_income", "specialty_industry"),
            money=True,
        ),
        Group(
            _l("Health and insurance"),
            ("clinics", "doctors", "public_toilets", "waste_points", "medical_insured", "pension_insured"),
            money=True,
        ),
        Group(
            _l("Schools, culture, lines"),
            ("kindergartens", "primary_schools", "teaching_points", "culture_rooms", "tv_households")
            + ("broadband_households", "broadband_schools", "mobile_internet_households", "information_officers"),
            money=True,
        ),
    )
    paved_road_to_township = YesNoField(_l("Paved road to the township"))
    bus_service = YesNoField(_l("Bus service"))
    unpaved_km_to_township = AmountField(_l("Still unpaved to the township"), unit=KM)
    natural_villages_unpaved = WholeField(_l("Natural villages without a paved road"))
    natural_villages_unpaved_km = AmountField(_l("Length of their roads"), unit=KM)
    households_unsafe_water = WholeField(_l("Households without safe water"), unit=HOUSEHOLDS)
    households_water_difficulty = WholeField(_l("Households for whom water is hard to get"), unit=HOUSEHOLDS)
    natural_villages_without_household_power = WholeField(_l("Natural villages without power in the house"))
    natural_villages_without_production_power = WholeField(_l("Natural villages without power for work"))
    natural_villages_with_power = WholeField(_l("Natural villages of 20 households and more with power"))
    dilapidated_households = WholeField(_l("Households in a dilapidated house"), unit=HOUSEHOLDS)
    clinics = WholeField(_l("Clinics"))
    doctors = WholeField(_l("Doctors with a licence"), unit=PERSONS)
    public_toilets = WholeField(_l("Public sanitary toilets"))
    waste_points = WholeField(_l("Places for waste"))
    medical_insured = WholeField(_l("In basic medical insurance"), unit=PERSONS)
    pension_insured = WholeField(_l("In basic pension insurance"), unit=PERSONS)
    kindergartens = WholeField(_l("Kindergartens"))
    primary_schools = WholeField(_l("Primary schools"))
    teaching_points = WholeField(_l("Teaching points"))
    culture_rooms = WholeField(_l("Rooms for books and culture"))
    tv_households = WholeField(_l("Households with radio or television"), unit=HOUSEHOLDS)
    broadband_households = WholeField(_l("Households with a broadband line"), unit=HOUSEHOLDS)
    broadband_schools = WholeField(_l("Primary schools with a broadband line"))
    mobile_internet_households = WholeField(_l("Households online by phone"), unit=HOUSEHOLDS)
    information_officers = WholeField(_l("Information officers"), unit=PERSONS)

    def validate_households(self, field: WholeField) -> None:
        if field.data is not None and self.population.data is not None and field.data > self.population.data:
            raise ValidationError(_("There are more households than persons."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check each field, then the parts against their wholes."""
        whole = bool(super().validate(*args, **kwargs))
        return not self._too_large() and whole

    def _too_large(self) -> bool:
        found = False
        for name, parts in WITHIN.items():
            for part in parts:
                most, value = self[name].data, self[part].data
                if most is not None and value is not None and value > most:
                    words = _("This is more than: %(whole)s.", whole=self[name].label.text)
                    self[part].errors = [*self[part].errors, words]
                    found = True
        return found
