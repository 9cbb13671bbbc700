"""The first helper: assigned by the county with the pairing, handed over without a day between."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from core.clock import now, today
from core.db import db
from core.errors import NotValid, Refused, WrongState
from core.i18n import _l
from core.policy import Actor
from core.records import note
from pairing.choices import LinkFunction, LinkKind, LinkOrigin, LinkTerm, UnitLevel
from pairing.models import HelperLink, Pairing
from pairing.queries import find_pairing, first_link, highest_rank, is_helping, lock_pairing, subject_of_pairing
from pairing.services.choosing import chosen_holder, level_of_unit
from pairing.workflow import link_workflow
from registry.queries import Subject

ALREADY = _l("This household or village is paired already.")
GAP = _l("Until that day nobody would be responsible. Let it begin today or earlier, and hand over later.")


def assign_primary(
    subject: Subject,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    kind: LinkKind = LinkKind.CADRE,
    unit_name: str = "",
    unit_level: UnitLevel | None = None,
    starts_on: date | None = None,
    reason: str = "",
) -> Pairing:
    """Open the pairing of a subject with its first helper; return the pairing. It may have begun before on paper."""
    if find_pairing(subject) is not None:
        raise Refused(ALREADY, code="already_paired")
    begins, day = starts_on or today(), today()
    if begins > day:
        raise NotValid({"starts_on": [GAP]})
    pairing = Pairing(
        id=uuid4(),
        household_id=subject.household_id,
        village_id=subject.village_id,
        region_code=subject.region_code,
        county_code=subject.county_code,
    )
    link = _official(pairing, kind=kind, starts_on=begins)
    link_workflow.check(link, "assign", actor=actor, facts={})
    _name(link, subject, account_id, unit_name, unit_level, actor=actor)
    db.session.add(pairing)
    note(pairing, "pairing.created")
    db.session.flush()  # the link needs pairing.id
    _begin(link, actor=actor, reason=reason)
    return pairing


def succeed_primary(
    pairing: Pairing,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    kind: LinkKind = LinkKind.CADRE,
    unit_name: str = "",
    unit_level: UnitLevel | None = None,
    starts_on: date | None = None,
    reason: str = "",
) -> HelperLink:
    """Let a successor begin on a day, the one before him ending the day before."""
    begins = starts_on or today()
    lock_pairing(pairing.id)
    before = first_link(pairing.id, today())
    if before is None:
        raise WrongState
    _refuse_planned(before)
    facts = {"starts_on": begins, "account_id": account_id}
    link_workflow.check(before, "succeed", actor=actor, facts=facts)
    link = _official(pairing, kind=kind, starts_on=begins)
    _name(link, subject_of_pairing(pairing), account_id, unit_name, unit_level, actor=actor)
    link_workflow.fire(before, "succeed", actor=actor, reason=reason, facts=facts)
    before.ends_on = begins - timedelta(days=1)
    db.session.flush()  # the days of the one before must end first
    _begin(link, actor=actor, reason=reason)
    return link


def add_official(
    pairing: Pairing,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    kind: LinkKind = LinkKind.UNIT,
    function: LinkFunction = LinkFunction.HELP,
    unit_name: str = "",
    unit_level: UnitLevel | None = None,
    reason: str = "",
) -> HelperLink:
    """Let a further unit or cadre join from today, behind the first; the first one stays (domain.md 2.4, rule 4)."""
    lock_pairing(pairing.id)
    link = _official(pairing, kind=kind, starts_on=today(), rank=highest_rank(pairing.id) + 1, function=function)
    link_workflow.check(link, "assign", actor=actor, facts={})
    _name(link, subject_of_pairing(pairing), account_id, unit_name, unit_level, actor=actor)
    _refuse_double(pairing, account_id)
    _begin(link, actor=actor, reason=reason)
    return link


def _refuse_planned(before: HelperLink) -> None:
    """A hand-over that is agreed and still to come stands until its day."""
    if before.ends_on is not None:
        day = (before.ends_on + timedelta(days=1)).isoformat()
        words = _l("Somebody else takes over on %(day)s already. Hand over again after that day.", day=day)
        raise Refused(words, code="succession_planned")


def _refuse_double(pairing: Pairing, account_id: UUID | None) -> None:
    if account_id is not None and is_helping(pairing.id, account_id):
        raise NotValid({"account_id": [_l("This account helps here already. Choose another one.")]})


def _official(
    pairing: Pairing,
    *,
    kind: LinkKind,
    starts_on: date,
    rank: int = 1,
    function: LinkFunction = LinkFunction.HELP,
) -> HelperLink:
    return HelperLink(
        id=uuid4(),
        pairing_id=pairing.id,
        subject=pairing.subject,
        region_code=pairing.region_code,
        county_code=pairing.county_code,
        rank=rank,
        kind=kind,
        function=function,
        term=LinkTerm.STANDING,
        origin=LinkOrigin.ASSIGNED,
        starts_on=starts_on,
        last_update_on=starts_on,
    )


def _name(
    link: HelperLink,
    subject: Subject,
    account_id: UUID | None,
    unit_name: str,
    unit_level: UnitLevel | None,
    *,
    actor: Actor,
) -> None:
    holder = chosen_holder(subject, account_id, link.kind, actor=actor)
    link.account_id = holder.account_id
    link.unit_name = unit_name.strip() or holder.unit_name
    link.unit_level = level_of_unit(holder, unit_level)


def _begin(link: HelperLink, *, actor: Actor, reason: str) -> None:
    link.confirmed_at, link.confirmed_by = now(), actor.account_id
    link.last_reason = reason.strip()
    link_workflow.fire(link, "assign", actor=actor, reason=reason)
    db.session.add(link)
    db.session.flush()  # invitations and pledges need link.id
