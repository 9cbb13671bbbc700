"""The full list of a round's households: who was reached and how, quick entry for many, one with its paper, print."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotValid
from core.files import read_sealed
from core.http import actor
from core.i18n import _, label, ngettext
from core.policy import can, requires
from core.privacy import mask_name
from identification.case_choices import Contact, RoundStage
from identification.case_policy import CasePermission
from identification.forms.rounds import ContactForm, OneContactForm
from identification.models import IdentificationRound
from identification.queries.rounds import (
    contact_entries,
    contact_of,
    frame_page,
    get_round,
    households_listed,
    state_counts,
)
from identification.round_choices import ListPart
from identification.services.rounds import Contacted, enter_contacts
from identification.services.rounds.contacting import BY_HAND, FOR_SEVERAL
from identification.views.rounds.door import blueprint
from identification.views.rounds.drawing import words_of
from identification.views.rounds.rounds import title_of
from registry.models import Household

EVERY = 2000
PARTS: dict[str, ListPart | Contact] = {part.value: part for part in (*ListPart, *Contact)}


@blueprint.get("/rounds/<uuid:round_id>/households")
@requires(CasePermission.ROUND_READ)
def households(round_id: UUID) -> ResponseReturnValue:
    """List the households of the village with how each was reached; by default those still to be reached."""
    return _list_page(get_round(actor(), round_id), ContactForm(happened_on=today()))


def _list_page(running: IdentificationRound, form: ContactForm, chosen: frozenset[str] = frozenset()) -> str:
    part = PARTS.get(request.values.get("show", ""), ListPart.OPEN)
    cursor = request.values.get("cursor")
    page = frame_page(running, show=part, cursor=cursor)
    everybody = {str(row.household_id) for row in page.items} if request.args.get("choose") == "all" else set()
    return render_template(
        "identification/rounds/households.html",
        running=running,
        title=title_of(running),
        page=page,
        part=part,
        cursor=cursor or "",
        tabs=_tabs(running, part),
        words_of=words_of,
        chosen=chosen | everybody,
        may_reach=running.stage is RoundStage.OPEN and can(actor(), CasePermission.FRAME_CONTACT, running),
        form=form.offer(FOR_SEVERAL),
        has_errors=bool(form.errors),
    )


def _tabs(running: IdentificationRound, part: ListPart | Contact) -> list[dict[str, Any]]:
    counts = state_counts(running)
    sums: dict[ListPart | Contact, int] = {state: counts.get(state, 0) for state in Contact}
    sums[ListPart.OPEN] = counts.get(None, 0) + counts.get(Contact.ABSENT_UNREACHABLE, 0)
    sums[ListPart.ALL] = sum(counts.values())
    return [
        {
            "url": url_for(".households", round_id=running.id, show=one.value),
            "text": label(one),
            "count": sums[one],
            "current": one is part,
        }
        for one in PARTS.values()
    ]


@blueprint.post("/rounds/<uuid:round_id>/contacts")
@requires(CasePermission.FRAME_CONTACT)
def enter(round_id: UUID) -> ResponseReturnValue:
    """Enter the same contact for the households that were chosen."""
    running, form = get_round(actor(), round_id), ContactForm.read().offer(FOR_SEVERAL)
    chosen = frozenset(request.form.getlist("households"))
    if not form.validate():
        return _list_page(running, form, chosen), 422
    try:
        count = enter_contacts(running, _ids(chosen), _contacted(form), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _list_page(get_round(actor(), round_id), form, chosen), 422
    flash(ngettext("%(count)s household entered", "%(count)s households entered", count))
    show, cursor = request.form.get("show") or None, request.form.get("cursor") or None
    return redirect(url_for(".households", round_id=round_id, show=show, cursor=cursor), 303)


def _ids(chosen: frozenset[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in sorted(chosen)]
    except ValueError as error:
        raise NotFound from error


def _contacted(form: ContactForm, paper: bytes | None = None) -> Contacted:
    return Contacted(Contact(form.state.data), form.happened_on.data, form.words.data, paper)


@blueprint.get("/rounds/<uuid:round_id>/households/<uuid:household_id>")
@requires(CasePermission.ROUND_READ)
def household(round_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Show how one household was reached."""
    running = get_round(actor(), round_id)
    return _household_page(running, _listed(running, household_id), OneContactForm(happened_on=today()))


def _listed(running: IdentificationRound, household_id: UUID) -> Household:
    found = households_listed(running, [household_id])
    if not found:
        raise NotFound
    return found[0]


def _household_page(running: IdentificationRound, found: Household, form: OneContactForm) -> str:
    return render_template(
        "identification/rounds/household.html",
        running=running,
        title=title_of(running),
        household=found,
        name=mask_name(found.head_name),
        latest=contact_of(running, found.id),
        entry=contact_entries(running, [found.id]).get(found.id),
        words_of=words_of,
        may_reach=running.stage is RoundStage.OPEN and can(actor(), CasePermission.FRAME_CONTACT, running),
        may_open_case=running.stage is RoundStage.OPEN and can(actor(), CasePermission.CASE_OPEN, running),
        form=form.offer(BY_HAND),
        has_errors=bool(form.errors),
    )


@blueprint.post("/rounds/<uuid:round_id>/households/<uuid:household_id>")
@requires(CasePermission.FRAME_CONTACT)
def enter_one(round_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Enter how one household was reached, with a signed paper where it said no."""
    running, form = get_round(actor(), round_id), OneContactForm.read().offer(BY_HAND)
    found = _listed(running, household_id)
    if not form.validate():
        return _household_page(running, found, form), 422
    sent = form.paper.data
    paper = sent.read() if sent is not None and hasattr(sent, "read") else None
    try:
        enter_contacts(running, [household_id], _contacted(form, paper or None), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        running = get_round(actor(), round_id)
        return _household_page(running, _listed(running, household_id), form), 422
    flash(_("Entered."))
    return redirect(url_for(".household", round_id=round_id, household_id=household_id), 303)


@blueprint.get("/rounds/<uuid:round_id>/households/<uuid:household_id>/paper")
@requires(CasePermission.FRAME_CONTACT)
def paper(round_id: UUID, household_id: UUID) -> ResponseReturnValue:
    """Return the paper on which a household said no."""
    running = get_round(actor(), round_id)
    entry = contact_entries(running, [household_id]).get(household_id)
    if entry is None or entry.file_id is None or not can(actor(), CasePermission.FRAME_CONTACT, running):
        raise NotFound
    stored, content = read_sealed(entry.file_id, subject=entry.record_subject())
    return send_file(BytesIO(content), mimetype=stored.mime)


@blueprint.get("/rounds/<uuid:round_id>/visiting-list")
@requires(CasePermission.ROUND_READ)
def visiting_list(round_id: UUID) -> ResponseReturnValue:
    """Show the households still to be reached as a sheet to take along, with room to write."""
    running = get_round(actor(), round_id)
    return render_template(
        "identification/rounds/visiting_list.html",
        running=running,
        title=title_of(running),
        rows=frame_page(running, show=ListPart.OPEN, limit=EVERY).items,
        on=today(),
    )
