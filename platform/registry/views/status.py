"""Where a household stands in the register and in monitoring, as lines of its file (domain.md 2.1, 5.4 to 5.6)."""

from typing import Any

from core.i18n import _, label
from registry.choices import MonitoringStatus, RiskType
from registry.models import HouseholdProfile

Rows = list[dict[str, str]]


def status_rows(profile: HouseholdProfile | None, *, revealed: bool) -> Rows:
    """Return the lines; what is not known is left out, the risks stay covered until they are revealed."""
    if profile is None:
        return []
    return [*_poverty(profile), *_monitoring(profile, revealed=revealed)]


def _poverty(profile: HouseholdProfile) -> Rows:
    enjoys = {True: _("Yes"), False: _("No"), None: ""}[profile.policy_enjoying]
    return _rows(
        (_("Status in the register"), label(profile.poverty_status)),
        (_("Year of exit"), profile.exit_year),
        (_("Fell back in"), profile.relapse_year),
        (_("Why it fell back"), label(profile.relapse_cause) if profile.relapse_cause else ""),
        (_("Still enjoys the policies"), enjoys),
    )


def _monitoring(profile: HouseholdProfile, *, revealed: bool) -> Rows:
    status = label(profile.monitoring_status)
    if profile.monitoring_kind is not None:
        status = _("%(status)s, %(kind)s", status=status, kind=label(profile.monitoring_kind))
    cleared = profile.monitoring_status is MonitoringStatus.CLEARED
    return _rows(
        (_("Monitoring"), status),
        (_("Monitored since"), profile.monitored_since),
        (_("Risk cleared on"), profile.cleared_on if cleared else None),
        (_("How it was cleared"), label(profile.clearing_method) if cleared and profile.clearing_method else ""),
        (_("Risks"), _risks(profile, revealed=revealed)),
    )


def _risks(profile: HouseholdProfile, *, revealed: bool) -> str:
    if profile.risk_types and not revealed:
        return _("On file, covered")
    return _(", ").join(label(RiskType(risk)) for risk in profile.risk_types)


def _rows(*pairs: tuple[str, Any]) -> Rows:
    return [{"name": name, "value": str(value)} for name, value in pairs if value]
