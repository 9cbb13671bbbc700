"""The sixth step: what makes it hard."""

from typing import ClassVar

from wtforms import ValidationError
from wtforms.validators import Length, Optional

from core.i18n import _, _l
from registry.choices import Cause
from registry.forms.fields import ManyField, PickField, WordsField
from registry.forms.step import Group, StepForm


class CausesForm(StepForm):
    groups: ClassVar = (Group(_l("Causes"), ("main_cause", "other_causes", "cause_note")),)

    main_cause = PickField(_l("The main cause"), Cause, validators=[Optional()])
    other_causes = ManyField(_l("Other causes, at most two"), Cause, most=2)
    cause_note = WordsField(
        _l("In a few words"),
        description=_l("For the file only; it is kept encrypted and never public."),
        validators=[Length(max=1000)],
    )

    def validate_other_causes(self, field: ManyField) -> None:
        if self.main_cause.data and self.main_cause.data in (field.data or ()):
            raise ValidationError(_("The main cause cannot be another cause as well."))

    def validate_cause_note(self, field: WordsField) -> None:
        other = Cause.OTHER.value
        if other in {self.main_cause.data, *(self.other_causes.data or ())} and not field.data:
            raise ValidationError(_("Say in a few words what the other cause is."))
