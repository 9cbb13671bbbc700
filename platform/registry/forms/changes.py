"""What happens to people of a household: events, a new head, a split, a merger. Each names its day and its reason."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.clock import today
from core.forms import BaseForm
from core.i18n import _, _l
from registry.choices import MemberEventKind, Relation
from registry.forms.fields import DayField, LineField, PickField, WordsField, choices_of

_OFF = {"autocomplete": "off"}
GOING = (
    MemberEventKind.DIED,
    MemberEventKind.MARRIED_OUT,
    MemberEventKind.MOVED_OUT,
    MemberEventKind.IN_PRISON,
    MemberEventKind.ENLISTED,
)
COMING_BACK = (MemberEventKind.RETURNED, MemberEventKind.RELEASED, MemberEventKind.MOVED_IN)
RELATION = "relation-"
Names = list[tuple[UUID, str]]


class ManyPeopleField(SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Several persons, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class HappenedForm(BaseForm):
    """On which day, and why."""

    happened_on = DayField(_l("On which day"), validators=[InputRequired(_l("Enter the day, for example 2026-11-05"))])
    reason = WordsField(
        _l("Reason"),
        description=_l("What it rests on, such as a certificate or what the family said. Kept encrypted."),
        validators=[InputRequired(_l("Write the reason.")), Length(max=500)],
    )

    def validate_happened_on(self, field: DayField) -> None:
        if field.data is not None and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def relations(self) -> dict[UUID, Relation]:
        """Return the relations to the head that were chosen, by member."""
        found = {name: field.data for name, field in self._fields.items() if name.startswith(RELATION) and field.data}
        return {UUID(name.removeprefix(RELATION)): Relation(value) for name, value in found.items()}


class EventForm(HappenedForm):
    kind = RadioField(_l("What happened"), validators=[InputRequired(_l("Choose what happened."))])
    order: tuple[str, ...] = ("kind", "happened_on", "reason")

    def offer(self, people: Names) -> "EventForm":
        self.kind.choices = choices_of(GOING)
        return self


class ComeBackForm(EventForm):
    relation_to_head = PickField(
        _l("Relation to the head"), Relation, validators=[InputRequired(_l("Choose the relation to the head."))]
    )
    order = ("kind", "relation_to_head", "happened_on", "reason")

    def offer(self, people: Names) -> "ComeBackForm":
        self.kind.choices = choices_of(COMING_BACK)
        return self


class HeadForm(HappenedForm):
    new_head = RadioField(
        _l("Who is the head from that day on"), validators=[InputRequired(_l("Choose the new head."))]
    )
    order = ("new_head", "happened_on", "reason")

    def offer(self, people: Names) -> "HeadForm":
        self.new_head.choices = people_choices(people)
        return self


class SplitForm(HappenedForm):
    members = ManyPeopleField(
        _l("Who forms the new household"), validators=[InputRequired(_l("Choose who forms the new household."))]
    )
    new_head = SelectField(_l("Head of the new household"), validators=[InputRequired(_l("Choose the new head."))])
    household_no = LineField(
        _l("Number of the new household"),
        validators=[InputRequired(_l("Enter the household's number, at most 30 characters.")), Length(max=30)],
        render_kw=_OFF,
    )
    order = ("members", "new_head", "household_no", "happened_on", "reason")

    def offer(self, people: Names) -> "SplitForm":
        self.members.choices = people_choices(people)
        self.new_head.choices = [SelectChoice("", ""), *people_choices(people)]
        return self

    def validate_new_head(self, field: SelectField) -> None:
        if field.data and field.data not in (self.members.data or ()):
            raise ValidationError(_("The new head must be one of those who go."))


class MergeForm(HappenedForm):
    other = LineField(
        _l("Number of the household that ends"),
        description=_l("Of the same village. Its people move into this household; its own file stays readable."),
        validators=[InputRequired(_l("Enter the household's number, at most 30 characters.")), Length(max=30)],
        render_kw=_OFF,
    )
    order = ("other", "happened_on", "reason")

    def offer(self, people: Names) -> "MergeForm":
        return self


def with_relations(form: type[HappenedForm], people: Iterable[tuple[UUID, str]]) -> type[HappenedForm]:
    """Return the form with a field for each person: what he is to the head from that day on."""
    asked = {
        f"{RELATION}{member_id}": PickField(_l("%(name)s is to the head", name=name), Relation, validators=[Optional()])
        for member_id, name in people
    }
    return type(form.__name__, (form,), asked)


def people_choices(people: Iterable[tuple[UUID, str]]) -> list[SelectChoice]:
    """Return persons as choices."""
    return [SelectChoice(str(member_id), name) for member_id, name in people]
