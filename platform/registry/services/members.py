"""Members of a household: written down for the first time, described from a day on, corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from registry.choices import Health, Relation, Source
from registry.models import Household, Member, MemberProfile, Membership
from registry.policy import RegistryPermission, role_for
from registry.services.dating import (
    About,
    Writing,
    check_days,
    covering,
    live_rows,
    lock,
    next_revision,
    place_of,
    write_dated,
)
from registry.services.persons import IDENTITY, RELATION, checked_identity, parted
from registry.services.values import checked

MOST_MEMBERS = 30


def add_member(
    household: Household,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date,
    as_of: date | None = None,
    source: Source = Source.FORM,
    permission: RegistryPermission = RegistryPermission.HOUSEHOLD_CHANGE,
) -> Member:
    """Write down somebody who belongs to the household since a day; `values` are who he is, what he is to the head
    (`relation_to_head`) and what is said about him. For who joined by birth, marriage or moving: `record_member_event`.
    """
    db.session.info["acting_role"] = role_for(actor, permission, household)
    lock(household)
    writing = Writing(actor, valid_from, as_of or valid_from, source)
    member = enter_member(household, values, writing, started_by=None)
    fit_size(household, max(household.size, len(memberships_on(household.id, today()))))
    return member


def enter_member(
    household: Household, values: Mapping[str, Any], writing: Writing, *, started_by: UUID | None
) -> Member:
    """Make the rows of a new member: person, membership, description."""
    check_days(writing.valid_from, writing.as_of)
    relation = relation_of(values)
    refuse_second_head(household.id, relation, writing.valid_from)
    identity, described = parted(values)
    found = checked_identity(identity)
    described = checked_description(described)
    _refuse_twice(household, found["id_index"])
    member = Member(id=uuid4(), household_id=household.id, **place_of(household), **found)
    db.session.add(member)
    db.session.flush()  # membership and description point to it
    enter_membership(household, member, relation, writing, started_by=started_by)
    write_dated(MemberProfile, about_member(member, household), described, writing)
    return member


def enter_membership(
    household: Household, member: Member, relation: Relation, writing: Writing, *, started_by: UUID | None
) -> Membership:
    """Let the person belong to the household from the day on."""
    row = Membership(
        id=uuid4(),
        member_id=member.id,
        household_id=household.id,
        **place_of(household),
        relation_to_head=relation,
        valid_from=writing.valid_from,
        as_of=writing.as_of,
        source=writing.source,
        recorded_by=writing.actor.account_id,
        revision=next_revision(Membership, about_member(member, household)),
        started_by=started_by,
    )
    db.session.add(row)
    db.session.flush()  # counts are taken from the rows
    return row


def change_member(
    member: Member,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date,
    as_of: date | None = None,
    source: Source = Source.FORM,
    expected_revision: int | None = None,
    permission: RegistryPermission = RegistryPermission.HOUSEHOLD_CHANGE,
) -> MemberProfile:
    """Correct who a member is, or say what is so about him from a day on; see `save_profile`.

    `relation_to_head` can change too, though nobody becomes or ceases to be the head here: that is `change_head`.
    `expected_revision` is that of the member's description.
    """
    household = db.session.get_one(Household, member.household_id)
    db.session.info["acting_role"] = role_for(actor, permission, household)
    lock(household)
    identity, described = parted(values)
    writing = Writing(actor, valid_from, as_of or valid_from, source, expected_revision)
    about = about_member(member, household)
    described = checked_description(described, covering(live_rows(MemberProfile, about), valid_from))
    row: MemberProfile = write_dated(MemberProfile, about, described, writing)
    if identity:
        _correct(member, identity, household)
    if RELATION in values:
        _relate(member, household, relation_of(values), writing)
    return row


def checked_description(values: Mapping[str, Any], standing: MemberProfile | None = None) -> dict[str, Any]:
    """Return the values of a description, or raise NotValid: nobody is healthy and ill at once."""
    found = checked(MemberProfile, values)
    health = found.get("health_status", getattr(standing, "health_status", ()))
    if Health.HEALTHY.value in health and len(health) > 1:
        raise NotValid({"health_status": [_l("Healthy stands alone.")]})
    counts = found.get("counts_for_income", getattr(standing, "counts_for_income", True))
    if not counts and not found.get("counts_reason", getattr(standing, "counts_reason", None)):
        raise NotValid({"counts_reason": [_l("Write down why this person does not count for the income.")]})
    return found


def relation_of(values: Mapping[str, Any]) -> Relation:
    """Return what the person is to the head, or raise NotValid."""
    try:
        return Relation(values.get(RELATION) or "")
    except ValueError as failure:
        raise NotValid({RELATION: [_l("Choose one of the list.")]}) from failure


def refuse_second_head(household_id: UUID, relation: Relation, day: date) -> None:
    """A household has one head on every day from this one on."""
    if relation is not Relation.HEAD:
        return
    later = or_(Membership.valid_to.is_(None), Membership.valid_to > day)
    query = select(Membership.id).where(
        Membership.household_id == household_id,
        Membership.superseded_by.is_(None),
        Membership.relation_to_head == Relation.HEAD,
        later,
    )
    if db.session.scalar(query.limit(1)) is not None:
        raise NotValid({RELATION: [_l("The household has a head. Record a change of the head instead.")]})


def about_member(member: Member, household: Household) -> About:
    """Return the subject of a member's rows; they carry the household that he belongs to now."""
    carried = {"member_id": member.id, "household_id": household.id, **place_of(household)}
    return About("member_id", member.id, carried)


def memberships_on(household_id: UUID, day: date) -> list[Membership]:
    """Return the memberships that hold on the day."""
    query = select(Membership).where(Membership.household_id == household_id, Membership.superseded_by.is_(None))
    return [row for row in db.session.scalars(query) if covering([row], day)]


def fit_size(household: Household, size: int) -> None:
    """Let the household's size follow its members."""
    if size > MOST_MEMBERS:
        raise Refused(_l("A household has at most 30 members."), code="too_many_members")
    if size != household.size:
        household.size = size
        note(household, "household.changed")


def project_head(household: Household, head: Member) -> None:
    """Repeat the head's name and number on the household, where everything else reads them."""
    number, index = head_number(household, head)
    with db.session.no_autoflush:  # one change, one record
        household.head_name, household.id_number, household.id_index = head.name, number, index
        note(household, "household.changed")


def head_number(household: Household, head: Member) -> tuple[str, bytes]:
    """Return the number and index of who is to be the head; raise if he has none, or is the head elsewhere."""
    if head.id_number is None or head.id_index is None:
        raise NotValid({"id_number": [_l("The head of a household needs an ID number on file.")]})
    taken = select(Household.id).where(Household.id_index == head.id_index, Household.id != household.id)
    if db.session.scalar(taken) is not None:
        raise Refused(_l("This person is the head of another household on file."), code="household_on_file")
    return head.id_number, head.id_index


def _refuse_twice(household: Household, index: bytes | None) -> None:
    """The same person in two households is a finding; twice in one is a mistake of the moment."""
    if index is None:
        return
    ids = [row.member_id for row in memberships_on(household.id, today())]
    query = select(Member.id).where(Member.id.in_(ids), Member.id_index == index)
    if db.session.scalar(query) is not None:
        raise NotValid({"id_number": [_l("This person is a member of the household already.")]})


def _correct(member: Member, identity: Mapping[str, Any], household: Household) -> None:
    """Change who somebody is; what it was stays in the household's records, sealed."""
    found = checked_identity(identity, member)
    if all(getattr(member, name) == found[name] for name in IDENTITY):
        return
    for name, value in found.items():
        setattr(member, name, value)
    head = next((row for row in memberships_on(household.id, today()) if row.member_id == member.id), None)
    if head is not None and head.relation_to_head is Relation.HEAD:
        project_head(household, member)


def _relate(member: Member, household: Household, relation: Relation, writing: Writing) -> None:
    row = covering(live_rows(Membership, about_member(member, household)), writing.valid_from)
    if row is None:
        raise NotValid({"valid_from": [_l("The person was not in the household on that day.")]})
    if row.relation_to_head is relation:
        return
    if Relation.HEAD in {relation, row.relation_to_head}:
        raise NotValid({RELATION: [_l("The household has a head. Record a change of the head instead.")]})
    restate(row, member, household, relation, writing)


def restate(row: Membership, member: Member, household: Household, relation: Relation, writing: Writing) -> None:
    """Say from a day on what the member is to the head; the row before is closed, or replaced if it began that day."""
    fresh = enter_membership(household, member, relation, writing, started_by=None)
    with db.session.no_autoflush:  # one change, one record
        fresh.valid_to, fresh.ended_by = row.valid_to, row.ended_by
        if row.valid_from == writing.valid_from:
            row.superseded_by, fresh.started_by = fresh.id, row.started_by
        else:
            row.valid_to = writing.valid_from
    db.session.flush()  # counts are taken from the rows
