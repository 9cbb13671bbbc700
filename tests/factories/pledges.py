"""Pairings, pledges and deliveries for tests, made by the services that users call."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import ANONYMOUS, SYSTEM
from core.tokens import derived_digits
from donors.models import Donor, DonorKind
from needs.models import Need, NeedBalance
from pairing.choices import LinkStage, LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.queries import find_pairing
from pairing.services import assign_primary, comment_link, confirm_link
from pledges.choices import Outcome, PledgeKind
from pledges.models import Confirmation, Delivery, Pledge
from pledges.services import IssuedCode, agree_pledge, answer, enter_delivery, issue_code, offer_pledge
from registry.choices import FundSource
from registry.models import Household
from registry.queries import CARD_PIN, find_card, subject_of
from registry.services import ensure_village, give_card
from tests.factories.donors import make_donor
from tests.factories.needs import People, make_household, make_published, make_survey
from tests.factories.people import VILLAGE, acting, actor_of, make_person


class Scene:
    """A paired household with a card and a published need, its officers, a cadre and a verified donor."""

    def __init__(self, *, quantity: str = "6", **overrides: Any) -> None:
        self.people = People()
        self.cadre = make_person(Role.PAIRING_CADRE)
        self.household_id = make_household(self.people.author, size=12)
        make_survey(self.people.author, self.household_id)
        self.pairing_id = make_pairing(self.people.county, self.cadre, household_id=self.household_id)
        with acting(self.people.verifier) as actor:
            household = db.session.get_one(Household, self.household_id)
            self.card_id = give_card(household, actor=actor, given_on=today()).id
        self.need_id = make_published(self.people, self.household_id, quantity=Decimal(quantity), **overrides)
        self.donor_id, self.head = make_donor(officer=self.people.county)

    @property
    def pin(self) -> str:
        return derived_digits(CARD_PIN, self.card_id, 4)

    def offer(
        self, quantity: str = "2", *, head: UUID | None = None, donor_id: UUID | None = None, **overrides: Any
    ) -> UUID:
        """Pledge as the donor; return the pledge's id."""
        values: dict[str, Any] = {"kind": PledgeKind.GOODS, "due_on": day(14), "term": LinkTerm.ONE_TIME} | overrides
        with acting(head or self.head) as actor:
            need = db.session.get_one(Need, self.need_id)
            donor = db.session.get_one(Donor, donor_id or self.donor_id)
            return offer_pledge(need, donor, actor=actor, quantity=Decimal(quantity), **values).id

    def agree(self, pledge_id: UUID) -> None:
        """Agree as the cadre; a standing link is commented on and confirmed before."""
        link_id = self.pledge(pledge_id).link_id
        if self.link(link_id).stage is LinkStage.HOUSEHOLD_CONSENTED and self.link(link_id).term is LinkTerm.STANDING:
            self.confirm(link_id)
        with acting(self.cadre) as actor:
            agree_pledge(db.session.get_one(Pledge, pledge_id), actor=actor)

    def confirm(self, link_id: UUID) -> None:
        """Comment as the cadre, confirm as the township."""
        with acting(self.cadre) as actor:
            comment_link(db.session.get_one(HelperLink, link_id), actor=actor)
        with acting(self.people.approver) as actor:
            confirm_link(db.session.get_one(HelperLink, link_id), actor=actor)

    def agreed(self, quantity: str = "2", **overrides: Any) -> UUID:
        """Return a pledge that was agreed."""
        pledge_id = self.offer(quantity, **overrides)
        self.agree(pledge_id)
        return pledge_id

    def deliver(self, pledge_id: UUID, quantity: str = "2", *, on: date | None = None, by: UUID | None = None) -> UUID:
        """Record (or plan) a delivery as the donor; return its id."""
        with acting(by or self.head) as actor:
            return enter_delivery(
                db.session.get_one(Pledge, pledge_id),
                actor=actor,
                quantity=Decimal(quantity),
                delivered_on=on or today(),
                fund_source=FundSource.SOCIAL,
            ).id

    def slip(self, delivery_id: UUID, *, by: UUID | None = None) -> IssuedCode:
        """Make a slip as the village officer."""
        with acting(by or self.people.author) as actor:
            return issue_code(db.session.get_one(Delivery, delivery_id), actor=actor)

    def awaiting(self, quantity: str = "2") -> tuple[UUID, IssuedCode]:
        """Return a delivery that waits for the household's answer, and its slip."""
        delivery_id = self.deliver(self.agreed(quantity), quantity)
        return delivery_id, self.slip(delivery_id)

    def say(self, code: str, outcome: Outcome = Outcome.RECEIVED, *, pin: str | None = None, **words: Any) -> UUID:
        """Answer with slip and card, without a session; return the answer's id."""
        with unit_of_work(ANONYMOUS):
            found = answer(
                code,
                pin=self.pin if pin is None else pin,
                outcome=outcome,
                actor=ANONYMOUS,
                address=words.pop("address", "10.0.0.1"),
                **words,
            )
            return found.id

    def pledge(self, pledge_id: UUID) -> Pledge:
        return row(Pledge, pledge_id)

    def delivery(self, delivery_id: UUID) -> Delivery:
        return row(Delivery, delivery_id)

    def link(self, link_id: UUID) -> HelperLink:
        return row(HelperLink, link_id)

    def sums(self) -> tuple[Decimal, Decimal, Decimal]:
        """Return held, delivered, confirmed of the need."""
        found: NeedBalance = row(NeedBalance, self.need_id)
        return found.held, found.delivered, found.confirmed


def row(model: Any, row_id: UUID) -> Any:
    """Return a row as it stands."""
    with unit_of_work(SYSTEM):
        return db.session.get_one(model, row_id)


def day(count: int) -> date:
    """Return the day that is `count` days away."""
    with unit_of_work(SYSTEM):
        return today() + timedelta(days=count)


def make_pairing(
    county: UUID, cadre: UUID, *, household_id: UUID | None = None, region: str = VILLAGE, starts_on: date | None = None
) -> UUID:
    """Pair a household, or the village, with a cadre; return the pairing's id."""
    with acting(county) as actor:
        if household_id is not None:
            subject = subject_of(db.session.get_one(Household, household_id))
        else:
            subject = subject_of(ensure_village(region, actor=actor))
        return assign_primary(subject, actor=actor, account_id=cadre, starts_on=starts_on).id


def make_person_donor(officer: UUID, *, level: int = 1) -> tuple[UUID, UUID]:
    """Return a person with a proven phone number; its id and account."""
    return make_donor(DonorKind.INDIVIDUAL, level=level, officer=officer)


def card_pin(household_id: UUID) -> str:
    """Return the PIN of a household's card."""
    with unit_of_work(SYSTEM):
        card = find_card(household_id)
        assert card is not None
        return derived_digits(CARD_PIN, card.id, 4)


__all__ = ["Confirmation", "Pairing", "Scene", "actor_of", "card_pin", "day", "find_pairing", "make_pairing", "row"]
