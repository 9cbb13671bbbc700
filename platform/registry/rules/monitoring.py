"""Rules about monitored households and the clearing of their risk (domain.md 5.4, 5.5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.i18n import _l
from registry.choices import ClearingMethod, Labour, MonitoringKind, MonitoringStatus, PovertyStatus, RiskType, Severity
from registry.rules.checking import DataQualityRule, Found, HouseholdFacts

# What has to be done before a risk can be called cleared by help: categories of needs.
MEASURES_FOR = {
    RiskType.SCHOOLING.value: {"schooling", "daily_necessities"},
    RiskType.ILLNESS.value: {"medical", "daily_necessities"},
}
EVER_OUT = {PovertyStatus.EXITED, PovertyStatus.RELAPSED}


def _is(facts: HouseholdFacts, status: MonitoringStatus) -> bool:
    return facts.profile is not None and facts.profile.monitoring_status is status


def _by_help(facts: HouseholdFacts) -> bool:
    cleared = _is(facts, MonitoringStatus.CLEARED)
    return cleared and facts.profile is not None and facts.profile.clearing_method is ClearingMethod.BY_HELP


def _incomplete(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if profile is None or profile.monitoring_status is MonitoringStatus.NONE:
        return
    wanted: dict[str, object] = {"monitoring_kind": profile.monitoring_kind, "monitored_since": profile.monitored_since}
    if profile.monitoring_status is MonitoringStatus.CLEARED:
        wanted |= {"cleared_on": profile.cleared_on, "clearing_method": profile.clearing_method}
    missing = [name for name, value in wanted.items() if value is None]
    if missing:
        yield Found(details={"fields": missing})


def _kind_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    """Unstable is who had left poverty, marginal who never was in it; a sudden hardship can meet both."""
    profile = facts.profile
    if profile is None or profile.monitoring_status is MonitoringStatus.NONE:
        return
    was_out = profile.poverty_status in EVER_OUT or profile.exit_year is not None
    kind = profile.monitoring_kind
    if (kind is MonitoringKind.UNSTABLE_EXITED and not was_out) or (
        kind is MonitoringKind.MARGINAL_AT_RISK and was_out
    ):
        yield Found(details={"kind": kind.value})


def _cleared_without_measure(facts: HouseholdFacts) -> Iterator[Found]:
    if _by_help(facts) and not _measures(facts):
        yield Found()


def _measures(facts: HouseholdFacts) -> set[str]:
    """Return the categories of what was done while the household was monitored."""
    profile = facts.profile
    since = profile.monitored_since if profile is not None else None
    until = (profile.cleared_on if profile is not None else None) or facts.day
    return {m.category for m in facts.measures if (since is None or m.on >= since) and m.on <= until}


def _risk_without_measure(facts: HouseholdFacts) -> Iterator[Found]:
    if not _by_help(facts) or facts.profile is None:
        return
    done = _measures(facts)
    missing = [risk for risk in facts.profile.risk_types if risk in MEASURES_FOR and not done & MEASURES_FOR[risk]]
    if done and missing:
        yield Found(details={"risks": missing})


def _cleared_at_once(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if not _by_help(facts) or profile is None or profile.monitored_since is None or profile.cleared_on is None:
        return
    if _months(profile.cleared_on) - _months(profile.monitored_since) <= 1:
        yield Found()


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _cleared_below_line(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if not _is(facts, MonitoringStatus.CLEARED) or profile is None or profile.cleared_on is None:
        return
    last = next((year for year in facts.incomes if year.record.year <= profile.cleared_on.year), None)
    line = facts.line(profile.cleared_on.year)
    if last is not None and line is not None and last.sums.monitoring_reference_per_capita < line:
        yield Found(last.record.year)


def _nothing_done(facts: HouseholdFacts) -> Iterator[Found]:
    profile = facts.profile
    if not _is(facts, MonitoringStatus.MONITORED) or profile is None or profile.monitored_since is None:
        return
    late = profile.monitored_since + timedelta(days=facts.limit("measures_within_days")) < facts.day
    if late and not _measures(facts):
        yield Found()


def _cleared_without_labour(facts: HouseholdFacts) -> Iterator[Found]:
    """Who cannot work is secured first and not called cleared for the time being."""
    if not _is(facts, MonitoringStatus.CLEARED) or not facts.members:
        return
    known = [m.profile.labour_ability for m in facts.members if m.profile and m.profile.labour_ability is not None]
    if len(known) == len(facts.members) and set(known) <= {Labour.LOST, Labour.NONE}:
        yield Found()


R, S = DataQualityRule[HouseholdFacts], Severity
MONITORING_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    R("monitoring_incomplete", _l("A monitored household without kind, day or way of clearing"), S.NOTE, _incomplete),
    R("kind_contradicts", _l("The monitored kind does not fit the household's past"), S.ERROR, _kind_contradicts),
    R("cleared_without_measure", _l("Cleared by help, but no measure is on file"), S.ERROR, _cleared_without_measure),
    R(
        "risk_without_measure",
        _l("A risk of schooling or illness was cleared without a measure for it"),
        S.ERROR,
        _risk_without_measure,
    ),
    R("cleared_at_once", _l("Cleared by help in the month of entry or the next"), S.SUSPICIOUS, _cleared_at_once),
    R(
        "cleared_below_line",
        _l("Cleared although the income per person is below the line"),
        S.ERROR,
        _cleared_below_line,
    ),
    R("nothing_done", _l("No measure a month after monitoring began"), S.OVERDUE, _nothing_done),
    R("cleared_without_labour", _l("Cleared although nobody there can work"), S.SUSPICIOUS, _cleared_without_labour),
)
