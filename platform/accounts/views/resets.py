"""Two persons let somebody in again: one asks, another agrees."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.forms import AgreeResetForm, AskResetForm
from accounts.models import AccessReset
from accounts.policy import AccountPermission
from accounts.queries import get_account, get_reset
from accounts.reset_models import ResetKind
from accounts.services import agree_reset, ask_reset, withdraw_reset
from accounts.services.second_factor import has_second_factor
from accounts.views.administration import show_account
from accounts.views.door import blueprint
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import requires
from core.settings import current


@blueprint.post("/accounts/<uuid:account_id>/resets")
@requires(AccountPermission.ACCOUNT_RESET)
def ask(account_id: UUID) -> ResponseReturnValue:
    """Ask that the owner gets in again."""
    account = get_account(actor(), account_id)
    form = AskResetForm.read().offer(second_factor=has_second_factor(account))
    if not form.validate():
        return show_account(account, ask=form), 422
    ask_reset(account, ResetKind(form.kind.data), actor=actor(), reason=form.reason.data)
    flash(_("Asked. Another person who answers for this account must agree; it stands on his desk."))
    return redirect(url_for(".show", account_id=account.id), 303)


@blueprint.post("/accounts/resets/<uuid:reset_id>/agree")
@requires(AccountPermission.ACCOUNT_RESET)
def agree_to_reset(reset_id: UUID) -> ResponseReturnValue:
    """Agree as the second person, and show the code this once if it is to be handed over."""
    reset = get_reset(actor(), reset_id)
    form = AgreeResetForm.read()
    if reset.kind is not ResetKind.SECOND_FACTOR and not form.validate():
        return _again(reset, form)
    try:
        code = agree_reset(reset, actor=actor(), by_mail=form.way.data == "mail")
    except NotValid as refusal:
        form.refuse(refusal)
        return _again(get_reset(actor(), reset_id), form)
    account = get_account(actor(), reset.account_id)
    if code is not None:
        return render_template(
            "accounts/printed_code.html",
            account=account,
            code=code,
            where=f"{current().base_url}{url_for('.type_code')}",
        )
    flash(_("Agreed. All sessions of this account have ended."))
    return redirect(url_for(".show", account_id=account.id), 303)


def _again(reset: AccessReset, form: AgreeResetForm) -> ResponseReturnValue:
    return show_account(get_account(actor(), reset.account_id), agree=form), 422


@blueprint.post("/accounts/resets/<uuid:reset_id>/withdraw")
@requires(AccountPermission.ACCOUNT_RESET)
def withdraw_wish(reset_id: UUID) -> ResponseReturnValue:
    """Let it be."""
    reset = get_reset(actor(), reset_id)
    withdraw_reset(reset, actor=actor())
    flash(_("Withdrawn. Nothing has changed for this account."))
    return redirect(url_for(".show", account_id=reset.account_id), 303)
