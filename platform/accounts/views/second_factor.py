"""Setting up the second factor and taking it off."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from accounts.forms import RemoveSecondFactorForm, SecondFactorForm
from accounts.models import Account
from accounts.services import (
    begin_second_factor,
    confirm_second_factor,
    provisioning_address,
    remove_second_factor,
)
from accounts.services.second_factor import credential_of
from accounts.services.throttle import attempt_succeeded, begin_attempt
from accounts.views.door import blueprint, own_account
from core.errors import NotValid
from core.http import actor, client_address
from core.i18n import _
from core.policy import signed_in
from core.print import qr_svg


def _set_up(account: Account, form: SecondFactorForm) -> str:
    secret = credential_of(account).totp_secret
    if secret is None:
        return render_template("accounts/second_factor_begin.html")
    return render_template(
        "accounts/second_factor.html",
        form=form,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        qr=Markup(qr_svg(provisioning_address(account, secret))),  # noqa: S704 - drawn by us
    )


@blueprint.get("/account/second-factor")
@signed_in
def second_factor() -> ResponseReturnValue:
    """Show the set-up, or how to take the second factor off."""
    account = own_account()
    if credential_of(account).totp_confirmed_at is not None:
        return render_template("accounts/second_factor_on.html", form=RemoveSecondFactorForm())
    return _set_up(account, SecondFactorForm())


@blueprint.post("/account/second-factor/begin")
@signed_in
def begin_set_up() -> ResponseReturnValue:
    """Make the secret of a new set-up."""
    begin_second_factor(own_account(), actor=actor())
    return redirect(url_for(".second_factor"), 303)


@blueprint.post("/account/second-factor")
@signed_in
def switch_on() -> ResponseReturnValue:
    """Switch the second factor on and show the recovery codes this once."""
    account = own_account()
    form = SecondFactorForm.read()
    if not form.validate():
        return _set_up(account, form), 422
    try:
        codes = confirm_second_factor(account, actor=actor(), code=form.code.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _set_up(account, form), 422
    return render_template("accounts/recovery_codes.html", codes=codes)


@blueprint.post("/account/second-factor/remove")
@signed_in
def switch_off() -> ResponseReturnValue:
    """Take the second factor off after asking for the password again."""
    account = own_account()
    form = RemoveSecondFactorForm.read()
    attempt = begin_attempt(str(account.id), address=client_address(), purpose="second-factor")
    try:
        if not form.validate():
            raise NotValid
        remove_second_factor(account, actor=actor(), password=form.password.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return render_template("accounts/second_factor_on.html", form=form), 422
    attempt_succeeded(attempt)
    flash(_("The second factor is off."))
    return redirect(url_for(".account"), 303)
