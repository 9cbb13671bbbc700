"""Erasing a household's particulars: one official asks, another agrees, then they are gone and the chain stays."""

from uuid import uuid4

from sqlalchemy import select

from core.clock import now
from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor
from core.records import erase_subject, note
from registry.choices import ErasureReason, ErasureStage
from registry.events import household_erased, household_erasing
from registry.models import ErasureOrder, Household
from registry.queries import find_card, find_order, find_replacement, household_of
from registry.services.cards import void_card
from registry.services.households import random_index
from registry.services.replacing import withdraw_replacement
from registry.services.wiping import wipe_registers
from registry.workflow import erasure_workflow

KIND = "household.erased"


def ask_erasure(household: Household, *, actor: Actor, reason: ErasureReason) -> ErasureOrder:
    """Ask that everything personal about the household be erased; nothing happens before a second official agrees."""
    last = find_order(household.id)
    if household.erased_at is not None:
        raise Refused(_l("This household was erased already."), code="erased")
    if last is not None and last.stage is ErasureStage.ASKED:
        raise Refused(_l("It was asked for already and waits for a second person."), code="erasure_open")
    order = ErasureOrder(
        id=uuid4(),
        household_id=household.id,
        region_code=household.region_code,
        county_code=household.county_code,
        reason=reason,
        asked_by=actor.account_id,
        asked_at=now(),
    )
    erasure_workflow.fire(order, "ask", actor=actor)
    db.session.add(order)
    db.session.flush()  # the answer needs order.id
    return order


def agree_erasure(order: ErasureOrder, *, actor: Actor) -> Household:
    """Agree as the second official: what is open ends, the key is destroyed, what stands in rows is wiped.

    Raises Refused (`delivery_open`) while goods are on their way or a word of the household is awaited.
    """
    erasure_workflow.check(order, "agree", actor=actor, facts={})
    household = household_of(order)
    db.session.execute(select(Household.id).where(Household.id == household.id).with_for_update())
    household_erasing.send(household, actor=actor)
    end_card(household)
    moment = now()
    with db.session.no_autoflush:  # one change, one record
        erasure_workflow.fire(order, "agree", actor=actor)
        order.decided_by, order.decided_at = actor.account_id, moment
    db.session.flush()  # what ended is written down before the key goes
    erase_subject(f"household/{household.id}")
    _wipe(household)
    wipe_registers(household)
    household_erased.send(household)
    db.session.flush()  # the constraints speak here, not after the answer
    return household


def end_card(household: Household) -> None:
    """Let the card stop working, and whatever two officers were doing about it."""
    replacement, card = find_replacement(household.id), find_card(household.id)
    if replacement is not None:
        withdraw_replacement(replacement, actor=SYSTEM)
    if card is not None:
        void_card(card)


def _wipe(household: Household) -> None:
    """Leave the row, its size and its place: sums and pairings refer to it. Who it was stands nowhere any more."""
    household.erased_at = now()
    household.head_name = household.id_number = household.group_no = ""
    household.phone = None
    household.household_no = f"erased-{household.id.hex[:12]}"
    household.id_index = random_index()
    note(household, KIND)


def decline_erasure(order: ErasureOrder, *, actor: Actor) -> None:
    """Say no as the second official; everything stays."""
    _decide(order, "decline", actor=actor)


def withdraw_erasure(order: ErasureOrder, *, actor: Actor) -> None:
    """Take the wish back; everything stays."""
    _decide(order, "withdraw", actor=actor)


def _decide(order: ErasureOrder, step: str, *, actor: Actor) -> None:
    moment = now()
    with db.session.no_autoflush:  # one change, one record
        erasure_workflow.fire(order, step, actor=actor)
        order.decided_by, order.decided_at = actor.account_id, moment
