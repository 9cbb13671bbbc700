"""What comes after a step, and what happened before it was taken, in sentences."""

from accounts.models import Role
from core.clock import SHANGHAI, today
from core.i18n import LazyString, _, _l, label
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from identification.queries.cases.changing import CaseChange
from identification.queries.ready_cases import office_words
from identification.record_kinds import KINDS
from identification.services.cases.stepping import deadline_from
from identification.workflow import office_and_days, workflow_of

# What is done in the state that a step leads to.
FOLLOWS: dict[CaseStage, LazyString] = {
    CaseStage.TOWNSHIP_REVIEWED: _l("A second notice hangs in every village of the township."),
    CaseStage.COUNTY_APPROVED: _l("The decision is announced in the village; then the household is registered."),
    CaseStage.REGISTERED: _l("The village is reminded until card and survey are done."),
    CaseStage.MONITORED: _l("The register says so from today. The village is reminded until card and survey are done."),
    CaseStage.CLEARED: _l("Help that was promised runs to its end."),
    CaseStage.NOT_ADMITTED: _l("The household reads the reason with its receipt."),
    CaseStage.ELIGIBLE_OVER_QUOTA: _l("The number of such households is published."),
}


def next_lines(case: IdentificationCase, step: str) -> list[str]:
    """Return what comes next: the state, who has how long, and what is done there."""
    target = workflow_of(case).get(step).target
    if target is None:
        return []
    stage = CaseStage(target)
    lines = [_("Then it stands at: %(stage)s.", stage=label(stage)), _turn(case, stage), str(FOLLOWS.get(stage, ""))]
    return [line for line in lines if line]


def _turn(case: IdentificationCase, stage: CaseStage) -> str:
    days, last = office_and_days(case, stage), deadline_from(case, today(), stage)
    if days is None or last is None:
        return ""
    return _("By %(day)s %(office)s acts.", day=last.isoformat(), office=office_words(days["office"]))


def change_line(change: CaseChange) -> str:
    """Return one thing that happened meanwhile: when, what, by whom."""
    return _(
        "%(at)s: %(what)s (%(role)s)",
        at=f"{change.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        what=str(KINDS.get(change.kind, _("The case's file was changed"))),
        role=label(Role(change.role)) if change.role in set(Role) else change.role,
    )
