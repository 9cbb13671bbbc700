"""What the rules found in my places: filtered, a page at a time, mended in the file or let stand with a reason."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _, label
from core.policy import can, require, requires
from registry.choices import FindingStage
from registry.forms.findings import FindingsForm, ResolveForm
from registry.models import Finding, Household, Village
from registry.policy import RegistryPermission
from registry.queries import finding_counts, findings_of, get_finding, get_household, get_village
from registry.rules import RULES, rule_label
from registry.services import accept_finding
from registry.views.door import blueprint
from registry.views.finding_words import worked_out_from
from registry.views.places import place_name, place_names, villages_of


@blueprint.get("/findings")
@requires(RegistryPermission.HOUSEHOLD_READ)
def findings() -> ResponseReturnValue:
    """List what the rules found in my places, the oldest first."""
    form = FindingsForm.read_query()
    chosen = form.village.data or ""
    region = chosen if len(chosen) == 12 and chosen.isdecimal() else ""
    form.offer(villages_of(actor()), [(code, str(rule_label(RULES, code))) for code in finding_counts(actor())])
    page = findings_of(
        actor(), region=region, rule=form.rule.data or "", state=form.chosen_stage, cursor=form.cursor.data or None
    )
    places = place_names(row.finding.region_code for row in page.items)
    kept: dict[str, Any] = {"village": region, "rule": form.rule.data, "stage": form.stage.data}
    return render_template(
        "registry/findings.html",
        form=form,
        rows=[row_of(row.finding, row.household_no, places[row.finding.region_code]) for row in page.items],
        next_url=url_for(
            "registry.findings", cursor=page.next, **{name: value for name, value in kept.items() if value}
        )
        if page.next
        else "",
    )


def row_of(finding: Finding, household_no: str, place: str) -> dict[str, Any]:
    """Return a finding as lists show it: the rule's sentence, nothing that it was worked out from."""
    return {
        "id": finding.id,
        "title": str(rule_label(RULES, finding.rule)),
        "url": url_for("registry.finding", finding_id=finding.id),
        "severity": finding.severity,
        "stage": finding.state,
        "is_open": finding.state is FindingStage.OPEN,
        "place": place,
        "whose": _("Household %(number)s", number=household_no) if household_no else _("The whole village"),
        "year": finding.year or "",
        "first_seen": finding.first_seen_on,
    }


def open_rows_of(household: Household) -> list[dict[str, Any]]:
    """Return the open findings of one household."""
    page = findings_of(actor(), household_id=household.id, limit=50)
    return [row_of(row.finding, row.household_no, "") for row in page.items]


def _about(finding: Finding) -> Household | Village:
    if finding.household_id is not None:
        return get_household(actor(), finding.household_id)
    return get_village(actor(), finding.region_code)


@blueprint.get("/findings/<uuid:finding_id>")
@requires(RegistryPermission.HOUSEHOLD_READ)
def finding(finding_id: UUID) -> ResponseReturnValue:
    """Show one finding: what it is about, and the two ways to settle it."""
    return _page(get_finding(actor(), finding_id), ResolveForm())


def _page(found: Finding, form: ResolveForm) -> str:
    about = _about(found)
    number = about.household_no if isinstance(about, Household) else ""
    row = row_of(found, number, place_name(found.region_code))
    facts = [
        {"name": _("Place"), "value": row["place"]},
        {"name": _("Whose"), "value": row["whose"]},
        {"name": _("How grave"), "value": label(found.severity)},
        {"name": _("First seen"), "value": found.first_seen_on.isoformat()},
        {"name": _("Now"), "value": label(found.state)},
    ]
    facts[2:2] = worked_out_from(found.details)
    if found.year:
        facts.insert(2, {"name": _("Year"), "value": str(found.year)})
    if found.accepted_reason is not None:
        facts.append({"name": _("Why it stands as it is"), "value": label(found.accepted_reason)})
    return render_template(
        "registry/finding.html",
        row=row,
        facts=facts,
        form=form,
        mend_url=_mend_url(about, found),
        may_resolve=can(actor(), RegistryPermission.HOUSEHOLD_CHANGE, about),
    )


def _mend_url(about: Household | Village, found: Finding) -> str:
    if isinstance(about, Household):
        return url_for("registry.dossier", household_id=about.id)
    if found.year:
        return url_for("registry.village_sheet", code=about.region_code, year=found.year)
    return url_for("registry.village_register", code=about.region_code)


@blueprint.post("/findings/<uuid:finding_id>/accept")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def accept(finding_id: UUID) -> ResponseReturnValue:
    """Let a finding stand, with a reason."""
    found = get_finding(actor(), finding_id)
    require(actor(), RegistryPermission.HOUSEHOLD_CHANGE, _about(found))
    form = ResolveForm.read()
    if not form.validate():
        return _page(found, form), 422
    try:
        accept_finding(found, actor=actor(), reason=form.reason.data, note=form.note.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(get_finding(actor(), finding_id), form), 422
    flash(_("It stands as it is; your reason is on record."))
    return redirect(url_for("registry.findings"), 303)
