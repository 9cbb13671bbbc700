"""What was found for a case: visits, departments' answers, flags."""

from typing import Any
from uuid import UUID

from flask import url_for

from core.http import actor
from core.i18n import _, label
from core.policy import can
from identification.case_choices import CaseStage, Department, VetoStage
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.models import DepartmentMatch, IdentificationCase, VetoFlag, Visit
from identification.queries.cases import file as queries
from identification.views.cases.words import concept_words, person_name, view_words
from registry.queries import income_of
from registry.views.places import office_name
from registry.views.survey.sums import income_lines, yuan


def findings_of(case: IdentificationCase, *, is_office: bool) -> dict[str, Any]:
    """Return the parts of the page that say what was found; what concerns health or belongings for offices only."""
    if not is_office:
        return {"visits": [], "matches": [], "missing": [], "flags": [], "answers": []}
    matches = queries.matches_of(case.id)
    return {
        "visits": [_visit(case, visit) for visit in queries.visits_of(case.id)],
        "matches": [_match(match, case) for match in matches],
        "missing": missing_departments(case),
        "flags": [flag_row(case, flag) for flag in queries.flags_of(case.id)],
        "answers": queries.answers_of(case.id),
    }


def _visit(case: IdentificationCase, visit: Visit) -> dict[str, Any]:
    rows = [{"name": str(words), "value": label(getattr(visit, name))} for name, words in view_words.items()]
    income = _("cannot be measured: %(reason)s", reason=visit.no_income_reason)
    if visit.per_capita is not None:
        concept = str(concept_words.get(visit.income_concept, visit.income_concept))
        income = _(
            "%(amount)s, %(concept)s of %(year)s",
            amount=yuan(visit.per_capita),
            concept=concept,
            year=str(visit.income_year),
        )
    return {
        "on": visit.visited_on,
        "again": visit.verification > 1,
        "is_current": visit.verification == case.verification,
        "visitors": [person_name(visit.first_visitor), person_name(visit.second_visitor)],
        "rows": [*rows, {"name": _("Income"), "value": income}],
        "sum": _formula(case.household_id, visit),
        "words": visit.words,
        "file_url": url_for("cases.paper", case_id=case.id, file_id=visit.file_id) if visit.file_id else "",
    }


def _formula(household_id: UUID | None, visit: Visit) -> str:
    """Return the calculation of the year as the register has it now."""
    if household_id is None or visit.income_year is None:
        return ""
    found = income_of(household_id, visit.income_year)
    return income_lines(found.sums) if found else ""


def _match(match: DepartmentMatch, case: IdentificationCase) -> dict[str, Any]:
    return {
        "department": label(match.department),
        "result": match.result,
        "as_of": match.as_of,
        "words": match.words,
        "is_current": match.verification == case.verification,
    }


def missing_departments(case: IdentificationCase) -> list[str]:
    """Return the departments that have not answered for this verification, in words."""
    wanted = pack_of(case.pack, case.region_code, case.entered_on)["departments"]
    answered = {match.department for match in queries.matches_of(case.id) if match.verification == case.verification}
    return [label(Department(code)) for code in wanted if Department(code) not in answered]


def flag_row(case: IdentificationCase, flag: VetoFlag) -> dict[str, Any]:
    """Return a flag as pages show it, with the page on which another person decides it."""
    may_decide = flag.stage is not VetoStage.CLEARED and can(actor(), CasePermission.CASE_OFFICE, case)
    own = flag.raised_by is not None and flag.raised_by == actor().account_id
    return {
        "title": label(flag.code),
        "stage": flag.stage,
        "told": flag.stage is VetoStage.OPEN and case.stage not in BEFORE_MEETING,
        "raised": _("%(day)s, %(office)s", day=flag.raised_on.isoformat(), office=office_name(flag.raised_by)),
        "words": flag.raised_words,
        "evidence": flag.evidence,
        "hardship": label(flag.hardship) if flag.hardship else "",
        "decided": _decided(flag),
        "own": own and flag.stage is not VetoStage.CLEARED,
        "url": url_for("cases.flag", case_id=case.id, flag_id=flag.id) if may_decide and not own else "",
    }


BEFORE_MEETING = frozenset({CaseStage.CLUE, CaseStage.DRAFT, CaseStage.APPLIED, CaseStage.VERIFYING})


def _decided(flag: VetoFlag) -> str:
    if flag.decided_on is None:
        return ""
    return _("%(day)s, %(office)s", day=flag.decided_on.isoformat(), office=office_name(flag.decided_by))
