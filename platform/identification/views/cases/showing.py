"""The page of a case: how far it is, what was found, who acts next, and everything that was done."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import Refused
from core.http import actor
from core.i18n import _, label
from core.policy import can, requires
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.models import IdentificationCase
from identification.notice_policy import NoticePermission
from identification.queries.cases import file as queries
from identification.queries.cases import get_case, office_of, old_register_shown, previously_registered
from identification.queries.cases.reading import ENDED
from identification.queries.objections import objections_of_case
from identification.queries.ready_cases import office_words
from identification.services.cases.kinds import check_kind
from identification.services.cases.measuring import measure
from identification.services.cases.opening import NAMEABLE
from identification.views.cases.door import blueprint
from identification.views.cases.findings import findings_of
from identification.views.cases.history import history_of
from identification.views.cases.listing import heading_of
from identification.views.cases.steps import first_step, step_links, waits_for_meeting
from identification.views.cases.words import kept_line, said_line
from registry.choices import RiskType, Sentinel
from registry.models import Household
from registry.views.places import office_name, place_name

Rows = list[dict[str, Any]]


@blueprint.get("/<uuid:case_id>")
@requires(CasePermission.CASE_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show one case. Names, words and papers are for the offices that work on it; watchers see the rest."""
    case = get_case(actor(), case_id)
    is_office = can(actor(), CasePermission.CASE_OFFICE, case)
    links = step_links(case, actor())
    return render_template(
        "identification/cases/case.html",
        case=case,
        heading=heading_of(case),
        is_office=is_office,
        place=place_name(case.region_code),
        standing=_standing(case),
        links=links,
        first=first_step(links),
        at_meeting=waits_for_meeting(case),
        about=_about(case, is_office=is_office),
        line=_line(case),
        vote=queries.vote_of(case.id),
        signatures=_signatures(case),
        notices=queries.notices_of_case(case.id) if can(actor(), NoticePermission.NOTICE_READ, case) else [],
        objections=objections_of_case(actor(), case.id),
        history=history_of(case, is_office=is_office),
        may=_may(case),
        **findings_of(case, is_office=is_office),
    )


def _standing(case: IdentificationCase) -> dict[str, Any]:
    """Return the state, whose turn it is, and how much time is left."""
    day = today()
    return {
        "words": label(case.stage),
        "office": office_words(office_of(case)),
        "passed_on": label(case.escalated_to) if case.escalated_to != "none" else "",
        "due_on": case.due_on,
        "days_left": None if case.due_on is None else (case.due_on - day).days,
        "decide_by": case.decide_by if case.decided_on is None else None,
        "decided_on": case.decided_on,
        "reason": label(case.reject_reason) if case.reject_reason else "",
    }


def _about(case: IdentificationCase, *, is_office: bool) -> Rows:
    """Return whose case it is and how it began; particulars only for the offices."""
    household = queries.household_of(case)
    rows: Rows = [
        {"name": _("Household"), "value": _household_words(household), **_household_link(case, household)},
        {"name": _("Village"), "value": place_name(case.region_code)},
        {"name": _("Persons"), "value": str(case.persons or _("not known yet"))},
        {"name": _("Rules"), "value": str(pack_labels[case.pack])},
        {"name": _("Where it came from"), "value": label(case.origin)},
        {"name": _("Entered"), "value": _entered(case)},
        {"name": _("On the old register"), "value": _old_register(case)},
    ]
    if case.monitored_kind is not None:
        rows.append({"name": _("Kind of monitoring"), "value": label(case.monitored_kind)})
    return [*_particulars(case), *rows, *_risks(case)] if is_office else rows


def _household_words(household: Household | None) -> str:
    return household.household_no if household else _("not known yet; it is needed before the meeting")


def _household_link(case: IdentificationCase, household: Household | None) -> dict[str, str]:
    if household is not None:
        return {"url": f"/desk/households/{household.id}", "link": _("To its file")}
    if case.stage in NAMEABLE and can(actor(), CasePermission.CASE_OFFICE, case):
        return {"url": url_for("cases.household", case_id=case.id), "link": _("Say which household it is")}
    return {}


def _entered(case: IdentificationCase) -> str:
    if case.entered_by is None:
        return case.entered_on.isoformat()
    return _("%(day)s, %(office)s", day=case.entered_on.isoformat(), office=office_name(case.entered_by))


def _old_register(case: IdentificationCase) -> str:
    """Return whether it stood on the old register; nobody sees that before the vote (domain.md 3.7.1)."""
    if not old_register_shown(case):
        return _("hidden until the meeting has voted")
    found = previously_registered(case)
    if found is None:
        return _("not known")
    return _("yes") if found else _("no")


def _particulars(case: IdentificationCase) -> Rows:
    rows: Rows = [{"name": _("Head of the household"), "value": case.applicant_name or _("not known yet")}]
    if case.applicant_phone:
        rows.append({"name": _("Phone number"), "value": case.applicant_phone})
    if case.witness:
        rows.append({"name": _("Witness, or who told it"), "value": case.witness})
    return rows


def _risks(case: IdentificationCase) -> Rows:
    """Return why somebody went to ask, and the risks that were chosen."""
    found = {
        _("Lists it stands on"): [label(Sentinel(code)) for code in case.sentinels],
        _("Risks"): [label(RiskType(code)) for code in case.risk_types],
    }
    return [{"name": name, "value": _(", ").join(words)} for name, words in found.items() if words]


def _line(case: IdentificationCase) -> dict[str, Any]:
    """Return the line of the case: as it was kept, or as it would be today."""
    kept = kept_line(case)
    return {"kept": kept, "words": kept or said_line(measure(case)), "source": case.line_source}


def _signatures(case: IdentificationCase) -> Rows:
    signed = {
        _("Village committee"): case.committee_by,
        _("Stationed team"): case.team_by,
        _("Township"): case.township_by,
        _("County"): case.county_by,
    }
    return [{"name": name, "value": office_name(account)} for name, account in signed.items() if account is not None]


def _may(case: IdentificationCase) -> dict[str, bool]:
    return {
        "flag": case.stage not in ENDED and can(actor(), CasePermission.CASE_OFFICE, case),
        "print": case.receipt_no is not None and can(actor(), CasePermission.CASE_OFFICE, case),
        "meet": can(actor(), CasePermission.MEETING_HOLD, case),
        "kind": _may_choose_kind(case),
    }


def _may_choose_kind(case: IdentificationCase) -> bool:
    try:
        check_kind(case, actor=actor())
    except Refused:
        return False
    return True
