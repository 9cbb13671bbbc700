"""The steps that somebody has from a case's present state: each leads to its page, or says what stands against it."""

from dataclasses import dataclass

from flask import url_for

from core.errors import Refused
from core.i18n import LazyString, _l
from core.policy import Actor, can
from core.workflow import Option
from identification.case_choices import CaseStage
from identification.case_policy import CasePermission
from identification.models import IdentificationCase
from identification.queries.cases.file import notices_of_case
from identification.services.cases.matches import refuse_asking
from identification.services.cases.stepping import check_step
from identification.workflow import workflow_of

# A step that leads on stands first among them; those that lead back or out never do.
FIRST = ("propose", "authorise", "record_visit")
OUT = frozenset(
    {
        *("decline", "withdraw", "township_return", "township_reject", "county_return", "county_reject", "stay"),
        *("unpost_first", "unpost_second", "unpost_village", "unpost_announcement"),
    }
)
HIDDEN = frozenset({"vote_for", "vote_against"})
DONE = frozenset({"letter_signed"})


@dataclass(frozen=True)
class StepLink:
    """A step with its page; `why` says what blocks it, `mend` leads to where that is mended."""

    name: str
    label: str | LazyString
    url: str
    why: str | LazyString = ""
    mend: str = ""

    @property
    def is_open(self) -> bool:
        return not self.why

    @property
    def leads_out(self) -> bool:
        return self.name in OUT


def step_links(case: IdentificationCase, actor: Actor) -> list[StepLink]:
    """Return the steps of the actor's role, what leads on first."""
    options = [option for option in workflow_of(case).options(case, actor=actor) if option.name not in HIDDEN]
    found = [_link(case, option, actor) for option in options if option.code not in DONE]
    if case.stage is CaseStage.VERIFYING and can(actor, CasePermission.CASE_MATCH, case):
        found.append(_match_link(case, actor))
    return sorted(found, key=lambda link: (link.leads_out, not link.is_open))


def first_step(links: list[StepLink]) -> StepLink | None:
    """Return the step that the page offers as its one primary button."""
    ahead = {link.name: link for link in links if link.is_open and not link.leads_out}
    named = next((ahead[name] for name in FIRST if name in ahead), None)
    return named or next(iter(ahead.values()), None)


def _link(case: IdentificationCase, option: Option, actor: Actor) -> StepLink:
    code, why = option.code, option.why
    if option.allowed:
        try:
            check_step(case, option.name, actor=actor)
        except Refused as refusal:
            code, why = refusal.code, refusal.detail
    return StepLink(option.name, option.label, step_url(case, option.name), why, _mend_url(case, code))


def _match_link(case: IdentificationCase, actor: Actor) -> StepLink:
    """Return the way to enter a department's answer: no step of the case, but what the county owes it."""
    words, url = _l("Enter a department's answer"), url_for("cases.match", case_id=case.id)
    try:
        refuse_asking(case, actor=actor)
    except Refused as refusal:
        return StepLink("match", words, url, refusal.detail)
    return StepLink("match", words, url)


def step_url(case: IdentificationCase, step: str) -> str:
    """Return the page on which a step is taken."""
    own = {"authorise": "cases.letter", "record_visit": "cases.visit", "propose": "cases.propose"}
    if step in own:
        return url_for(own[step], case_id=case.id)
    if step.startswith("post_"):
        which = f"{case.pack}/{step.removeprefix('post_')}"
        return url_for("notice_desk.new", region_code=case.region_code, what=which)
    if step.startswith("unpost_"):
        notices = notices_of_case(case.id)
        return url_for("notice_desk.show", notice_id=notices[0].id) if notices else url_for("notice_desk.index")
    return url_for("case_steps.ask", case_id=case.id, step=step)


def _mend_url(case: IdentificationCase, code: str) -> str:
    """Return where what blocks a step can be mended, if it is not the step's own page."""
    here = {
        "household_unknown": "cases.household",
        "not_visited": "cases.visit",
        "not_authorised": "cases.letter",
        "not_matched": "cases.match",
    }
    if code in here:
        return url_for(here[code], case_id=case.id)
    if code in ("no_kind", "kind_wrong"):
        return url_for("case_steps.kind", case_id=case.id)
    return ""


def waits_for_meeting(case: IdentificationCase) -> bool:
    return case.stage is CaseStage.REVIEWED
