"""What officers type with a step of a case: only the fields that the step asks for stay on the form."""

from collections.abc import Sequence

from wtforms import BooleanField, FileField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core.forms import BaseForm
from core.i18n import LazyString, _, _l
from identification.case_choices import OverQuotaAnswer, RejectReason
from identification.forms.desk import choices_of
from identification.forms.public import LineField, WordsField
from identification.services.cases.taking import CONDITIONS, StepGiven
from registry.choices import ClearingMethod

OWN = (RejectReason.MEETING,)  # this one only a meeting gives


class CaseStepForm(BaseForm):
    seen = HiddenField()
    reject = RadioField(
        _l("Why it is not admitted"),
        validators=[InputRequired(_l("Choose why the household is not admitted."))],
    )
    answer = RadioField(_l("Answer"), validators=[InputRequired(_l("Choose one of the three answers."))])
    way = RadioField(
        _l("How did the risk go away?"),
        validators=[InputRequired(_l("Say whether the risk went away by itself or by help."))],
    )
    income_steady = BooleanField(_l("The income is steadily above this year's line"))
    guarantees_stable = BooleanField(_l("Schooling, health care, housing and water are secured"))
    risks_gone = BooleanField(_l("The risks that were written down at the beginning are gone"))
    no_new_risk = BooleanField(_l("There is no new risk"))
    can_work = RadioField(
        _l("Can somebody in this household work?"), validators=[InputRequired(_l("Say whether somebody can work."))]
    )
    words = WordsField(_l("Reason"), validators=[Length(max=1000)])
    scan = FileField(_l("Signed paper, as a photograph or PDF"))
    witness = LineField(_l("Or the name of the witness"), validators=[Length(max=60)])

    def offer(self, fields: Sequence[str], words: LazyString | None, *, words_needed: bool) -> "CaseStepForm":
        """Keep the fields that are asked for, and fill in their choices; return the form."""
        for name in [name for name in self._fields if name != "seen" and name not in fields]:
            del self[name]
        self._choose("reject", [choice for choice in choices_of(RejectReason) if choice.value not in OWN])
        self._choose("answer", choices_of(OverQuotaAnswer))
        self._choose("way", choices_of(ClearingMethod))
        self._choose("can_work", [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No, nobody"))])
        if "words" in self:
            self.words.label.text = str(words) if words else _("Reason")
        if "words" in self and words_needed:
            self._need("words", _l("Write it down in a few words."))
        for name in set(CONDITIONS) & set(fields):
            self._need(name, _l("This must hold before the risk is gone."))
        return self

    def _need(self, name: str, message: LazyString) -> None:
        """Ask for a field; the service asks again, for callers without a form."""
        self[name].validators = (InputRequired(message), *self[name].validators)
        self[name].flags.required = True

    def _choose(self, name: str, choices: list[SelectChoice]) -> None:
        if name in self:
            self[name].choices = choices

    def given(self) -> StepGiven:
        """Return what was typed."""
        asked = {name: self[name].data for name in self._fields if self[name].data}
        return StepGiven(
            words=asked.get("words", ""),
            reject=RejectReason(asked["reject"]) if "reject" in asked else None,
            answer=OverQuotaAnswer(asked["answer"]) if "answer" in asked else None,
            way=ClearingMethod(asked["way"]) if "way" in asked else None,
            conditions=frozenset(name for name in CONDITIONS if asked.get(name)),
            can_work=asked["can_work"] == "yes" if "can_work" in asked else None,
            witness=asked.get("witness", ""),
            scan=self._content(),
        )

    def _content(self) -> bytes | None:
        sent = self.scan.data if "scan" in self else None
        content: bytes = sent.read() if sent is not None and hasattr(sent, "read") else b""
        return content or None

    def seen_number(self) -> int | None:
        """Return the number of the newest record that the page showed, or None if it was not sent."""
        typed = (self.seen.data or "").strip()
        return int(typed) if typed.isdecimal() else None
