"""Forms of pairings, links and invitations. They only read input."""

from wtforms import BooleanField, DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import BaseForm
from core.i18n import _l, label
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import LinkTerm


class MultiCheckboxField(SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReasonForm(BaseForm):
    reason = TextAreaField(_l("Reason"), validators=[Length(max=1000)])


class CommentForm(BaseForm):
    comment = TextAreaField(_l("Your comment"), validators=[Length(max=500)])
    objection = BooleanField(_l("I object, for the reason above"))


class ConsentForm(BaseForm):
    method = RadioField(_l("How the household agreed"), validators=[InputRequired(_l("Choose how it agreed."))])
    scope = MultiCheckboxField(_l("What the household agreed to"))
    until = DateField(_l("Agreed until"), validators=[InputRequired(_l("Enter the date, for example 2026-12-05"))])
    witness = StringField(_l("Witness"), validators=[Length(max=50)])

    def offer(self) -> "ConsentForm":
        """Fill in the choices; return the form."""
        self.method.choices = [SelectChoice(method.value, label(method)) for method in ConsentMethod]
        items = [item for item in ConsentItem if item is not ConsentItem.PUBLISH]
        self.scope.choices = [SelectChoice(item.value, label(item)) for item in items]
        return self


class JoinForm(BaseForm):
    term = RadioField(_l("How you join"), validators=[InputRequired(_l("Choose how you join."))])

    def offer(self) -> "JoinForm":
        """Fill in the choices; return the form."""
        self.term.choices = [SelectChoice(term.value, label(term)) for term in LinkTerm]
        return self


class InvitationForm(BaseForm):
    donor = RadioField(_l("Helpers on file"), validate_choice=False)
    email = StringField(_l("Or an e-mail address"), validators=[Length(max=200)])
    needs = MultiCheckboxField(_l("For which needs"))
    message = TextAreaField(_l("A word to them"), validators=[Length(max=500)])

    def offer(self, donors: list[tuple[str, str]], needs: list[tuple[str, str]]) -> "InvitationForm":
        """Fill in the choices; return the form."""
        self.donor.choices = [SelectChoice(key, name) for key, name in donors]
        self.needs.choices = [SelectChoice(key, name) for key, name in needs]
        return self
