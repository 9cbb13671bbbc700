"""What is typed on the desk about households, surveys and needs."""

from decimal import Decimal
from typing import Any

from wtforms import (
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import BaseForm
from core.i18n import _, _l, label
from needs.choices import Category, ConsentItem, ConsentMethod, NeedVisibility, RejectReason, Urgency
from needs.rules import RuleResult, sentence_of
from needs.services.gate import REASON_PREFIX
from registry.choices import Cause
from registry.services import RevealPurpose

_OFF = {"autocomplete": "off"}


class MultiCheckboxField(SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Several choices, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LineField(StringField):  # type: ignore[misc]  # WTForms is untyped
    """A line of text; one that was not sent is empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else (self.data or "")


class WordsField(TextAreaField):  # type: ignore[misc]  # WTForms is untyped
    """Some lines of text; those that were not sent are empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else (self.data or "")


def _choices(members: Any) -> list[tuple[str, str]]:
    return [(member.value, label(member)) for member in members]


class SearchForm(BaseForm):
    number = LineField(_l("Household number"), validators=[Length(max=30)], render_kw=_OFF)
    cursor = HiddenField()


class NewHouseholdForm(BaseForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose a village."))])
    household_no = LineField(
        _l("Household number"),
        description=_l("As it stands in the register; never the ID number."),
        validators=[InputRequired(_l("Enter the household's number, at most 30 characters.")), Length(max=30)],
        render_kw=_OFF,
    )
    group_no = LineField(_l("Group"), validators=[Length(max=20)], render_kw=_OFF)
    size = IntegerField(
        _l("Persons who live there"),
        validators=[
            InputRequired(_l("Enter how many persons live there, 1 to 30.")),
            NumberRange(1, 30, _l("Enter how many persons live there, 1 to 30.")),
        ],
    )
    head_name = LineField(
        _l("Name of the head"),
        description=_l("As the ID shows it. It is kept encrypted."),
        validators=[InputRequired(_l("Enter the name as the ID shows it, at most 50 characters.")), Length(max=50)],
        render_kw=_OFF,
    )
    id_number = LineField(
        _l("ID number of the head"),
        description=_l("It is kept encrypted and never shown again; it keeps a household from being entered twice."),
        validators=[InputRequired(_l("This is not a valid ID number.")), Length(max=30)],
        render_kw=_OFF,
    )
    phone = LineField(_l("Phone"), validators=[Optional(), Length(max=20)], render_kw=_OFF)


class RevealForm(BaseForm):
    purpose = SelectField(_l("What for"), validators=[InputRequired(_l("Say what for."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.choices = [("", ""), *_choices(RevealPurpose)]


class VisitForm(BaseForm):
    visited_on = DateField(
        _l("Day of the visit"), validators=[InputRequired(_l("Enter the day of the visit, for example 2026-11-18."))]
    )
    second_visitor = LineField(
        _l("Who was there too"),
        description=_l("Name and office of the second person; both are responsible for what stands here."),
        validators=[InputRequired(_l("Name the second person who was there.")), Length(max=50)],
    )
    pictures = MultipleFileField(
        _l("Pictures or papers"),
        description=_l("Only of things and papers, never of people, doors or homes. JPEG, PNG, WebP or PDF."),
    )
    taken_on = DateField(_l("Day the pictures were taken"), validators=[Optional()])
    paper_no = LineField(
        _l("Number of a paper in the office"),
        description=_l("If the evidence lies in the village office instead."),
        validators=[Length(max=80)],
    )


class SurveyForm(BaseForm):
    surveyed_on = DateField(
        _l("Day of the visit"), validators=[InputRequired(_l("Enter the day of the visit, for example 2026-11-18."))]
    )
    second_visitor = LineField(
        _l("Who was there too"), validators=[InputRequired(_l("Name the second person who was there.")), Length(max=50)]
    )
    causes = MultiCheckboxField(_l("What makes it hard"))
    note = WordsField(
        _l("What you saw"),
        description=_l("For the file only; it is kept encrypted."),
        validators=[Length(max=2000)],
    )
    items = MultiCheckboxField(
        _l("What the household agrees to, one by one"),
        description=_l("Any adult of the household may agree, and take it back at any time."),
    )
    given_by = LineField(_l("Who agreed"), validators=[Length(max=50)], render_kw=_OFF)
    method = SelectField(_l("How"))
    witness = LineField(
        _l("Witness"), description=_l("Needed for a thumbprint or a spoken word."), validators=[Length(max=50)]
    )
    valid_until = DateField(_l("The consent runs until"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.causes.choices = _choices(Cause)
        self.items.choices = _choices(ConsentItem)
        self.method.choices = _choices(ConsentMethod)


class VillageSurveyForm(BaseForm):
    surveyed_on = DateField(
        _l("Day of the visit"), validators=[InputRequired(_l("Enter the day of the visit, for example 2026-11-18."))]
    )
    second_visitor = LineField(
        _l("Who was there too"), validators=[InputRequired(_l("Name the second person who was there.")), Length(max=50)]
    )
    causes = MultiCheckboxField(_l("What makes it hard"))
    note = WordsField(_l("What you saw"), validators=[Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.causes.choices = _choices(Cause)


class ItemForm(BaseForm):
    category = SelectField(_l("Kind of need"), validators=[InputRequired(_l("Choose one kind."))])
    item_code = SelectField(
        _l("Thing of the county's list"),
        description=_l("Standard things are approved faster."),
        validators=[Optional()],
    )
    title = LineField(
        _l("What is needed, in one line"),
        description=_l("The thing, how many, the size: Winter quilt, 2, 1.8 m, 4 kg. No names."),
        validators=[InputRequired(_l("Say what is needed in at most 60 characters.")), Length(max=60)],
    )
    quantity = DecimalField(
        _l("How many"),
        places=None,
        validators=[
            InputRequired(_l("Enter a quantity above 0, with at most two decimals.")),
            NumberRange(min=Decimal("0.01"), message=_l("Enter a quantity above 0, with at most two decimals.")),
        ],
    )
    unit = LineField(
        _l("Unit"), validators=[InputRequired(_l("Enter the unit, such as quilt, kg or hour.")), Length(max=12)]
    )
    min_lot = DecimalField(
        _l("Smallest part that helps"),
        description=_l("Several helpers can share a need; this is the least that one of them brings."),
        places=None,
        validators=[Optional()],
    )
    unit_price = DecimalField(
        _l("Usual price for one, in yuan"),
        description=_l("For the check against the county's reference; it is not published."),
        places=None,
        validators=[Optional()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = _choices(Category)


class WhyForm(BaseForm):
    description = WordsField(
        _l("Why it is needed, in a few words"),
        description=_l(
            "At most 200 characters, for everybody to read: no names, phones, illnesses, schools, addresses."
        ),
        validators=[InputRequired(_l("Say in a few words why it is needed")), Length(max=200)],
        render_kw={"rows": 4, "maxlength": 200},
    )


class WhenForm(BaseForm):
    needed_from = DateField(_l("Needed from"), validators=[Optional()])
    needed_by = DateField(_l("Needed by"), validators=[Optional()])
    urgency = RadioField(_l("How urgent"), default=Urgency.ROUTINE.value)
    urgency_reason = LineField(_l("Why it is urgent"), validators=[Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.urgency.choices = _choices(Urgency)


class VisibilityForm(BaseForm):
    visibility = RadioField(_l("Who may see it"), validators=[InputRequired(_l("Choose who may see it."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visibility.choices = _choices(NeedVisibility)


class ReasonForm(BaseForm):
    reason = WordsField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=500)])


class RevisitForm(BaseForm):
    visited_on = DateField(_l("Day of the visit"), validators=[InputRequired(_l("Enter the day."))])
    finding = RadioField(_l("What you found"), validators=[InputRequired(_l("Say what you found."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [("as_written", _("It is as written")), ("differs", _("It is not as written"))]


class DecisionForm(BaseForm):
    decision = RadioField(
        _l("What do you decide?"),
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    reject_reason = SelectField(_l("Why not"), validators=[Optional()])
    reason = WordsField(_l("What is missing, or what you want to say"), validators=[Length(max=500)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = [
            ("approve", _("Approve and publish")),
            ("return", _("Return it and say what is missing")),
            ("reject", _("Do not approve")),
        ]
        self.reject_reason.choices = [("", ""), *_choices(RejectReason)]


def decision_form(judgements: list[RuleResult]) -> type[DecisionForm]:
    """Return the form with one reason field for each open judgement."""
    asked = {REASON_PREFIX + result.code: _reason_field(result) for result in judgements}
    return type("DecisionForm", (DecisionForm,), asked)


def _reason_field(result: RuleResult) -> WordsField:
    sentence = sentence_of(result)
    return WordsField(_l("Why this can be accepted: %(finding)s", finding=sentence), validators=[Length(max=500)])


class SheetForm(BaseForm):
    need_ids = MultiCheckboxField(_l("Lines of this sheet"))
