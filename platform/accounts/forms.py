"""What people type about themselves, their sign-in and others' roles."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from accounts.reset_models import ResetKind
from core.forms import BaseForm
from core.i18n import _l, label

_NEW = {"autocomplete": "new-password"}
_NOW = {"autocomplete": "current-password"}
_CODE = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}


class SignInForm(BaseForm):
    username = StringField(
        _l("User name"),
        validators=[InputRequired(_l("Enter your user name.")), Length(max=200)],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Enter your password.")), Length(max=500)],
        render_kw=_NOW,
    )
    code = StringField(_l("Code of the second factor"), validators=[Length(max=40)], render_kw=_CODE)
    next = HiddenField()


class PasswordForm(BaseForm):
    old = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Enter your present password.")), Length(max=500)],
        render_kw=_NOW,
    )
    new = PasswordField(
        _l("New password"),
        description=_l("At least 8 characters. Several words are easy to remember."),
        validators=[InputRequired(_l("Enter a new password.")), Length(max=500)],
        render_kw=_NEW,
    )


class ForgottenForm(BaseForm):
    username = StringField(
        _l("User name"),
        validators=[InputRequired(_l("Enter your user name.")), Length(max=200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


class NewPasswordForm(BaseForm):
    """A code, typed or carried by a link, and the password that its holder chooses."""

    code = StringField(
        _l("Code from the paper"),
        description=_l("Four groups of four letters and digits."),
        validators=[InputRequired(_l("Enter the code.")), Length(max=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    new = PasswordField(
        _l("New password"),
        description=_l("At least 8 characters. Several words are easy to remember."),
        validators=[InputRequired(_l("Enter a new password.")), Length(max=500)],
        render_kw=_NEW,
    )


class AskResetForm(BaseForm):
    kind = RadioField(_l("What was lost"), validators=[InputRequired(_l("Choose what was lost."))])
    reason = StringField(
        _l("How you know that it is the owner who asks"),
        validators=[InputRequired(_l("Write how you know that it is the owner.")), Length(max=400)],
    )

    def offer(self, *, second_factor: bool) -> "AskResetForm":
        """Offer what the account can have lost; return the form."""
        kinds = ResetKind if second_factor else (ResetKind.PASSWORD,)
        self.kind.choices = [SelectChoice(kind.value, label(kind)) for kind in kinds]
        return self


class AgreeResetForm(BaseForm):
    way = RadioField(
        _l("How the owner gets the code"),
        choices=[
            SelectChoice("paper", _l("I print it and hand it over myself")),
            SelectChoice("mail", _l("As a link to the e-mail on file")),
        ],
        validators=[InputRequired(_l("Choose how the owner gets the code."))],
    )


class EmailForm(BaseForm):
    email = StringField(
        _l("E-mail"),
        description=_l("Messages go there. Empty: they stand on your desk only."),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "email", "type": "email"},
    )
    password = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Enter your present password.")), Length(max=500)],
        render_kw=_NOW,
    )


class CursorForm(BaseForm):
    cursor = StringField(validators=[Length(max=500)])


class LanguageForm(BaseForm):
    language = SelectField(
        _l("Language of pages and messages"),
        choices=[SelectChoice("zh", _l("Chinese")), SelectChoice("en", _l("English"))],
    )


class TokenForm(BaseForm):
    name = StringField(
        _l("What the token is for"),
        validators=[InputRequired(_l("Say what the token is for.")), Length(max=80)],
    )
    scope = SelectField(
        _l("What it may do"),
        choices=[SelectChoice("read", _l("Read only")), SelectChoice("all", _l("All that I may do"))],
        default="read",
    )


class SecondFactorForm(BaseForm):
    code = StringField(
        _l("The six digits that the app shows"),
        validators=[
            InputRequired(_l("Enter the six digits that the app shows.")),
            Length(max=20),
        ],
        render_kw={**_CODE, "inputmode": "numeric"},
    )


class RemoveSecondFactorForm(BaseForm):
    password = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Enter your present password.")), Length(max=500)],
        render_kw=_NOW,
    )


class GrantForm(BaseForm):
    """A role for an account; the view fills in the roles that the giver may give."""

    role = SelectField(_l("Role"), validators=[InputRequired(_l("Choose a role."))])
    region_code = StringField(
        _l("Place"),
        description=_l("Its name, the name in Latin letters, or its code; a helper's account has none."),
        validators=[Length(max=40)],
        render_kw={
            "autocomplete": "off",
            "hx-get": "/accounts/places",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#places-found",
        },
    )
    region_choice = StringField(validators=[Length(max=12)])
    found: Sequence[Any] = ()
    valid_from = DateField(_l("First day"), description=_l("Empty means today."), validators=[Optional()])
    valid_to = DateField(
        _l("Last day"),
        description=_l("Empty means until it is taken back."),
        validators=[Optional()],
    )


class NewAccountForm(GrantForm):
    """A new account with its first role."""

    username = StringField(
        _l("User name"),
        description=_l("3 to 40 small letters, digits, dots, hyphens or underscores."),
        validators=[InputRequired(_l("Enter a user name.")), Length(max=60)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    display_name = StringField(
        _l("Name"),
        validators=[InputRequired(_l("Enter the name.")), Length(max=60)],
        render_kw={"autocomplete": "off"},
    )
    unit_name = StringField(_l("Unit"), validators=[Length(max=120)])
    email = StringField(
        _l("E-mail"),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "off", "type": "email"},
    )
    phone = StringField(
        _l("Mobile number"),
        validators=[Length(max=20)],
        render_kw={"autocomplete": "off", "type": "tel"},
    )


class ReasonForm(BaseForm):
    reason = StringField(
        _l("Reason"),
        validators=[InputRequired(_l("Write the reason.")), Length(max=400)],
    )


class SearchForm(BaseForm):
    q = StringField(_l("Name or user name"), validators=[Length(max=60)])
    cursor = StringField(validators=[Length(max=500)])
