"""The password is forgotten: asking for a link, and choosing a new password by a link or a printed code."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.forms import ForgottenForm, NewPasswordForm
from accounts.services import ask_for_link, is_code_alive, use_code
from accounts.services.reset_links import GONE
from accounts.services.throttle import attempt_succeeded, begin_attempt
from accounts.views.door import blueprint
from core.errors import Gone, NotValid
from core.http import client_address
from core.i18n import _
from core.policy import public


@blueprint.get("/login/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    """Show how each kind of person gets in again."""
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@blueprint.post("/login/forgotten")
@public
def ask_for_new_password() -> ResponseReturnValue:
    """Take the wish; the answer is the same for every name."""
    form = ForgottenForm.read()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    ask_for_link(form.username.data, address=client_address())
    return render_template("accounts/link_on_its_way.html")


@blueprint.get("/login/reset")
@public
def type_code() -> ResponseReturnValue:
    """Show the form for a printed code."""
    return _form(NewPasswordForm())


@blueprint.get("/login/reset/<string:token>")
@public
def open_link(token: str) -> ResponseReturnValue:
    """Show the form of a link; looking at it spends nothing, since mail programs look as well."""
    if not is_code_alive(token):
        raise Gone(GONE, code="link_gone")
    return _form(NewPasswordForm(code=token), by_link=True)


def _form(form: NewPasswordForm, *, by_link: bool = False) -> str:
    return render_template("accounts/new_password.html", form=form, by_link=by_link)


@blueprint.post("/login/reset")
@public
def choose_password() -> ResponseReturnValue:
    """Set the new password by a code that works once."""
    form = NewPasswordForm.read()
    if not form.validate():
        return _form(form), 422
    attempt = begin_attempt("", address=client_address(), purpose="reset-code")
    try:
        use_code(form.code.data, new=form.new.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(form), 422
    attempt_succeeded(attempt)
    flash(_("Your password is changed, and all your sessions have ended. Please sign in."))
    return redirect(url_for(".login"), 303)
