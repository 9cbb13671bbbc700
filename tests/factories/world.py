"""A small world: two counties of two townships of two villages, everybody's account twice, one object of each kind.

`inside` is who answers for the village, belongs to the pairing or owns the object; `outside` is his nearest neighbour:
the next village, the next township, the other county, another pairing, another organisation.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.models import Account, Role
from accounts.queries import grants_of
from accounts.reset_models import ResetKind
from accounts.services import ask_reset, grant_role, make_token, open_sign_in
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.models import Donor, DonorKind, DonorStage
from donors.queries import evidence_of
from needs.services import record_survey
from pairing.choices import LinkKind
from pairing.queries import first_link
from pairing.services import assign_primary
from registry.choices import ErasureReason, ReplacementReason
from registry.models import Household
from registry.services import ask_erasure, ask_replacement, give_card
from tests.factories.casework import add_casework
from tests.factories.donors import make_donor, registration
from tests.factories.helped import add_help
from tests.factories.meetings import add_meetings
from tests.factories.needs import consents, make_draft, make_household, make_published, subject, submit, verify
from tests.factories.noticing import add_notices
from tests.factories.papers import add_papers
from tests.factories.people import acting, make_account, make_grant, make_person
from tests.factories.places import (
    COUNTY,
    OTHER_COUNTY,
    OTHER_PROVINCE,
    OTHER_TOWNSHIP,
    OTHER_VILLAGE,
    PROVINCE,
    TOWNSHIP,
    VILLAGE,
    lay_places,
)
from tests.factories.quotas import add_quotas
from tests.factories.rarer import add_rarer
from tests.factories.registers import fill_registers
from tests.factories.rounds import add_rounds
from tests.factories.sheets import add_sheets
from tests.factories.surveying import add_survey

INSIDE, OUTSIDE = "inside", "outside"
OFFICES: dict[Role, tuple[str, str]] = {
    Role.VILLAGE_OFFICER: (VILLAGE, OTHER_VILLAGE),
    Role.STATIONED_TEAM: (VILLAGE, OTHER_VILLAGE),
    Role.TOWNSHIP_OFFICER: (TOWNSHIP, OTHER_TOWNSHIP),
    Role.COUNTY_OFFICER: (COUNTY, OTHER_COUNTY),
    Role.PROVINCE_OFFICER: (PROVINCE, OTHER_PROVINCE),
    Role.PHONE_OPERATOR: (COUNTY, OTHER_COUNTY),
    Role.EVALUATOR: (COUNTY, OTHER_COUNTY),
    Role.AUDITOR: (COUNTY, OTHER_COUNTY),
    Role.SECURITY_ADMIN: (COUNTY, OTHER_COUNTY),
    Role.SYSTEM_ADMIN: (COUNTY, OTHER_COUNTY),
    Role.PAIRING_CADRE: (COUNTY, COUNTY),
    Role.HELPING_UNIT: (COUNTY, COUNTY),
}
ROLES = (*OFFICES, Role.DONOR_ADMIN, Role.DONOR_MEMBER)
# Words that stand in personal fields and may never come out of a refused or public page.
HEAD_NAME, ID_PHONE = "韦金丝雀", "13987654321"


@dataclass(frozen=True)
class Caller:
    """Somebody who makes requests: his session's token and his API token."""

    account_id: UUID
    sign_in: str
    token: str


@dataclass
class World:
    """Who is there, and what."""

    people: dict[tuple[str, str], Caller] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    def account(self, role: Role, place: str = INSIDE) -> UUID:
        return self.people[role, place].account_id


def make_world() -> World:
    """Fill a fresh database by the services that users call."""
    lay_places()
    world = World()
    accounts = {
        (role, place): make_person(role, code, username=f"{role}-{place}")
        for role, codes in OFFICES.items()
        for place, code in zip((INSIDE, OUTSIDE), codes, strict=True)
    }
    _add_donors(world, accounts)
    for who, account_id in accounts.items():
        world.people[who] = _caller(account_id)
    _add_accounts(world)
    _add_households(world)
    _add_needs(world)
    add_help(world)
    add_quotas(world)
    add_rarer(world, _Hands(world), VILLAGE)
    add_notices(world, VILLAGE)
    add_casework(world, VILLAGE, head_name=HEAD_NAME, phone=ID_PHONE)
    add_meetings(world, VILLAGE)
    add_papers(world, VILLAGE)
    add_survey(world, VILLAGE)
    fill_registers(world.ids["household"], world.account(Role.VILLAGE_OFFICER))
    add_sheets(world, VILLAGE)
    add_rounds(world, VILLAGE)
    return world


def _caller(account_id: UUID) -> Caller:
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, account_id)
        return Caller(account_id, open_sign_in(account, agent="test"), make_token(account, name="test")[1])


def _add_donors(world: World, accounts: dict[Any, UUID]) -> None:
    officer = accounts[Role.COUNTY_OFFICER, INSIDE]
    for place in (INSIDE, OUTSIDE):
        donor_id, head = make_donor(officer=officer, region=COUNTY)
        member = make_account(f"donor_member-{place}")
        make_grant(member, Role.DONOR_MEMBER, "", donor_id=donor_id)
        accounts[Role.DONOR_ADMIN, place], accounts[Role.DONOR_MEMBER, place] = head, member
        world.ids[f"donor_{place}"] = donor_id
    waiting, head = make_donor(stage=DonorStage.SUBMITTED, region=COUNTY)
    fresh, fresh_head = make_donor(stage=DonorStage.REGISTERED, region=COUNTY)
    person, _head = make_donor(DonorKind.INDIVIDUAL, officer=officer, level=1, region=COUNTY)
    world.ids |= {"donor_waiting": waiting, "donor_fresh": fresh, "donor_person": person}
    with unit_of_work(SYSTEM):
        world.ids["paper"] = evidence_of(db.session.get_one(Donor, world.ids["donor_inside"]))[0].id


def _add_accounts(world: World) -> None:
    clerk = make_person(Role.VILLAGE_OFFICER, VILLAGE, username="clerk")
    candidate = make_account("candidate")
    with acting(make_person(Role.SECURITY_ADMIN, COUNTY)) as actor:
        account = db.session.get_one(Account, candidate)
        proposed = grant_role(account, Role.EVALUATOR, actor=actor, region_code=COUNTY).id
        clerks = db.session.get_one(Account, clerk)
        world.ids["reset_asked"] = ask_reset(clerks, ResetKind.PASSWORD, actor=actor, reason="He came in person.").id
    with unit_of_work(SYSTEM):
        standing = grants_of([clerk])[clerk][0].id
    world.ids |= {"clerk": clerk, "candidate": candidate, "grant_proposed": proposed, "grant_standing": standing}
    world.ids |= {"colleague": world.account(Role.DONOR_MEMBER), "villager": world.account(Role.VILLAGE_OFFICER)}


def _add_households(world: World) -> None:
    author, county = world.account(Role.VILLAGE_OFFICER), world.account(Role.COUNTY_OFFICER)
    for name, cadre in (("household", Role.PAIRING_CADRE), ("household_unit", Role.HELPING_UNIT)):
        world.ids[name] = make_household(author, region=VILLAGE, size=12, head_name=HEAD_NAME, phone=ID_PHONE)
        kind = LinkKind.CADRE if cadre is Role.PAIRING_CADRE else LinkKind.UNIT
        world.ids[f"pairing_{name}"] = _pair(county, world.ids[name], world.account(cadre), kind)
        _survey(author, world.ids[name])
    world.ids["household_new"] = make_household(author, region=VILLAGE, head_name=HEAD_NAME, phone=ID_PHONE)
    with unit_of_work(SYSTEM):
        found = first_link(world.ids["pairing_household"], today())
        assert found is not None
        world.ids["link_first"] = found.id
    other = world.account(Role.VILLAGE_OFFICER, OUTSIDE)
    world.ids["household_beside"] = make_household(other, region=OTHER_VILLAGE, head_name=HEAD_NAME, phone=ID_PHONE)
    outsider = world.account(Role.PAIRING_CADRE, OUTSIDE)
    world.ids["pairing_beside"] = _pair(county, world.ids["household_beside"], outsider, LinkKind.CADRE)
    _survey(other, world.ids["household_beside"])
    with acting(world.account(Role.STATIONED_TEAM)) as actor:
        household = db.session.get_one(Household, world.ids["household"])
        world.ids["card"] = give_card(household, actor=actor, given_on=today()).id
        second = world.account(Role.TOWNSHIP_OFFICER)
        wish = ask_replacement(household, actor=actor, second_officer=second, reason=ReplacementReason.LOST)
        world.ids["replacement"] = wish.id
    with acting(county) as actor:
        household = db.session.get_one(Household, world.ids["household_unit"])
        world.ids["order"] = ask_erasure(household, actor=actor, reason=ErasureReason.MOVED_AWAY).id


def _pair(county: UUID, household_id: UUID, account_id: UUID, kind: LinkKind) -> UUID:
    with acting(county) as actor:
        return assign_primary(subject(household_id), actor=actor, account_id=account_id, kind=kind).id


def _survey(author: UUID, household_id: UUID) -> None:
    with acting(author) as actor:
        record_survey(
            subject(household_id),
            actor=actor,
            surveyed_on=today() - timedelta(days=1),
            second_visitor="驻村队员",
            causes=[],
            consents=consents(),
        )


class _Hands:
    """The three different persons who act on a need."""

    def __init__(self, world: World) -> None:
        self.author = world.account(Role.VILLAGE_OFFICER)
        self.verifier = world.account(Role.STATIONED_TEAM)
        self.approver = world.account(Role.TOWNSHIP_OFFICER)


def _add_needs(world: World) -> None:
    hands: Any = _Hands(world)
    household = world.ids["household"]
    world.ids["need"] = make_published(hands, household, quantity=Decimal(6))
    world.ids["need_second"] = make_published(hands, world.ids["household_unit"], quantity=Decimal(6))
    for name in ("draft", "submitted", "verified"):
        world.ids[f"need_{name}"] = make_draft(hands.author, household)
    for name in ("submitted", "verified"):
        submit(hands.author, world.ids[f"need_{name}"])
    verify(hands.verifier, world.ids["need_verified"])


__all__ = ["INSIDE", "OUTSIDE", "ROLES", "Caller", "World", "lay_places", "make_world", "registration"]
