"""Registering as a donor, and an organisation's public page."""

import re
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.models import Role
from accounts.queries import counties_with_officers
from accounts.services import clean_display_name, create_account, open_sign_in
from accounts.services.throttle import begin_attempt
from accounts.views.door import keep_sign_in
from core.errors import NotValid
from core.http import actor, client_address
from core.i18n import _, current_language, label
from core.policy import SYSTEM, public
from core.records import RecordRow, published_records
from donors.cities import city_name
from donors.figures import donor_figures
from donors.forms import RegisterForm
from donors.models import DonorKind
from donors.queries import published_donor
from donors.record_kinds import KINDS
from donors.services import Registration, register_donor
from donors.views.door import blueprint
from regions.queries import find_published_region, published_places

INVITATION = re.compile(r"[A-Za-z0-9_-]{22}")


def county_choices() -> list[tuple[str, str]]:
    """Return the counties that have an office on the platform."""
    codes = counties_with_officers()
    places = published_places(codes)
    return [(code, places[code].said if code in places else code) for code in codes]


@blueprint.get("/register")
@public
def register() -> ResponseReturnValue:
    """Show the form."""
    if actor().donor_id is not None:
        return redirect(url_for(".own"))
    asked = {name: request.args.get(name, "") for name in ("kind", "invitation")}
    return _form(RegisterForm(**asked).offer(county_choices()))


def _form(form: RegisterForm) -> str:
    return render_template("donors/register.html", form=form)


@blueprint.post("/register")
@public
def open_donor() -> ResponseReturnValue:
    """Register the donor and its account, and sign it in."""
    form = RegisterForm.read().offer(county_choices())
    if not form.validate():
        return _form(form), 422
    begin_attempt(form.uscc.data or form.id_number.data or "", address=client_address(), purpose="register")
    try:
        token = _register(form)
    except NotValid as refusal:
        form.asks_about_name = "name_like" in refusal.facts
        form.refuse(refusal)
        return _form(form), 422
    target, words = _next(form.invitation.data or "")
    response = keep_sign_in(make_response(redirect(target, 303)), token)
    flash(words)  # after the session before it was dropped
    return response


def _next(invitation: str) -> tuple[str, str]:
    """Return where to go on, with what to say: back to the invitation one came from, or to the own file."""
    if INVITATION.fullmatch(invitation):
        return f"/invitations/{invitation}", _("You are registered. Answer the invitation, then hand in your papers.")
    return url_for(".own"), _("You are registered. This page says what is still missing.")


def _register(form: RegisterForm) -> str:
    account = create_account(
        form.username.data,
        actor=SYSTEM,  # whoever registers opens his own account
        display_name=clean_display_name(form.contact_name.data, field="contact_name"),
        password=form.password.data,
        email=form.contact_email.data,
        language=current_language(),
    )
    wanted = Registration(
        kind=DonorKind(form.kind.data),
        name=form.name.data,
        contact_name=form.contact_name.data,
        contact_phone=form.contact_phone.data,
        uscc=form.uscc.data or "",
        id_number=form.id_number.data or "",
        contact_email=form.contact_email.data or "",
        named_publicly=form.named_publicly.data,
        region=form.region.data or "",
        city_code=form.city_code.data or "",
        invitation=form.invitation.data or "",
        name_is_right=form.name_is_right.data,
    )
    register_donor(wanted, actor=actor(), account=account)
    return open_sign_in(account, agent=request.user_agent.string)


@blueprint.get("/donors/<uuid:donor_id>")
@public
def show(donor_id: UUID) -> ResponseReturnValue:
    """Show an organisation: what it pledged, delivered, had confirmed; persons have no page."""
    donor = published_donor(donor_id)
    office = find_published_region(donor.region_code)
    records = published_records(f"donor/{donor_id}", limit=5)
    return render_template(
        "donors/show.html",
        donor=donor,
        figures=donor_figures(donor_id),
        city=city_name(donor.city_code),
        office=office.name if office else "",
        entries=[_entry(record) for record in records],
        total=max((record.seq for record in records), default=0),
    )


def _entry(record: RecordRow) -> dict[str, Any]:
    """Return a record as a line of the history; kinds and roles are words of ours, never of the donor."""
    return {
        "at": record.at,
        "sentence": str(KINDS.get(record.kind, record.kind)),
        "seq": record.seq,
        "role": label(Role(record.role)) if record.role in set(Role) else record.role,
    }
