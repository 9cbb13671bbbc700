"""Somebody was in the house, phoned, or tried in vain: entered for one household of the list or for several.

A household that applied or whose case was visited needs no entry; its case says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotFound, NotValid, Refused
from core.files import store_sealed
from core.i18n import _l
from core.policy import Actor, require
from identification.case_choices import Contact, RoundStage
from identification.case_policy import CasePermission
from identification.models import FrameEntry, IdentificationRound
from identification.queries.rounds import contact_entries, households_listed
from registry.models import Household

BY_HAND = (Contact.VISITED, Contact.DECLINED_IN_WRITING, Contact.ABSENT_CONTACTED, Contact.ABSENT_UNREACHABLE)
FOR_SEVERAL = (Contact.VISITED, Contact.ABSENT_CONTACTED, Contact.ABSENT_UNREACHABLE)
NEEDS_WORDS = (Contact.ABSENT_CONTACTED, Contact.ABSENT_UNREACHABLE)
LONGEST = 300
MOST = 200


@dataclass(frozen=True)
class Contacted:
    """How and when households were reached. `words`: how, what was tried, or who witnessed a refusal."""

    state: Contact
    happened_on: date
    words: str = ""
    paper: bytes | None = None


def enter_contacts(
    running: IdentificationRound, household_ids: Sequence[UUID], contact: Contacted, *, actor: Actor
) -> int:
    """Enter the same contact for households of the list; return how many. A later entry takes an earlier one's place.

    A written refusal is entered for one household, with its paper or a witness.
    """
    db.session.info["acting_role"] = require(actor, CasePermission.FRAME_CONTACT, running)
    if running.stage is not RoundStage.OPEN:
        raise Refused(_l("This round is closed."), code="round_closed")
    _refuse_mistakes(running, household_ids, contact)
    households = households_listed(running, household_ids)
    if len(households) < len(set(household_ids)):
        raise NotFound
    standing = contact_entries(running, household_ids)
    for household in households:
        _enter(running, household, contact, standing.get(household.id), actor)
    db.session.flush()  # the list is shown anew
    return len(households)


def _refuse_mistakes(running: IdentificationRound, household_ids: Sequence[UUID], contact: Contacted) -> None:
    if not 1 <= len(household_ids) <= MOST:
        raise NotValid({"households": [_l("Choose the households, at most 200 at a time.")]})
    if contact.state not in BY_HAND or (contact.state not in FOR_SEVERAL and len(household_ids) > 1):
        raise NotValid({"state": [_l("Choose how they were reached.")]})
    if not running.opened_on <= contact.happened_on <= today():
        raise NotValid({"happened_on": [_l("Enter the day: not before the round began, not after today.")]})
    _refuse_without_evidence(contact)


def _refuse_without_evidence(contact: Contacted) -> None:
    words = contact.words.strip()
    if len(words) > LONGEST:
        raise NotValid({"words": [_l("This text is too long.")]})
    if contact.state in NEEDS_WORDS and not words:
        raise NotValid({"words": [_l("Write how they were reached, or what was tried.")]})
    if contact.state is Contact.DECLINED_IN_WRITING and not words and not contact.paper:
        raise NotValid({"words": [_l("Name the witness, or add the signed paper.")]})


def _enter(
    running: IdentificationRound, household: Household, contact: Contacted, entry: FrameEntry | None, actor: Actor
) -> None:
    values = {
        "state": contact.state,
        "happened_on": contact.happened_on,
        "evidence": contact.words.strip(),
        "file_id": _kept(contact.paper, household, actor),
    }
    if entry is None:
        place = {"region_code": running.region_code, "county_code": running.county_code}
        by = {"round_id": running.id, "household_id": household.id, "entered_by": actor.account_id}
        db.session.add(FrameEntry(id=uuid4(), **place, **by, **values))
    elif any(getattr(entry, name) != value for name, value in values.items()):
        entry.entered_by = actor.account_id
        for name, value in values.items():
            setattr(entry, name, value)


def _kept(paper: bytes | None, household: Household, actor: Actor) -> UUID | None:
    if not paper:
        return None
    try:
        return store_sealed(paper, actor=actor, subject=household.record_subject()).id
    except NotValid as refusal:
        raise NotValid({"paper": refusal.errors.get("evidence", [])}) from refusal
