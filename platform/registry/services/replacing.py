"""A new card in place of a lost one: one officer asks, the other whom he names agrees himself, the first gives it."""

from datetime import date
from uuid import UUID, uuid4

from accounts.queries import actor_for_account
from accounts.services import MessageKind, notify
from core.clock import add_working_days, now, today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor, can
from registry.choices import ReplacementReason
from registry.guards import refuse_involved
from registry.models import CardReplacement, Household, HouseholdCard
from registry.policy import RegistryPermission
from registry.queries import find_card, find_replacement, household_of
from registry.services.cards import check_day, new_card, void_card
from registry.workflow import replacement_workflow

ANSWER_DAYS = 3


def ask_replacement(
    household: Household, *, actor: Actor, second_officer: UUID | None, reason: ReplacementReason
) -> CardReplacement:
    """Ask for a new card, naming the officer who must agree; the old card works until the new one is given."""
    if find_card(household.id) is None:
        raise Refused(_l("The household has no card yet."), code="no_card")
    if find_replacement(household.id) is not None:
        raise Refused(_l("A new card was asked for already."), code="replacement_open")
    refuse_involved(household, actor)
    replacement = CardReplacement(
        id=uuid4(),
        household_id=household.id,
        region_code=household.region_code,
        county_code=household.county_code,
        reason=reason,
        asked_by=actor.account_id,
        asked_at=now(),
        second_officer=_second(household, second_officer, actor),
    )
    replacement_workflow.fire(replacement, "ask", actor=actor)
    db.session.add(replacement)
    db.session.flush()  # the answer needs replacement.id
    _tell(replacement.second_officer, household)
    return replacement


def _second(household: Household, account_id: UUID | None, actor: Actor) -> UUID:
    """Return the other officer; he holds a role of his own that may replace the card."""
    if account_id is None or account_id == actor.account_id:
        raise NotValid({"second_officer": [_l("A card is replaced by two officers.")]})
    other = actor_for_account(account_id)
    if other is None or not can(other, RegistryPermission.CARD_REPLACE, household):
        raise NotValid({"second_officer": [_l("Choose an officer of the village or township.")]})
    return account_id


def _tell(account_id: UUID, household: Household) -> None:
    due_on = add_working_days(today(), ANSWER_DAYS)
    notify([account_id], MessageKind.DECISION_DUE, link=f"/desk/households/{household.id}/card", due_on=due_on)


def agree_replacement(replacement: CardReplacement, *, actor: Actor) -> None:
    """Agree as the second officer; who asked can give the new card now."""
    moment = now()
    with db.session.no_autoflush:  # one change, one record
        replacement_workflow.fire(replacement, "agree", actor=actor)
        replacement.agreed_at = moment
    _tell(replacement.asked_by, household_of(replacement))


def decline_replacement(replacement: CardReplacement, *, actor: Actor) -> None:
    """Say no as the second officer; the old card stays."""
    replacement_workflow.fire(replacement, "decline", actor=actor)


def withdraw_replacement(replacement: CardReplacement, *, actor: Actor) -> None:
    """Take the wish back; the old card stays."""
    replacement_workflow.fire(replacement, "withdraw", actor=actor)


def give_replacement(replacement: CardReplacement, *, actor: Actor, given_on: date | None = None) -> HouseholdCard:
    """Void the old card and give the new one that two officers agreed on."""
    replacement_workflow.check(replacement, "give", actor=actor, facts={})
    household, day = household_of(replacement), given_on or today()
    check_day(day)
    refuse_involved(household, actor)
    old = find_card(household.id)
    if old is not None:
        void_card(old)
    kind, second = "household_card.replaced", replacement.second_officer
    card = new_card(household, actor=actor, given_on=day, kind=kind, second_officer=second)
    with db.session.no_autoflush:  # one change, one record
        replacement_workflow.fire(replacement, "give", actor=actor)
        replacement.card_id = card.id
    return card
