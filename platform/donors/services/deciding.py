"""Handing in, verifying, refusing, ending, barring, appealing.

Each service asks the database first and changes the donor last, in one go, so that one step is one record.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from core.clock import now, today
from core.errors import NotValid
from core.i18n import _l
from core.policy import Actor
from core.policy_packs import policy_value
from donors.events import donor_blacklisted, donor_expired
from donors.models import Donor, EvidenceKind
from donors.queries import missing_evidence
from donors.workflow import donor_workflow

EXPIRED_BY_DATE = "validity_passed"


def submit_donor(donor: Donor, *, actor: Actor) -> None:
    """Hand the papers in for checking."""
    moment = now()
    donor_workflow.fire(donor, "submit", actor=actor, facts={"missing": missing_evidence(donor)})
    donor.submitted_at = moment
    donor.last_reason = ""


def verify_donor(
    donor: Donor,
    *,
    actor: Actor,
    level: int,
    evidence_seen: Iterable[EvidenceKind] = (),
) -> None:
    """Verify at level 1 (formal), 2 (documents) or 3 (on site) for twelve months."""
    seen = sorted({str(kind) for kind in evidence_seen})
    moment, until = now(), _valid_until(donor)
    donor_workflow.fire(donor, "verify", actor=actor, facts={"level": level, "evidence_seen": seen})
    donor.level = level
    donor.evidence_seen = seen
    donor.verified_at = moment
    donor.verified_by = actor.account_id
    donor.verified_until = until
    donor.blacklist_first_by = None
    donor.last_reason = ""


def _valid_until(donor: Donor) -> date:
    day = today()
    return add_months(day, int(policy_value("deadlines", donor.region_code, day)["donor_valid_months"]))


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reject_donor(donor: Donor, *, actor: Actor, reason: str) -> None:
    """Do not accept the donor; it is told why and may mend it or appeal once."""
    donor_workflow.fire(donor, "reject", actor=actor, reason=reason)
    donor.last_reason = reason.strip()
    donor.decided_by = actor.account_id


def expire_donor(donor: Donor, *, actor: Actor, reason: str = EXPIRED_BY_DATE) -> None:
    """End the verification: no new pledges, agreed ones go on."""
    donor_workflow.fire(donor, "expire", actor=actor, reason=reason)
    donor.last_reason = "" if reason == EXPIRED_BY_DATE else reason.strip()
    donor.decided_by = actor.account_id
    donor_expired.send(donor, actor=actor)


def blacklist_donor(donor: Donor, *, actor: Actor, reason: str) -> None:
    """Bar the donor: the first officer proposes, a second one decides."""
    if donor.blacklist_first_by is None:
        donor_workflow.fire(donor, "propose_blacklist", actor=actor, reason=reason)
        donor.blacklist_first_by = actor.account_id
        donor.last_reason = reason.strip()
        return
    donor_workflow.fire(donor, "blacklist", actor=actor, reason=reason)
    donor.level = 0
    donor.decided_by = actor.account_id
    donor.last_reason = reason.strip()
    donor_blacklisted.send(donor, actor=actor, reason=reason)


def appeal(donor: Donor, *, actor: Actor, reason: str) -> None:
    """Ask for another officer's decision; a donor may do so once."""
    if len(reason) > 1000:
        raise NotValid({"reason": [_l("An appeal has at most 1,000 characters.")]})
    donor_workflow.fire(donor, "appeal", actor=actor, reason=reason)
    donor.appeal_open = True
    donor.appeals_used += 1
    donor.last_reason = reason.strip()


def decide_appeal(donor: Donor, *, actor: Actor, accepted: bool, reason: str) -> None:
    """Decide an appeal: check the donor again, or leave it as it is."""
    step = "accept_appeal" if accepted else "dismiss_appeal"
    moment = now()
    donor_workflow.fire(donor, step, actor=actor, reason=reason, accepted=accepted)
    donor.appeal_open = False
    donor.last_reason = reason.strip()
    if accepted:
        donor.submitted_at = moment
        donor.blacklist_first_by = None
