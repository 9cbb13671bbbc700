"""The first helper: assigned by the county with the pairing, handed over without a day between."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from accounts.models import Account
from core.clock import now, today
from core.db import db
from core.errors import NotValid, Refused, WrongState
from core.i18n import _l
from core.policy import Actor
from core.records import note
from pairing.choices import LinkKind, LinkOrigin, LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.queries import find_pairing, first_link
from pairing.workflow import link_workflow
from registry.queries import Subject

ALREADY = _l("This household or village is paired already.")


def assign_primary(
    subject: Subject,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    kind: LinkKind = LinkKind.CADRE,
    unit_name: str = "",
    starts_on: date | None = None,
) -> Pairing:
    """Open the pairing of a subject with its first helper; return the pairing."""
    if find_pairing(subject) is not None:
        raise Refused(ALREADY, code="already_paired")
    pairing = Pairing(
        id=uuid4(),
        household_id=subject.household_id,
        village_id=subject.village_id,
        region_code=subject.region_code,
        county_code=subject.county_code,
    )
    link = _first(pairing, account_id=account_id, kind=kind, unit_name=unit_name, starts_on=starts_on or today())
    link_workflow.check(link, "assign", actor=actor, facts={})
    db.session.add(pairing)
    note(pairing, "pairing.created")
    db.session.flush()  # the link needs pairing.id
    _begin(link, actor=actor)
    return pairing


def succeed_primary(
    pairing: Pairing,
    *,
    actor: Actor,
    account_id: UUID | None = None,
    kind: LinkKind = LinkKind.CADRE,
    unit_name: str = "",
    starts_on: date | None = None,
) -> HelperLink:
    """Let a successor begin on a day, the one before him ending the day before."""
    begins = starts_on or today()
    db.session.execute(select(Pairing.id).where(Pairing.id == pairing.id).with_for_update())
    before = first_link(pairing.id, today())
    if before is None:
        raise WrongState
    link_workflow.fire(before, "succeed", actor=actor, facts={"starts_on": begins})
    before.ends_on = begins - timedelta(days=1)
    db.session.flush()  # the days of the one before must end first
    link = _first(pairing, account_id=account_id, kind=kind, unit_name=unit_name, starts_on=begins)
    _begin(link, actor=actor)
    return link


def _first(pairing: Pairing, *, account_id: UUID | None, kind: LinkKind, unit_name: str, starts_on: date) -> HelperLink:
    if account_id is None or db.session.get(Account, account_id) is None:
        raise NotValid({"account_id": [_l("Choose the account of the cadre or unit.")]})
    return HelperLink(
        id=uuid4(),
        pairing_id=pairing.id,
        subject=pairing.subject,
        region_code=pairing.region_code,
        county_code=pairing.county_code,
        rank=1,
        kind=kind,
        account_id=account_id,
        unit_name=unit_name.strip(),
        term=LinkTerm.STANDING,
        origin=LinkOrigin.ASSIGNED,
        starts_on=starts_on,
        last_update_on=starts_on,
    )


def _begin(link: HelperLink, *, actor: Actor) -> None:
    link.confirmed_at, link.confirmed_by = now(), actor.account_id
    link_workflow.fire(link, "assign", actor=actor)
    db.session.add(link)
    db.session.flush()  # invitations and pledges need link.id
