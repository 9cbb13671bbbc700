"""What officers type about a meeting, in the room or from the paper."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wtforms import BooleanField, DateField, IntegerField, MultipleFileField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from core.forms import BaseForm
from core.i18n import _l
from identification.case_choices import MeetingKind
from identification.case_packs import pack_labels
from identification.forms.desk import BoxesField, choices_of
from identification.forms.public import LineField, WordsField
from identification.meeting_rules import Ballot
from identification.services.meetings import MeetingFrame
from identification.services.meetings.preparing import NEEDED

WHOLE = _l("Write whole numbers from 0.")
MOST = 3000


class WhereForm(BaseForm):
    region_code = SelectField(_l("Village"), validators=[InputRequired(_l("Choose the village."))])
    pack = RadioField(_l("Rules"), validators=[InputRequired(_l("Choose by which rules the meeting votes."))])


class MeetingForm(BaseForm):
    kind = RadioField(_l("Kind of meeting"), validators=[InputRequired(_l("Choose the kind of meeting."))])
    held_on = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day."))])
    place = LineField(_l("Meeting place"), validators=[InputRequired(NEEDED["place"])])
    chair = LineField(_l("Chair"), validators=[InputRequired(NEEDED["chair"])])
    recorder = LineField(_l("Recorder"), validators=[InputRequired(NEEDED["recorder"])])
    observers = LineField(_l("Observers"), description=_l("Who came from the team, the township or elsewhere."))
    said = WordsField(
        _l("What was said"), description=_l("It stands in the minutes. Write nothing about anybody's health.")
    )

    def offer(self) -> "MeetingForm":
        """Fill in the choices; return the form."""
        self.kind.choices = choices_of(MeetingKind)
        return self

    def frame(self) -> MeetingFrame:
        """Return what was typed."""
        return MeetingFrame(
            kind=MeetingKind(self.kind.data),
            held_on=self.held_on.data,
            place=self.place.data,
            chair=self.chair.data,
            recorder=self.recorder.data,
            observers=self.observers.data,
            said=self.said.data,
        )


class NewMeetingForm(WhereForm, MeetingForm):
    def offer_all(self, places: Sequence[tuple[str, str]]) -> "NewMeetingForm":
        """Fill in the choices; return the form."""
        self.offer()
        self.region_code.choices = [SelectChoice(code, name) for code, name in places]
        self.pack.choices = [SelectChoice(code, str(words)) for code, words in pack_labels.items()]
        return self


class MembersForm(BaseForm):
    names = WordsField(
        _l("Who may vote"),
        description=_l("One person a line; behind the name the number of the household, if you know it."),
        validators=[InputRequired(_l("Write at least one name."))],
        render_kw={"rows": 16, "autocomplete": "off", "spellcheck": "false"},
    )


class TicksField(BoxesField):
    """Boxes of rows; those that are chosen come back as ids."""

    def ids(self) -> frozenset[UUID]:
        """Return the chosen ids; whether they stand here is for the services to say."""
        return frozenset(found for found in map(_id, self.data or ()) if found is not None)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class AttendanceForm(BaseForm):
    present = TicksField(_l("Present at the meeting"), validate_choice=False)

    def offer(self, members: Iterable[tuple[str, str]]) -> "AttendanceForm":
        """Fill in those entitled; return the form."""
        self.present.choices = [SelectChoice(*member) for member in members]
        return self


def _votes(words: object, missing: object) -> IntegerField:
    return IntegerField(words, validators=[InputRequired(missing), NumberRange(0, MOST, WHOLE)])


class VoteForm(BaseForm):
    votes_for = _votes(_l("For"), _l("Write how many voted for the household, 0 if nobody."))
    votes_against = _votes(_l("Against"), _l("Write how many voted against it, 0 if nobody."))
    abstained = _votes(_l("Abstained"), _l("Write how many abstained, 0 if nobody."))
    recused = TicksField(_l("Close relatives, who step aside"), validate_choice=False)
    no_relatives = BooleanField(_l("Nobody present is a close relative of this household"))

    def offer(self, present: Iterable[tuple[str, str]]) -> "VoteForm":
        """Fill in those present; return the form."""
        self.recused.choices = [SelectChoice(*member) for member in present]
        return self

    def ballot(self) -> Ballot:
        """Return what was typed; a number that is missing or wrong counts as nothing."""
        numbers = (self.votes_for.data, self.votes_against.data, self.abstained.data)
        votes_for, against, abstained = (number or 0 for number in numbers)
        recused = frozenset(str(found) for found in self.recused.ids())
        return Ballot(votes_for, against, abstained, recused, no_relatives=bool(self.no_relatives.data))


class CloseForm(BaseForm):
    minutes = MultipleFileField(_l("Signed minutes"))


class SignForm(BaseForm):
    cases = TicksField(_l("Which households do you sign?"), validate_choice=False)
