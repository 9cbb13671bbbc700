"""The accounts that one answers for: open, give and take roles, switch off."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from accounts.forms import AgreeResetForm, AskResetForm, GrantForm, NewAccountForm, ReasonForm, SearchForm
from accounts.models import Account, Role, RoleGrant
from accounts.policy import DONOR_ROLES, AccountPermission, roles_given_by
from accounts.queries import (
    accounts_in_scope,
    get_account,
    get_grant,
    grants_of,
    holds_office,
    open_reset_of,
    open_resets,
    pending_grants,
)
from accounts.services import (
    approve_grant,
    create_account,
    disable_account,
    enable_account,
    grant_role,
    new_initial_password,
    reset_password,
    revoke_grant,
)
from accounts.services.second_factor import has_second_factor
from accounts.views.door import blueprint
from accounts.views.place_search import place_of
from accounts.views.places import place_names
from accounts.workflow import grant_workflow, reset_workflow
from core.errors import NotValid, Refused
from core.http import actor
from core.i18n import _, label
from core.policy import can, require, requires


def _offer_roles(form: Any) -> Any:
    given = [SelectChoice(role.value, label(role)) for role in roles_given_by(actor())]
    form.role.choices = [SelectChoice("", _("Choose a role")), *given]
    return form


@blueprint.get("/accounts")
@requires(AccountPermission.ACCOUNT_READ)
def index() -> ResponseReturnValue:
    """List the accounts in my places, and the roles that wait for a second person."""
    form = SearchForm.read_query()
    page = accounts_in_scope(actor(), search=form.q.data or "", cursor=form.cursor.data or None)
    grants = grants_of(account.id for account in page.items)
    waiting = pending_grants(actor()) if can(actor(), AccountPermission.ROLE_APPROVE) else ()
    shown = [grant for found in grants.values() for grant in found] + [grant for grant, _account in waiting]
    return render_template(
        "accounts/index.html",
        form=form,
        page=page,
        grants=grants,
        waiting=waiting,
        resets=open_resets(actor()),
        places=place_names(grant.region_code for grant in shown),
    )


@blueprint.get("/accounts/new")
@requires(AccountPermission.ACCOUNT_CREATE)
def new() -> ResponseReturnValue:
    """Show the form for a new account."""
    return render_template("accounts/new.html", form=_offer_roles(NewAccountForm()))


@blueprint.post("/accounts/new")
@requires(AccountPermission.ACCOUNT_CREATE)
def create() -> ResponseReturnValue:
    """Open an account with its first role and show its initial password this once."""
    form = _offer_roles(NewAccountForm.read())
    if not form.validate():
        return render_template("accounts/new.html", form=form), 422
    initial = new_initial_password()
    try:
        account = _open_account(form, initial)
    except NotValid as refusal:
        form.refuse(refusal)
        return render_template("accounts/new.html", form=form), 422
    return render_template("accounts/initial_password.html", account=account, initial=initial)


def _open_account(form: Any, initial: str) -> Account:
    account = create_account(
        form.username.data,
        actor=actor(),
        display_name=form.display_name.data,
        unit_name=form.unit_name.data or "",
        email=form.email.data,
        phone=form.phone.data,
        initial_password=initial,
    )
    _give(account, form)
    return account


def _give(account: Account, form: Any) -> RoleGrant:
    role = Role(form.role.data)
    return grant_role(
        account,
        role,
        actor=actor(),
        region_code=place_of(form),
        donor_id=actor().donor_id if role in DONOR_ROLES else None,
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
    )


def show_account(account: Account, **forms: Any) -> str:
    """Return the page of an account, with the forms as they were typed."""
    grants = grants_of([account.id])[account.id]
    return render_template(
        "accounts/show.html",
        account=account,
        form=_offer_roles(forms.get("grant") or GrantForm()),
        reason_form=forms.get("reason") or ReasonForm(),
        ask_form=forms.get("ask") or AskResetForm().offer(second_factor=has_second_factor(account)),
        agree_form=forms.get("agree") or AgreeResetForm(),
        reset=open_reset_of(account.id),
        grants=grants,
        places=place_names(grant.region_code for grant in grants),
        grant_workflow=grant_workflow,
        reset_workflow=reset_workflow,
        is_own=account.id == actor().account_id,
        is_helper=not holds_office(account.id),
    )


@blueprint.get("/accounts/<uuid:account_id>")
@requires(AccountPermission.ACCOUNT_READ)
def show(account_id: UUID) -> ResponseReturnValue:
    """Show an account of my places."""
    return show_account(get_account(actor(), account_id))


@blueprint.post("/accounts/<uuid:account_id>/grants")
@requires(AccountPermission.ROLE_GRANT)
def give_role(account_id: UUID) -> ResponseReturnValue:
    """Give the account a role, or propose it."""
    account = get_account(actor(), account_id)
    form = _offer_roles(GrantForm.read())
    if not form.validate():
        return show_account(account, grant=form), 422
    try:
        grant = _give(account, form)
    except NotValid as refusal:
        form.refuse(refusal)
        return show_account(account, grant=form), 422
    except Refused as refusal:
        if refusal.status != 409:
            raise
        form.role.errors = [str(refusal.detail)]
        return show_account(account, grant=form), 409
    flash(
        _(
            "Role: %(role)s. %(state)s.",
            role=label(grant.role),
            state=label(grant.stage),
        )
    )
    return redirect(url_for(".show", account_id=account.id), 303)


@blueprint.post("/accounts/grants/<uuid:grant_id>/approve")
@requires(AccountPermission.ROLE_APPROVE)
def agree(grant_id: UUID) -> ResponseReturnValue:
    """Agree to a role as the second person."""
    grant = get_grant(actor(), grant_id)
    approve_grant(grant, actor=actor())
    flash(_("The role is in force."))
    return redirect(url_for(".show", account_id=grant.account_id), 303)


@blueprint.post("/accounts/grants/<uuid:grant_id>/revoke")
@requires(AccountPermission.ROLE_REVOKE)
def take_back(grant_id: UUID) -> ResponseReturnValue:
    """Take a role back."""
    grant = get_grant(actor(), grant_id)
    form = ReasonForm.read()
    if not form.validate():
        return show_account(get_account(actor(), grant.account_id), reason=form), 422
    revoke_grant(grant, actor=actor(), reason=form.reason.data)
    flash(_("The role has ended."))
    return redirect(url_for(".show", account_id=grant.account_id), 303)


@blueprint.post("/accounts/<uuid:account_id>/state")
@requires(AccountPermission.ACCOUNT_DISABLE)
def switch(account_id: UUID) -> ResponseReturnValue:
    """Switch the account off, or on again."""
    account = get_account(actor(), account_id)
    form = ReasonForm.read()
    if not form.validate():
        return show_account(account, reason=form), 422
    change = disable_account if account.state == "active" else enable_account
    change(account, actor=actor(), reason=form.reason.data)
    flash(label(account.state))
    return redirect(url_for(".show", account_id=account.id), 303)


@blueprint.post("/accounts/<uuid:account_id>/password")
@requires(AccountPermission.ACCOUNT_RESET)
def new_initial(account_id: UUID) -> ResponseReturnValue:
    """Give a helper who forgot his password a new initial one, shown this once."""
    account = get_account(actor(), account_id)
    require(actor(), AccountPermission.ACCOUNT_RESET, account)
    initial = reset_password(account, actor=actor())
    return render_template("accounts/initial_password.html", account=account, initial=initial)
