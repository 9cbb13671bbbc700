"""The first step: the household itself."""

from typing import ClassVar

from wtforms import ValidationError
from wtforms.validators import Length, Optional

from core.i18n import _, _l
from registry.choices import HouseholdCategory, IdentificationStandard, RelocationMode
from registry.forms.fields import LineField, ManyField, PickField, WordsField, YearField, YesNoField
from registry.forms.step import Group, StepForm
from registry.services.describing import PHONE

_OFF = {"autocomplete": "off"}


class BasicsForm(StepForm):
    groups: ClassVar = (
        Group(_l("Where they live"), ("natural_village", "group_no", "address_detail")),
        Group(_l("How to reach them"), ("phone", "bank_name", "bank_account")),
        Group(
            _l("How they stand in the register"),
            (
                "identification_standard",
                "household_category",
                "registered_year",
                "planned_exit_year",
                "is_relative_of_official",
            ),
        ),
        Group(
            _l("Resettlement"),
            ("is_relocation_household", "relocation_mode", "resettlement_site", "relocation_difficulties"),
            folded=True,
        ),
        Group(
            _l("Only where a local rule asks for it"),
            ("is_martyr_family", "is_only_child_household", "is_two_daughter_household"),
            folded=True,
        ),
    )

    natural_village = LineField(_l("Natural village"), validators=[Length(max=40)], render_kw=_OFF)
    group_no = LineField(_l("Group"), validators=[Length(max=20)], render_kw=_OFF)
    address_detail = LineField(
        _l("House or door"), description=_l("Kept encrypted."), validators=[Length(max=100)], render_kw=_OFF
    )
    phone = LineField(_l("Phone"), validators=[Length(max=20)], render_kw={"inputmode": "tel", "autocomplete": "off"})
    bank_name = LineField(_l("Bank"), validators=[Length(max=60)], render_kw=_OFF)
    bank_account = LineField(
        _l("Account number"),
        description=_l("12 to 19 digits, from the passbook or card. Kept encrypted."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    identification_standard = PickField(
        _l("Standard of identification"), IdentificationStandard, validators=[Optional()]
    )
    household_category = ManyField(_l("Kind of household"), HouseholdCategory)
    registered_year = YearField(_l("Registered in"))
    planned_exit_year = YearField(_l("Planned year of exit"))
    is_relocation_household = YesNoField(_l("Resettled household"))
    relocation_mode = PickField(_l("Way of resettlement"), RelocationMode, validators=[Optional()])
    resettlement_site = LineField(_l("Place of resettlement"), validators=[Length(max=100)], render_kw=_OFF)
    relocation_difficulties = WordsField(_l("Difficulties of resettlement"), validators=[Length(max=500)])
    is_martyr_family = YesNoField(_l("Family of a martyr or soldier"))
    is_only_child_household = YesNoField(_l("Household of an only child"))
    is_two_daughter_household = YesNoField(_l("Household of two daughters"))
    is_relative_of_official = YesNoField(_l("Relative of a village official"))

    def validate_planned_exit_year(self, field: YearField) -> None:
        registered = self.registered_year.data
        if field.data is not None and registered is not None and field.data < registered:
            raise ValidationError(_("The planned year lies before the year of registration."))

    def validate_phone(self, field: LineField) -> None:
        if field.data and not PHONE.fullmatch(field.data.replace(" ", "")):
            raise ValidationError(_("Enter a mobile number of 11 digits or a landline."))

    def validate_bank_account(self, field: LineField) -> None:
        digits = (field.data or "").replace(" ", "")
        if digits and not (digits.isascii() and digits.isdecimal() and 12 <= len(digits) <= 19):
            raise ValidationError(_("An account number has 12 to 19 digits."))
