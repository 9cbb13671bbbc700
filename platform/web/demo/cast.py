"""The people of the demo: officers, cadres, units and donors, made through the same services as real ones."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from accounts.models import Account, Role
from accounts.queries import actor_for_account
from accounts.services import create_account, grant_role, make_token
from core.db import act_as, db
from core.policy import SYSTEM, Actor
from core.tokens import derived_digits
from donors.models import Donor, DonorKind
from donors.policy import REQUIRED_EVIDENCE
from donors.services import (
    Registration,
    add_evidence,
    prove_phone,
    register_donor,
    send_phone_code,
    submit_donor,
    verify_donor,
)
from donors.specimens import make_resident_id, make_uscc
from web.demo.names import Part, organisations, person, phone, story
from web.demo.pictures import paper

PASSWORD = "jiedui-{}-2026"  # noqa: S105 - the demo shows it on the terminal


@dataclass
class Cast:
    """Ids of everybody, small enough to hand to another process."""

    county: str
    county_officers: list[UUID] = field(default_factory=list)
    township_officers: dict[str, list[UUID]] = field(default_factory=dict)
    village_officers: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    cadres: dict[str, list[UUID]] = field(default_factory=dict)
    units: list[tuple[UUID, str]] = field(default_factory=list)
    donors: list[tuple[UUID, UUID, str, int]] = field(default_factory=list)
    star: str = ""
    named: dict[str, UUID] = field(default_factory=dict)
    named_donors: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """An account that may sign in, as the accounts file shows it."""

    username: str
    password: str
    token: str
    role: str
    scope: str
    donor_id: str | None


class Casting:
    """Makes accounts and remembers the listed ones."""

    def __init__(self) -> None:
        self.listed: list[Listed] = []
        self._number = 0

    def account(
        self,
        username: str,
        role: Role | None,
        region: str,
        *,
        unit_name: str = "",
        listed: bool = False,
        since: date | None = None,
    ) -> Account:
        """Open an account with a role, held since a day; only listed ones get a password and a token."""
        self._number += 1
        password = PASSWORD.format(username) if listed else None
        account = create_account(
            username,
            actor=by(SYSTEM),
            display_name=person(self._number),
            password=password,
            email=f"{username}@demo.example",
            unit_name=unit_name,
            is_listed_demo=listed,
        )
        if role is not None:
            grant_role(account, role, actor=SYSTEM, region_code=region, valid_from=since)
        if listed and password is not None:
            self._list(account, password, role, region)
        return account

    def _list(self, account: Account, password: str, role: Role | None, region: str, donor: UUID | None = None) -> None:
        _, token = make_token(account, name="demo")
        self.listed.append(
            Listed(account.username, password, token, role.value if role else "donor_admin", region, _text(donor))
        )

    def set_donor(self, username: str, donor_id: UUID) -> None:
        """Fill in whose donor a listed account heads."""
        self.listed = [
            Listed(**{**vars(row), "donor_id": str(donor_id)}) if row.username == username else row
            for row in self.listed
        ]


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def acting(account_id: UUID) -> Actor:
    """Return the actor of an account of the cast."""
    found = actor_for_account(account_id)
    if found is None:
        raise LookupError(account_id)
    return found


def by(actor: Actor) -> Actor:
    """Let the actor act from now on in this transaction; many act in one transaction of the demo."""
    act_as(db.session, actor)
    return actor


def cast_donor(casting: Casting, cast: Cast, part: Part, number: int, *, username: str = "", level: int = 2) -> UUID:
    """Register a donor, hand in its papers, and let a county officer verify it."""
    donor, account = register(casting, cast, part, number, username=username)
    hand_in(donor, by(acting(account.id)))
    verify_donor(
        donor,
        actor=by(acting(cast.county_officers[0])),
        level=level,
        evidence_seen=sorted(REQUIRED_EVIDENCE.get(part.kind, ())),
    )
    if username:
        casting.set_donor(username, donor.id)
        cast.named[username], cast.named_donors[username] = account.id, donor.id
    cast.donors.append((donor.id, account.id, part.kind.value, level))
    return donor.id


def register(casting: Casting, cast: Cast, part: Part, number: int, *, username: str = "") -> tuple[Donor, Account]:
    """Register a donor with the account of its head."""
    account = casting.account(username or f"donor{number:03d}", None, "", listed=bool(username))
    individual = part.kind is DonorKind.INDIVIDUAL
    donor = register_donor(
        Registration(
            kind=part.kind,
            name=part.name,
            contact_name=person(5000 + number),
            contact_phone=phone(number),
            uscc="" if individual else make_uscc(part.kind, number),
            id_number=make_resident_id(19_000_000 + number) if individual else "",
            named_publicly=number % 9 != 4,
            region=cast.county,
            city_code=part.city_code,
        ),
        actor=by(SYSTEM),
        account=account,
    )
    return donor, account


def hand_in(donor: Donor, actor: Actor) -> None:
    """Let a donor's head hand in the papers that its kind asks for."""
    for kind in sorted(REQUIRED_EVIDENCE.get(donor.kind, ())):
        add_evidence(donor, paper(), kind=kind, actor=actor)
    if donor.kind is DonorKind.INDIVIDUAL:
        code = send_phone_code(donor, actor=actor)
        db.session.flush()  # proving looks for the code
        prove_phone(donor, derived_digits("phone-code", code.id, 6), actor=actor)
    db.session.flush()  # handing in counts the papers
    submit_donor(donor, actor=actor)


def all_donors(persons: int) -> list[tuple[Part, str, int]]:
    """Return the donors with the user name of the listed ones and their level."""
    found: list[tuple[Part, str, int]] = []
    for part in organisations():
        first_of = {DonorKind.ASSOCIATION: "ngo", DonorKind.ENTERPRISE: "firm"}
        named = first_of.get(part.kind, "")
        taken = any(name == named for _, name, _ in found)
        found.append((part, "" if taken else named, 3 if len(found) % 4 == 0 else 2))
    cities = story("people")["cities"]
    for number in range(persons):
        part = Part(DonorKind.INDIVIDUAL, person(8000 + number), f"{cities[number % len(cities)]}000000")
        found.append((part, "person" if number == 0 else "", 2 if number == 0 else 1 + number % 2))
    return found
