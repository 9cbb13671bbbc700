"""Signing in and out."""

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from accounts.forms import SignInForm
from accounts.queries import actor_for_account
from accounts.services import NotProven, end_sign_in, sign_in
from accounts.views.door import blueprint, drop_sign_in, keep_sign_in
from core.http import actor, client_address, safe_next
from core.policy import public, signed_in


@blueprint.get("/login")
@public
def login() -> ResponseReturnValue:
    """Show the sign-in form."""
    if actor().is_signed_in:
        return redirect(safe_next(request.args.get("next"), "/desk"))
    form = SignInForm(next=safe_next(request.args.get("next"), ""))
    return render_template("accounts/login.html", form=form)


@blueprint.post("/login")
@public
def open_session() -> ResponseReturnValue:
    """Open a session, or show the form again."""
    form = SignInForm.read()
    if not form.validate():
        return render_template("accounts/login.html", form=form), 422
    try:
        account, token = sign_in(
            form.username.data,
            form.password.data,
            code=form.code.data or "",
            address=client_address(),
            agent=request.user_agent.string,
        )
    except NotProven as refusal:
        form.refuse(refusal)
        return render_template("accounts/login.html", form=form), 422
    known = actor_for_account(account.id)
    first = "/account" if known is None or not known.grants else "/desk"
    return keep_sign_in(make_response(redirect(safe_next(form.next.data, first), 303)), token)


@blueprint.post("/logout")
@signed_in
def close_session() -> ResponseReturnValue:
    """End this session."""
    sign_in_id = actor().sign_in_id
    if sign_in_id is not None:
        end_sign_in(sign_in_id, actor=actor())
    return drop_sign_in(make_response(redirect("/", 303)))
