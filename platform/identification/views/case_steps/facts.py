"""What is on file when somebody decides, in a few lines: the household masked, what was seen, answered and voted."""

from flask import url_for

from core.clock import today
from core.i18n import _, label, ngettext
from core.policy import Actor, can
from identification.case_choices import CaseStage, MatchResult, Seen, VetoStage
from identification.case_packs import pack_labels, pack_of
from identification.case_policy import CasePermission
from identification.models import IdentificationCase, Visit
from identification.queries.cases import CaseRow, case_rows
from identification.queries.cases.clearing import measures_since, risk_on_file
from identification.queries.cases.file import flags_of, matches_of, visits_of, vote_of
from identification.queries.cases.quota import quota_left
from identification.queries.households import has_exited
from identification.services.cases.measuring import measure
from identification.views.cases.listing import heading_of
from identification.views.cases.words import kept_line, said_line, view_words
from registry.choices import RiskType
from registry.views.places import place_name
from registry.views.survey.sums import yuan

Fact = dict[str, str]
CLEARING = frozenset({"propose_clearing", "clear", "stay"})
NUMBERED = frozenset({"county_approve", "hold_over_quota", "answer_over_quota", "admit_over_quota"})
UNSEEN = frozenset({CaseStage.CLUE, CaseStage.DRAFT, CaseStage.APPLIED})


def crumbs_of(case: IdentificationCase, title: str, actor: Actor) -> list[dict[str, str]]:
    """Return the way here: through the list of cases and the case's page, for those who may read them."""
    here = {"text": title}
    if not can(actor, CasePermission.CASE_READ, case):
        return [here]
    listed = {"text": _("Cases of my places"), "url": url_for("cases.index")}
    return [listed, {"text": heading_of(case), "url": url_for("cases.show", case_id=case.id)}, here]


def facts_of(case: IdentificationCase, step: str, actor: Actor) -> list[Fact]:
    """Return what is on file that belongs to the decision; who may not read cases sees whose it is, and its state."""
    row = case_rows([case])[0]
    found = [_fact(_("Village"), place_name(case.region_code)), _fact(_("State"), _state(row))]
    if not can(actor, CasePermission.CASE_READ, case):
        return found
    if case.persons:
        found.append(_fact(_("Persons"), str(case.persons)))
    found.append(_fact(_("Rules"), str(pack_labels[case.pack])))
    if step in CLEARING:
        return [*found, *_risk(case)]
    if case.stage not in UNSEEN:
        found += [*_income(case), *_sights(case), *_answers(case), *_flags(case), *_vote(case), *_signatures(case)]
    return [*found, *_kind(case), *(_number(case) if step in NUMBERED else [])]


def kind_facts(case: IdentificationCase) -> list[Fact]:
    """Return what speaks for one kind of monitoring or another: the household's past, its income, what was seen."""
    past = _("not known; the household is not named yet")
    if case.household_id is not None:
        exited = has_exited(case.household_id, today())
        past = _("was on it and left it") if exited else _("never left it, or never was on it")
    found = [_fact(_("Village"), place_name(case.region_code)), _fact(_("Poverty register"), past)]
    return [*found, *_income(case), *_sights(case)]


def _fact(name: str, value: str) -> Fact:
    return {"name": name, "value": value}


def _state(row: CaseRow) -> str:
    if row.days_left is None:
        return label(row.stage)
    if row.days_left < 0:
        late = ngettext("%(count)s day overdue", "%(count)s days overdue", -row.days_left)
        return _("%(stage)s, %(time)s", stage=label(row.stage), time=late)
    left = ngettext("%(count)s day left", "%(count)s days left", row.days_left)
    return _("%(stage)s, %(time)s", stage=label(row.stage), time=left)


def _latest(case: IdentificationCase) -> Visit | None:
    return next((visit for visit in visits_of(case.id) if visit.verification == case.verification), None)


def _income(case: IdentificationCase) -> list[Fact]:
    """Return the income of the visit beside the line: as it was kept for the meeting, or as it would be today."""
    visit, found = _latest(case), []
    if visit is not None and visit.per_capita is None:
        found.append(_fact(_("Income"), _("cannot be measured")))
    elif visit is not None and visit.per_capita is not None:
        words = _("%(amount)s per person in %(year)s", amount=yuan(visit.per_capita), year=str(visit.income_year))
        found.append(_fact(_("Income"), words))
    line = kept_line(case) or said_line(measure(case))
    return [*found, _fact(_("Measured against"), line)] if line else found


def _sights(case: IdentificationCase) -> list[Fact]:
    visit = _latest(case)
    if visit is None:
        return [_fact(_("Visit"), _("none yet"))]
    odd = [_view(visit, name) for name in view_words if getattr(visit, name) in (Seen.AT_RISK, Seen.NOT_SOUND)]
    seen = _("; ").join(odd) or _("nothing at risk")
    return [_fact(_("Visit of %(day)s", day=visit.visited_on.isoformat()), seen)]


def _view(visit: Visit, name: str) -> str:
    return _("%(what)s: %(seen)s", what=str(view_words[name]), seen=label(getattr(visit, name)))


def _answers(case: IdentificationCase) -> list[Fact]:
    """Return how many departments answered, and who found something."""
    found = {match.department: match for match in matches_of(case.id) if match.verification == case.verification}
    wanted = pack_of(case.pack, case.region_code, case.entered_on)["departments"]
    count = _("%(count)s of %(all)s departments answered", count=len(found), all=len(wanted))
    hits = [label(match.department) for match in found.values() if match.result is MatchResult.FOUND]
    if not hits:
        return [_fact(_("Departments"), count)]
    return [_fact(_("Departments"), _("%(count)s; found by: %(who)s", count=count, who=_(", ").join(hits)))]


def _flags(case: IdentificationCase) -> list[Fact]:
    flags = [flag for flag in flags_of(case.id) if flag.stage is not VetoStage.CLEARED]
    words = [_("%(what)s: %(seen)s", what=label(flag.code), seen=label(flag.stage)) for flag in flags]
    return [_fact(_("Flags"), _("; ").join(words))] if words else [_fact(_("Flags"), _("none that stands"))]


def _vote(case: IdentificationCase) -> list[Fact]:
    seen = vote_of(case.id)
    if seen is None:
        return []
    words = _(
        "%(day)s: %(ayes)s for, %(noes)s against, %(abstained)s abstained",
        day=seen.held_on.isoformat(),
        ayes=seen.vote.votes_for,
        noes=seen.vote.votes_against,
        abstained=seen.vote.abstained,
    )
    return [_fact(_("Vote"), words)]


def _signatures(case: IdentificationCase) -> list[Fact]:
    if case.stage is not CaseStage.PRELIMINARY:
        return []
    signed, missing = _("signed"), _("not yet")
    return [
        _fact(_("Village committee"), signed if case.committee_by else missing),
        _fact(_("Stationed team"), signed if case.team_by else missing),
    ]


def _kind(case: IdentificationCase) -> list[Fact]:
    if case.monitored_kind is None:
        return []
    risks = _(", ").join(label(RiskType(code)) for code in case.risk_types)
    return [_fact(_("Kind of monitoring"), label(case.monitored_kind)), _fact(_("Risks"), risks)]


def _number(case: IdentificationCase) -> list[Fact]:
    left = quota_left(case)
    if left is None:
        return []
    words = ngettext("%(count)s person left", "%(count)s persons left", max(left, 0))
    return [_fact(_("The village's number"), words if left > 0 else _("used up"))]


def _risk(case: IdentificationCase) -> list[Fact]:
    """Return what the registers say about a risk that may be gone."""
    found, rows = risk_on_file(case), _kind(case)
    unknown = _("not on file")
    income = unknown
    if found.per_capita is not None:
        income = _("%(amount)s per person in %(year)s", amount=yuan(found.per_capita), year=str(found.income_year))
    rows.append(_fact(_("Income on file"), income))
    if found.line is not None:
        rows.append(_fact(_("Measured against"), said_line(found.line)))
    able = {True: _("somebody can"), False: _("nobody can"), None: unknown}[found.can_work]
    rows.append(_fact(_("Ability to work"), able))
    arrived = measures_since(case)
    words = ngettext("%(count)s delivery arrived", "%(count)s deliveries arrived", arrived)
    rows.append(_fact(_("Help since monitoring began"), words if arrived else _("none arrived on this platform")))
    return rows


def warnings_of(case: IdentificationCase, step: str) -> list[str]:
    """Return what the decider is told before he decides: what is late, and what the rules will ask afterwards."""
    found = []
    if case.decide_by is not None and case.decided_on is None and case.decide_by < today():
        found.append(_("The days in all ended on %(day)s without a decision.", day=case.decide_by.isoformat()))
    if step == "clear" and not measures_since(case):
        found.append(_("No help arrived on this platform. “By help” needs evidence of it elsewhere."))
    return found
