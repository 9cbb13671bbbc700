"""The three kinds of monitoring, and whom each is for (domain.md 5.4)."""

from core.clock import today
from core.errors import NotValid, WrongState
from core.i18n import LazyString, _l
from core.policy import Actor
from core.records import note
from identification.case_choices import CaseStage
from identification.case_packs import MONITORING_2021
from identification.case_policy import CasePermission
from identification.models import IdentificationCase
from identification.queries.households import has_exited
from identification.services.cases.roles import act_for
from registry.choices import MonitoringKind, RiskType

MOST_RISKS = 5
OPEN = frozenset(
    {
        *(CaseStage.VERIFYING, CaseStage.REVIEWED, CaseStage.PRELIMINARY, CaseStage.NOTICE_VILLAGE),
        *(CaseStage.TOWNSHIP_REVIEW, CaseStage.COUNTY_REVIEW),
    }
)
_NEEDS_EXIT = _l("This kind is for households that have left poverty. The register does not say so of this one.")
_NO_EXIT = _l("This kind is for households that never were on the poverty register. This one was.")


def wrong_kind(kind: MonitoringKind, *, ever_exited: bool) -> LazyString | None:
    """Return why the kind does not fit, or None. Sudden difficulty fits everybody, whatever the income."""
    if kind is MonitoringKind.UNSTABLE_EXITED and not ever_exited:
        return _NEEDS_EXIT
    if kind is MonitoringKind.MARGINAL_AT_RISK and ever_exited:
        return _NO_EXIT
    return None


def refuse_wrong_kind(case: IdentificationCase) -> LazyString | None:
    """Return why the chosen kind does not fit the household, or None."""
    if case.monitored_kind is None or case.household_id is None:
        return None
    return wrong_kind(case.monitored_kind, ever_exited=has_exited(case.household_id, today()))


def check_kind(case: IdentificationCase, *, actor: Actor) -> None:
    """Raise what stands against choosing a kind now: the role, or a state before the visit or after the decision."""
    act_for(actor, CasePermission.CASE_OFFICE, case)
    if case.pack != MONITORING_2021 or case.stage not in OPEN:
        raise WrongState(state=str(case.stage))


def kind_refusals(case: IdentificationCase) -> dict[MonitoringKind, LazyString]:
    """Return the kinds that do not fit the case's household, each with its reason."""
    if case.household_id is None:
        return {}
    exited = has_exited(case.household_id, today())
    found = {kind: wrong_kind(kind, ever_exited=exited) for kind in MonitoringKind}
    return {kind: wrong for kind, wrong in found.items() if wrong is not None}


def choose_kind(case: IdentificationCase, kind: MonitoringKind, risks: list[RiskType], *, actor: Actor) -> None:
    """Say which kind of monitoring and which risks it is about; up to five, in order."""
    check_kind(case, actor=actor)
    if not 1 <= len(risks) <= MOST_RISKS:
        raise NotValid({"risk_types": [_l("Choose one to five risks.")]})
    if len(set(risks)) < len(risks):
        raise NotValid({"risk_types": [_l("Name each risk once.")]})
    wrong = kind_refusals(case).get(kind)
    if wrong is not None:
        raise NotValid({"monitored_kind": [wrong]})
    case.monitored_kind, case.risk_types = kind, [risk.value for risk in risks]
    note(case, "case.kind_chosen")
