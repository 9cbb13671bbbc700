"""Reading households, villages and cards."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, text, tuple_

from core.db import db
from core.errors import NotFound
from core.i18n import _l, register_labels
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor
from core.privacy import mask_name
from core.scope import scope_clause
from core.tokens import token_hash
from registry.models import Household, HouseholdCard, Village

CARD_LINK = "card-link"
CARD_PIN = "card-pin"


class SubjectKind(StrEnum):
    HOUSEHOLD = "household"
    VILLAGE = "village"


register_labels({SubjectKind.HOUSEHOLD: _l("One household"), SubjectKind.VILLAGE: _l("The whole village")})


@dataclass(frozen=True)
class Subject:
    """Who can need something and be paired: a household or a village."""

    kind: SubjectKind
    household_id: UUID | None
    village_id: UUID | None
    region_code: str
    county_code: str

    @property
    def key(self) -> str:
        """One text for forms and addresses: the household's id, or the village's code."""
        return self.region_code if self.household_id is None else str(self.household_id)


@dataclass(frozen=True)
class HouseholdRow:
    """A household in an officer's list: the name masked."""

    id: UUID
    region_code: str
    household_no: str
    group_no: str
    size: int
    masked_name: str
    has_card: bool


def subject_of(row: Household | Village) -> Subject:
    """Return the value that needs and pairings keep of their subject."""
    if isinstance(row, Household):
        return Subject(SubjectKind.HOUSEHOLD, row.id, None, row.region_code, row.county_code)
    return Subject(SubjectKind.VILLAGE, None, row.id, row.region_code, row.county_code)


def get_household(actor: Actor, household_id: UUID) -> Household:
    """Return the household, or raise NotFound if it is outside the actor's places and relations."""
    own = Household.id == actor.household_id if actor.household_id else None
    scope = scope_clause(Household, actor)
    found = db.session.scalar(
        select(Household).where(Household.id == household_id, scope if own is None else scope | own)
    )
    if found is None:
        raise NotFound
    return found


def get_village(actor: Actor, region_code: str) -> Village:
    """Return the village on file, or raise NotFound if it is outside the actor's places and relations."""
    found = db.session.scalar(select(Village).where(Village.region_code == region_code, scope_clause(Village, actor)))
    if found is None:
        raise NotFound
    return found


def find_village(region_code: str) -> Village | None:
    """Return the village on file, whoever asks."""
    return db.session.scalar(select(Village).where(Village.region_code == region_code))


def find_subject(*, household_id: UUID | None = None, village_id: UUID | None = None) -> Subject | None:
    """Return the subject of a row that names it, for packages above."""
    row: Household | Village | None = None
    if household_id is not None:
        row = db.session.get(Household, household_id)
    elif village_id is not None:
        row = db.session.get(Village, village_id)
    return None if row is None else subject_of(row)


def households_in_scope(
    actor: Actor, *, number: str = "", cursor: str | None = None, limit: int = 20
) -> Page[HouseholdRow]:
    """Return the actor's households by village and number; `number` keeps those whose number begins so."""
    query = select(Household).where(
        scope_clause(Household, actor), Household.erased_at.is_(None), Household.ended_on.is_(None)
    )
    if number:
        query = query.where(Household.household_no.startswith(number.strip(), autoescape=True))
    if (after := decode_cursor(cursor, str, str)) is not None:
        query = query.where(tuple_(Household.region_code, Household.household_no) > after)
    ordered = query.order_by(Household.region_code, Household.household_no).limit(limit + 1)
    rows = list(db.session.scalars(ordered))
    carded = _with_card([row.id for row in rows])
    return make_page(
        [_row(row, carded) for row in rows], limit, lambda row: encode_cursor(row.region_code, row.household_no)
    )


def _with_card(ids: list[UUID]) -> set[UUID]:
    standing = select(HouseholdCard.household_id).where(
        HouseholdCard.household_id.in_(ids), HouseholdCard.voided_at.is_(None)
    )
    return set(db.session.scalars(standing))


def _row(household: Household, carded: set[UUID]) -> HouseholdRow:
    return HouseholdRow(
        household.id,
        household.region_code,
        household.household_no,
        household.group_no,
        household.size,
        mask_name(household.head_name),
        household.id in carded,
    )


def find_card(household_id: UUID) -> HouseholdCard | None:
    """Return the card that the household holds now."""
    return db.session.scalar(
        select(HouseholdCard).where(HouseholdCard.household_id == household_id, HouseholdCard.voided_at.is_(None))
    )


def is_erased(household_id: UUID) -> bool:
    """Return whether the household's particulars were erased, so that nothing new is written about it."""
    query = select(Household.id).where(Household.id == household_id, Household.erased_at.is_not(None))
    return db.session.scalar(query) is not None


def is_ended(household_id: UUID) -> bool:
    """Return whether the household was joined to another one or died out, so that nothing new is asked for it."""
    query = select(Household.id).where(Household.id == household_id, Household.ended_on.is_not(None))
    return db.session.scalar(query) is not None


def holds_card_of(household_id: UUID, account_id: UUID) -> bool:
    """Return whether the account gave the card that stands now, so that it may know the PIN."""
    card = find_card(household_id)
    return card is not None and card.given_by == account_id


def find_card_by_link(token: str) -> HouseholdCard | None:
    """Return the standing card whose link this is."""
    digest = token_hash(CARD_LINK, token)
    return db.session.scalar(
        select(HouseholdCard).where(HouseholdCard.link_hash == digest, HouseholdCard.voided_at.is_(None))
    )


def get_card(actor: Actor, card_id: UUID) -> HouseholdCard:
    """Return a card in the actor's places, or raise NotFound."""
    found = db.session.scalar(
        select(HouseholdCard).where(HouseholdCard.id == card_id, scope_clause(HouseholdCard, actor))
    )
    if found is None:
        raise NotFound
    return found


def size_band(size: int) -> str:
    """Return the band that may be public instead of the number (domain.md 7.3)."""
    return "1" if size <= 1 else "2-3" if size <= 3 else "4-5" if size <= 5 else "6+"


def is_demo() -> bool:
    """Return whether every print must say that its figures are invented."""
    return bool(db.session.execute(text("SELECT is_demo FROM records.database")).scalar())
