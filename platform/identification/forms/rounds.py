"""What officers type about rounds: a new one, why households were not reached, and how they were."""

from collections.abc import Sequence

from wtforms import DateField, FileField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from core.forms import BaseForm
from core.i18n import _l
from identification.case_choices import Contact
from identification.case_packs import pack_labels
from identification.forms.desk import choices_of
from identification.forms.public import WordsField

YEAR = _l("Enter a year from 2013 to the coming one.")
DAY = _l("Enter the day, for example 2026-11-20.")


class NewRoundForm(BaseForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])
    pack = RadioField(_l("By which rules"), validators=[InputRequired(_l("Choose the rules."))])
    year = IntegerField(
        _l("Year"), validators=[InputRequired(YEAR), NumberRange(2013, 2100, YEAR)], render_kw={"inputmode": "numeric"}
    )

    def offer(self, villages: Sequence[tuple[str, str]]) -> "NewRoundForm":
        """Fill in the choices; return the form."""
        self.region_code.choices = [SelectChoice(code, name) for code, name in villages]
        self.pack.choices = [SelectChoice(code, str(words)) for code, words in pack_labels.items()]
        return self


class ExplainForm(BaseForm):
    reason = WordsField(
        _l("Why households were not reached"),
        description=_l("For example which groups, since when, and what was tried. It stands in the records."),
        validators=[InputRequired(_l("Write why, in 10 to 1,000 characters."))],
    )


class ContactForm(BaseForm):
    """How households were reached, and when. The service says what each kind needs."""

    state = RadioField(_l("How they were reached"), validators=[InputRequired(_l("Choose how they were reached."))])
    happened_on = DateField(_l("Day"), validators=[InputRequired(DAY)])
    words = WordsField(
        _l("In a few words"),
        description=_l("How they were reached, what was tried, or who witnessed that they said no."),
    )

    def offer(self, states: Sequence[Contact]) -> "ContactForm":
        """Fill in the choices; return the form."""
        self.state.choices = choices_of(states)
        return self


class OneContactForm(ContactForm):
    paper = FileField(
        _l("Signed paper"), description=_l("A photograph or PDF, where the household said no in writing.")
    )


class VillageChoiceForm(BaseForm):
    village = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])

    def offer(self, villages: Sequence[tuple[str, str]]) -> "VillageChoiceForm":
        """Fill in the choices; return the form."""
        self.village.choices = [SelectChoice(code, name) for code, name in villages]
        return self
