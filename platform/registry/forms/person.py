"""One person of the second step."""

from typing import ClassVar

from wtforms import ValidationError
from wtforms.validators import InputRequired, Length, Optional

from core.clock import today
from core.errors import NotValid
from core.i18n import _, _l
from registry.choices import (
    DisabilityType,
    Education,
    Health,
    IdType,
    Labour,
    MemberEventKind,
    PoliticalStatus,
    Relation,
    SchoolStatus,
    Sex,
    WorkRegion,
)
from registry.forms.fields import DayField, LineField, ManyField, PickField, WholeField, WordsField, YesNoField
from registry.forms.step import Group, StepForm
from registry.id_numbers import normal_id_number

_OFF = {"autocomplete": "off"}
JOINING = (
    MemberEventKind.BORN,
    MemberEventKind.MARRIED_IN,
    MemberEventKind.RETURNED,
    MemberEventKind.MOVED_IN,
)


class PersonForm(StepForm):
    """A person on file: what may have changed since last year."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_l("Who it is"), ("name", "sex", "id_type", "id_number", "birth_date", "ethnicity", "relation_to_head")),
        Group(_l("School"), ("education_level", "school_status", "dropout_reason")),
        Group(_l("State of health"), ("health_status", "disability_type", "disability_level")),
        Group(
            _l("Work"),
            ("labour_ability", "work_region", "work_place", "work_months", "public_welfare_job", "job_months"),
        ),
        Group(
            _l("Insurance and allowances"),
            (
                "receives_dibao",
                "has_basic_medical_insurance",
                "has_basic_pension",
                "has_serious_illness_insurance",
                "has_commercial_medical",
                "has_accident_insurance_subsidy",
            ),
        ),
        Group(_l("Further"), ("is_widowed", "speaks_putonghua", "political_status"), folded=True),
        Group(_l("Counted for the income per person"), ("counts_for_income", "counts_reason")),
    )

    name = LineField(
        _l("Full name"),
        validators=[InputRequired(_l("Enter the name as the ID shows it.")), Length(max=50)],
        render_kw=_OFF,
    )
    sex = PickField(_l("Sex"), Sex, validators=[InputRequired(_l("Choose the sex."))])
    id_type = PickField(_l("Kind of certificate"), IdType, validators=[Optional()])
    id_number = LineField(
        _l("Number of the paper"),
        description=_l("Only if it is new or was wrong: what is on file is never shown."),
        render_kw=_OFF,
    )
    birth_date = DayField(_l("Day of birth"), validators=[InputRequired(_l("Enter the day of birth."))])
    ethnicity = LineField(_l("Ethnic group"), validators=[Length(max=20)], render_kw=_OFF)
    relation_to_head = PickField(
        _l("Relation to the head"), Relation, validators=[InputRequired(_l("Choose the relation to the head."))]
    )
    education_level = PickField(_l("Schooling completed"), Education, validators=[Optional()])
    school_status = PickField(_l("At school now"), SchoolStatus, validators=[Optional()])
    dropout_reason = LineField(_l("Why not at school"), validators=[Length(max=200)], render_kw=_OFF)
    health_status = ManyField(_l("State of health"), Health)
    disability_type = PickField(_l("Kind of disability, from the certificate"), DisabilityType, validators=[Optional()])
    disability_level = WholeField(_l("Grade of disability, 1 to 4"), most=4)
    labour_ability = PickField(_l("Ability to work"), Labour, validators=[Optional()])
    work_region = PickField(_l("Works where"), WorkRegion, validators=[Optional()])
    work_place = LineField(_l("Place of work"), validators=[Length(max=100)], render_kw=_OFF)
    work_months = WholeField(_l("Months of work in the year"), most=12)
    public_welfare_job = YesNoField(_l("Has a public welfare job"))
    job_months = WholeField(_l("Months in that job"), most=12)
    receives_dibao = YesNoField(_l("Receives dibao"))
    has_basic_medical_insurance = YesNoField(_l("Basic medical insurance"))
    has_basic_pension = YesNoField(_l("Basic pension insurance"))
    has_serious_illness_insurance = YesNoField(_l("Serious illness insurance"))
    has_commercial_medical = YesNoField(_l("Commercial medical insurance"))
    has_accident_insurance_subsidy = YesNoField(_l("Subsidy for accident insurance"))
    is_widowed = YesNoField(_l("Widowed"))
    speaks_putonghua = YesNoField(_l("Speaks standard Chinese"))
    political_status = PickField(_l("Political status"), PoliticalStatus, validators=[Optional()])
    counts_for_income = YesNoField(
        _l("Shares income and expenses"),
        description=_l("Also who works away and sends money. Not: who died, is in prison, or lives by himself."),
    )
    counts_reason = WordsField(_l("Why counted, or why not"), validators=[Length(max=200)])

    def validate_health_status(self, field: ManyField) -> None:
        if Health.HEALTHY.value in (field.data or ()) and len(field.data) > 1:
            raise ValidationError(_("Healthy stands alone."))

    def validate_id_number(self, field: LineField) -> None:
        if field.data and self.id_type.data in {"", IdType.RESIDENT_ID.value}:
            try:
                normal_id_number(field.data, today=today())
            except NotValid as refusal:
                raise ValidationError(_("This is not a valid ID number.")) from refusal

    def validate_birth_date(self, field: DayField) -> None:
        if field.data is not None and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_dropout_reason(self, field: LineField) -> None:
        born, status = self.birth_date.data, self.school_status.data
        if field.data or born is None or status != SchoolStatus.NOT_IN_SCHOOL.value:
            return
        if 6 <= today().year - born.year - ((today().month, today().day) < (born.month, born.day)) <= 15:
            raise ValidationError(_("Say why a child between 6 and 15 is not at school."))


class NewPersonForm(PersonForm):
    """A person who is not on file yet."""

    groups: ClassVar = (
        *PersonForm.groups[:1],
        Group(_l("Since when"), ("joined_by", "joined_on")),
        *PersonForm.groups[1:],
    )
    joined_by = PickField(
        _l("How this person came to live here"),
        MemberEventKind,
        kept=JOINING,
        description=_l("Leave it empty if the person has lived here all along and was only not on file."),
        validators=[Optional()],
    )
    joined_on = DayField(_l("Since which day"))

    def validate_joined_on(self, field: DayField) -> None:
        if self.joined_by.data and field.data is None:
            raise ValidationError(_("Enter since which day."))
        if field.data is not None and field.data > today():
            raise ValidationError(_("This day has not come yet."))
