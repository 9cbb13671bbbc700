"""One's own account: roles, sessions, tokens, password, language; and the role table for everybody."""

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.forms import EmailForm, LanguageForm, PasswordForm, TokenForm
from accounts.queries import grants_of, sign_ins_of, tokens_of, unread_messages
from accounts.role_rows import reach_labels
from accounts.roles import role_table_rows
from accounts.services import (
    change_email,
    change_password,
    choose_language,
    end_sign_in,
    make_token,
    revoke_token,
)
from accounts.services.accounts import is_initial_password
from accounts.services.second_factor import has_second_factor
from accounts.services.throttle import attempt_succeeded, begin_attempt
from accounts.views.door import blueprint, own_account
from accounts.views.places import place_names
from core.errors import NotValid, Refused
from core.http import actor, client_address
from core.i18n import _, current_language
from core.policy import public, signed_in
from core.settings import current


def _page(**forms: Any) -> str:
    account = own_account()
    grants = grants_of([account.id])[account.id]
    return render_template(
        "accounts/account.html",
        account=account,
        grants=grants,
        places=place_names(grant.region_code for grant in grants),
        sign_ins=sign_ins_of(account.id),
        tokens=tokens_of(account.id),
        has_second_factor=has_second_factor(account),
        second_factor_required=current().totp_required,
        initial_password=is_initial_password(account.id),
        unread=unread_messages(actor()),
        email_form=forms.get("email") or EmailForm(email=account.email or ""),
        password_form=forms.get("password") or PasswordForm(),
        language_form=LanguageForm(language=account.language),
        token_form=forms.get("token") or TokenForm(),
        new_token=forms.get("new_token", ""),
    )


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show my account."""
    return _page()


@blueprint.post("/account/password")
@signed_in
def new_password() -> ResponseReturnValue:
    """Change my password; my other sessions end."""
    form = PasswordForm.read()
    if not form.validate():
        return _page(password=form), 422
    try:
        change_password(own_account(), actor=actor(), old=form.old.data, new=form.new.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(password=form), 422
    flash(_("Your password is changed. Your other sessions have ended."))
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/email")
@signed_in
def new_email() -> ResponseReturnValue:
    """Change where messages and links go, after asking for the password again."""
    account, form = own_account(), EmailForm.read()
    attempt = begin_attempt(str(account.id), address=client_address(), purpose="email")
    try:
        if not form.validate():
            raise NotValid
        change_email(account, form.email.data or "", actor=actor(), password=form.password.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(email=form), 422
    attempt_succeeded(attempt)
    flash(_("Your e-mail is changed."))
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/language")
@signed_in
def new_language() -> ResponseReturnValue:
    """Choose the language of pages and messages."""
    form = LanguageForm.read()
    language = form.language.data if form.validate() else current_language()
    choose_language(own_account(), language, actor=actor())
    response = make_response(redirect(url_for(".account"), 303))
    response.set_cookie(
        "lang",
        language,
        max_age=365 * 86400,
        samesite="Lax",
        secure=current().secure_cookies,
    )
    return response


@blueprint.post("/account/sign-ins/<uuid:sign_in_id>/end")
@signed_in
def end_session(sign_in_id: UUID) -> ResponseReturnValue:
    """End one of my sessions."""
    end_sign_in(sign_in_id, actor=actor())
    flash(_("The session has ended."))
    return redirect(url_for(".account"), 303)


@blueprint.post("/account/tokens")
@signed_in
def new_token() -> ResponseReturnValue:
    """Make a token and show it this once."""
    form = TokenForm.read()
    if not form.validate():
        return _page(token=form), 422
    try:
        _row, token = make_token(own_account(), name=form.name.data, scopes=[form.scope.data])
    except Refused as refusal:
        form.name.errors = [str(refusal.detail)]
        return _page(token=form), 422
    return _page(new_token=token)


@blueprint.post("/account/tokens/<uuid:token_id>/revoke")
@signed_in
def end_token(token_id: UUID) -> ResponseReturnValue:
    """End one of my tokens."""
    revoke_token(token_id, actor=actor())
    flash(_("The token no longer works."))
    return redirect(url_for(".account"), 303)


@blueprint.get("/roles")
@public
def roles() -> ResponseReturnValue:
    """Print the role table itself."""
    return render_template("accounts/roles.html", groups=role_table_rows(), reach_labels=reach_labels)
