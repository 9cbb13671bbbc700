"""What is given in the small world: links, pledges and deliveries in several states, and who else was asked."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import ANONYMOUS, SYSTEM
from core.tokens import derived_digits
from donors.models import Donor
from needs.choices import ConsentItem
from needs.models import Need
from pairing.choices import LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.services import comment_link, confirm_link, propose_link
from pledges.choices import Outcome, PledgeKind
from pledges.models import Delivery, Pledge
from pledges.services import agree_pledge, answer, enter_delivery, issue_code, offer_pledge
from registry.choices import FundSource
from registry.queries import CARD_PIN
from supervision.queries import open_issue_of
from tests.factories.donors import make_donor
from tests.factories.people import acting
from tests.factories.places import COUNTY


def add_help(world: Any) -> None:
    """Links, pledges and deliveries of the inside organisation in several states; another one invited."""
    cadre, head = world.account(Role.PAIRING_CADRE), world.account(Role.DONOR_ADMIN)
    for name, quantity in (("pledge_offered", 1), ("pledge", 5)):
        with acting(head) as actor:
            need = db.session.get_one(Need, world.ids["need"])
            donor = db.session.get_one(Donor, world.ids["donor_inside"])
            given = {"kind": PledgeKind.GOODS, "due_on": today() + timedelta(days=14), "term": LinkTerm.STANDING}
            pledge = offer_pledge(need, donor, actor=actor, quantity=Decimal(quantity), **given)
            world.ids |= {name: pledge.id, "link": pledge.link_id}
    _confirm(world)
    with acting(cadre) as actor:
        agree_pledge(db.session.get_one(Pledge, world.ids["pledge"]), actor=actor)
    for name in ("delivery", "delivery_awaiting", "delivery_mending", "delivery_disputed"):
        world.ids[name] = _deliver(world, head)
    _answer(world)
    _propose(world)


def _confirm(world: Any) -> None:
    with acting(world.account(Role.PAIRING_CADRE)) as actor:
        comment_link(db.session.get_one(HelperLink, world.ids["link"]), actor=actor)
    with acting(world.account(Role.TOWNSHIP_OFFICER)) as actor:
        confirm_link(db.session.get_one(HelperLink, world.ids["link"]), actor=actor)


def _deliver(world: Any, head: UUID) -> UUID:
    with acting(head) as actor:
        pledge = db.session.get_one(Pledge, world.ids["pledge"])
        given = {"quantity": Decimal(1), "delivered_on": today(), "fund_source": FundSource.SOCIAL}
        return enter_delivery(pledge, actor=actor, **given).id


def _answer(world: Any) -> None:
    """Slips for all but the first delivery; two were answered by the household's own card."""
    pin = derived_digits(CARD_PIN, world.ids["card"], 4)
    for name, outcome in (
        ("delivery_awaiting", None),
        ("delivery_mending", Outcome.UNSUITABLE),
        ("delivery_disputed", Outcome.NOT_RECEIVED),
    ):
        with acting(world.account(Role.VILLAGE_OFFICER)) as actor:
            issued = issue_code(db.session.get_one(Delivery, world.ids[name]), actor=actor)
        world.ids.setdefault("code", issued.id)
        if outcome is not None:
            with unit_of_work(ANONYMOUS):
                answer(issued.digits, pin=pin, outcome=outcome, actor=ANONYMOUS, address="10.0.0.1")
    with unit_of_work(SYSTEM):
        found = open_issue_of(world.ids["delivery_disputed"])
        assert found is not None
        world.ids["issue"] = found.id


def _propose(world: Any) -> None:
    """Two more organisations: one asks for visits and waits for a consent, one is covered by the survey."""
    officer = world.account(Role.COUNTY_OFFICER)
    wanted = {"link_proposed": ConsentItem.VISITS, "link_covered": ConsentItem.GOODS_VIA_OFFICE}
    for name, item in wanted.items():
        donor_id, head = make_donor(officer=officer, region=COUNTY)
        with acting(head) as actor:
            pairing = db.session.get_one(Pairing, world.ids["pairing_household"])
            donor = db.session.get_one(Donor, donor_id)
            world.ids[name] = propose_link(pairing, donor, actor=actor, wants=item).id
    with acting(world.account(Role.PAIRING_CADRE)) as actor:
        comment_link(db.session.get_one(HelperLink, world.ids["link_covered"]), actor=actor)
