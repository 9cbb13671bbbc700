"""Rarer objects of the small world: needs for some only, pledges that climbed or are a unit's own, links at rest."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note
from donors.models import Donor
from needs.choices import NeedVisibility
from needs.models import Need
from pairing.choices import LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.services import assign_primary, comment_link, confirm_link, propose_link, send_invitation, suspend_link
from pledges.choices import Escalation, PledgeKind
from pledges.models import Pledge
from pledges.services import offer_pledge
from registry.queries import subject_of
from registry.services import ensure_village
from tests.factories.donors import make_donor
from tests.factories.needs import approve, make_draft, make_published, make_survey, submit, verify
from tests.factories.people import acting, make_person


def add_rarer(world: Any, hands: Any, village: str) -> None:
    """Add what only few cells ask for."""
    county = world.account(Role.COUNTY_OFFICER)
    household = world.ids["household"]
    for name, visibility in (("donors", NeedVisibility.DONORS), ("invited", NeedVisibility.INVITED)):
        world.ids[f"need_{name}"] = make_published(hands, household, visibility=visibility, item_code=None)
    _invite(world)
    _add_village(world, hands, county, village)
    world.ids["need_third"] = make_published(hands, household, quantity=Decimal(3), item_code=None)
    head = world.account(Role.DONOR_ADMIN)
    world.ids["pledge_escalated"] = offer(world, "need_third", head, "donor_inside")
    escalate(world.ids["pledge_escalated"], Escalation.COUNTY)
    world.ids["donor_once"], once = make_donor(officer=county, region=county_of(village))
    world.ids["pledge_once"] = offer(world, "need_third", once, "donor_once")
    with unit_of_work(SYSTEM):
        world.ids["link_once"] = db.session.get_one(Pledge, world.ids["pledge_once"]).link_id
    world.ids["pledge_beside"] = offer(world, "need_second", once, "donor_once")
    with unit_of_work(SYSTEM):
        world.ids["link_beside"] = db.session.get_one(Pledge, world.ids["pledge_beside"]).link_id
    world.ids["pledge_unit"] = offer(world, "need_second", world.account(Role.HELPING_UNIT), None)
    _add_links(world, county, village)


def county_of(village: str) -> str:
    return village[:6]


def _invite(world: Any) -> None:
    with acting(world.account(Role.PAIRING_CADRE)) as actor:
        pairing = db.session.get_one(Pairing, world.ids["pairing_household"])
        invited = db.session.get_one(Donor, world.ids["donor_outside"])
        needs = [world.ids["need"], world.ids["need_invited"]]
        world.ids["invitation"] = send_invitation(pairing, actor=actor, need_ids=needs, donor=invited).id


def _add_village(world: Any, hands: Any, county: UUID, village: str) -> None:
    """A need of the whole village, with its own cadre, and an active link of the inside organisation."""
    make_survey(hands.author, None, region=village)
    cadre = make_person(Role.PAIRING_CADRE, county_of(village), username="cadre-of-the-village")
    with acting(county) as actor:
        found = subject_of(ensure_village(village, actor=actor))
        world.ids["pairing_village"] = assign_primary(found, actor=actor, account_id=cadre).id
    world.ids["need_village"] = make_published_village(hands, village)
    world.ids["pledge_village"] = offer(world, "need_village", world.account(Role.DONOR_ADMIN), "donor_inside")
    with unit_of_work(SYSTEM):
        link_id = db.session.get_one(Pledge, world.ids["pledge_village"]).link_id
    confirm(world, link_id, cadre)


def make_published_village(hands: Any, village: str) -> UUID:
    """Take a need of the village through all three hands."""
    need_id = make_draft(hands.author, None, region=village)
    submit(hands.author, need_id)
    verify(hands.verifier, need_id)
    approve(hands.approver, need_id)
    return need_id


def offer(world: Any, need: str, head: UUID, donor: str | None) -> UUID:
    """Pledge one piece as a donor, or as a helping unit."""
    term = LinkTerm.ONE_TIME if donor == "donor_once" else LinkTerm.STANDING
    with acting(head) as actor:
        found = None if donor is None else db.session.get_one(Donor, world.ids[donor])
        promise = {"kind": PledgeKind.GOODS, "due_on": today() + timedelta(days=14), "term": term}
        wanted = db.session.get_one(Need, world.ids[need])
        return offer_pledge(wanted, found, actor=actor, quantity=Decimal(1), **promise).id


def escalate(pledge_id: UUID, office: Escalation) -> None:
    """Let the decision climb, as days of silence would."""
    with unit_of_work(SYSTEM), db.session.no_autoflush:
        pledge = db.session.get_one(Pledge, pledge_id)
        pledge.escalated_to = office
        note(pledge, "pledge.escalated")


def confirm(world: Any, link_id: UUID, cadre: UUID) -> None:
    """Comment as the cadre, confirm as the township."""
    with acting(cadre) as actor:
        comment_link(db.session.get_one(HelperLink, link_id), actor=actor)
    with acting(world.account(Role.TOWNSHIP_OFFICER)) as actor:
        confirm_link(db.session.get_one(HelperLink, link_id), actor=actor)


def _add_links(world: Any, county: UUID, village: str) -> None:
    """One link that rests, and one with nothing to do."""
    for name in ("link_resting", "link_idle"):
        donor_id, head = make_donor(officer=county, region=county_of(village))
        with acting(head) as actor:
            pairing = db.session.get_one(Pairing, world.ids["pairing_household"])
            world.ids[name] = propose_link(pairing, db.session.get_one(Donor, donor_id), actor=actor).id
        confirm(world, world.ids[name], world.account(Role.PAIRING_CADRE))
    with acting(world.account(Role.TOWNSHIP_OFFICER)) as actor:
        suspend_link(db.session.get_one(HelperLink, world.ids["link_resting"]), actor=actor, reason="a pause")
