"""What happens to the members of a household: who joins, who leaves, who becomes its head."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from registry.choices import JOINING, LEAVING, MemberEventKind, Relation, Source
from registry.events import head_changed
from registry.models import Household, Member, MemberEvent, MemberProfile, Membership
from registry.policy import RegistryPermission, role_for
from registry.relations import after_head_change
from registry.services.dating import FIRST_DAY, Writing, covering, live_rows, lock, next_revision, place_of
from registry.services.members import (
    about_member,
    enter_member,
    enter_membership,
    fit_size,
    head_number,
    memberships_on,
    project_head,
    refuse_second_head,
    relation_of,
    restate,
)
from registry.services.values import data_columns

LONGEST_REASON = 500


def record_member_event(
    household: Household,
    kind: MemberEventKind,
    *,
    actor: Actor,
    happened_on: date,
    member: Member | None = None,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    source: Source = Source.FORM,
) -> MemberEvent:
    """Record who joined or left. Who joins for the first time comes with `values` (see `add_member`), who was on file
    before with `member` and `relation_to_head` in the values. From the day of leaving on he is no member any more.

    Raises Refused `head_leaves` for the head: name another head first, or end the household with `end_household`.
    """
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    check_day(happened_on)
    writing = Writing(actor, happened_on, happened_on, source)
    if kind in JOINING:
        return _join(household, kind, member, values or {}, reason, writing)
    if kind in LEAVING and member is not None:
        return _leave(household, kind, member, reason, writing)
    raise NotValid({"kind": [_l("Choose one of the list.")]})


def check_day(happened_on: date) -> None:
    """Raise NotValid for a day that has not come yet."""
    if not FIRST_DAY <= happened_on <= today():
        raise NotValid({"happened_on": [_l("Enter a day that is not in the future.")]})


def _join(
    household: Household,
    kind: MemberEventKind,
    member: Member | None,
    values: Mapping[str, Any],
    reason: str,
    writing: Writing,
) -> MemberEvent:
    event = make_event(household, kind, writing, reason=reason, member=member)
    if member is None:
        event.member_id = enter_member(household, values, writing, started_by=event.id).id
    else:
        relation = relation_of(values)
        refuse_second_head(household.id, relation, writing.valid_from)
        move_in(household, member, relation, writing, event)
    fit_size(household, household.size + 1)
    db.session.flush()  # the page shows the event
    return event


def move_in(household: Household, member: Member, relation: Relation, writing: Writing, event: MemberEvent) -> None:
    """Let somebody on file belong to this household from the day on; his description goes with him."""
    if live := [row for row in live_rows(Membership, about_member(member, household)) if _reaches(row, writing)]:
        code = "member_elsewhere" if live[0].household_id != household.id else "member_already"
        raise Refused(_l("This person belongs to a household on that day. Record the leaving there first."), code=code)
    enter_membership(household, member, relation, writing, started_by=event.id)
    carry_description(member, household, writing)
    if member.household_id != household.id:
        member.household_id = household.id
        member.region_code, member.county_code = household.region_code, household.county_code


def _reaches(row: Membership, writing: Writing) -> bool:
    return row.valid_to is None or row.valid_to > writing.valid_from


def carry_description(member: Member, household: Household, writing: Writing) -> None:
    """Write the standing description once more as this household's, so that each household's file is whole."""
    standing = covering(live_rows(MemberProfile, about_member(member, household)), writing.valid_from)
    if standing is None or standing.household_id == household.id:
        return
    if standing.valid_from == writing.valid_from:
        standing.household_id = household.id
        standing.region_code, standing.county_code = household.region_code, household.county_code
        return
    values = {name: getattr(standing, name) for name in data_columns(MemberProfile)}
    fresh = MemberProfile(
        id=uuid4(),
        **about_member(member, household).carried,
        **values,
        valid_from=writing.valid_from,
        valid_to=standing.valid_to,
        as_of=standing.as_of,
        source=standing.source,
        recorded_by=writing.actor.account_id,
        revision=next_revision(MemberProfile, about_member(member, household)),
    )
    standing.valid_to = writing.valid_from
    db.session.add(fresh)


def _leave(household: Household, kind: MemberEventKind, member: Member, reason: str, writing: Writing) -> MemberEvent:
    row = standing_membership(household, member, writing.valid_from)
    if row.relation_to_head is Relation.HEAD:
        words = _l("This person is the head. Record who is the head now, then record this.")
        raise Refused(words, code="head_leaves")
    event = make_event(household, kind, writing, reason=reason, member=member)
    close(row, writing.valid_from, event)
    fit_size(household, max(household.size - 1, 1))
    db.session.flush()  # the page shows the event
    return event


def standing_membership(household: Household, member: Member, day: date) -> Membership:
    """Return the membership that a thing of that day ends or changes; raise if later rows stand in its way."""
    rows = live_rows(Membership, about_member(member, household))
    row: Membership | None = covering(rows, day)
    if row is None or row.household_id != household.id:
        raise NotValid({"happened_on": [_l("The person was not in the household on that day.")]})
    if row.valid_to is not None:
        raise Refused(_l("Something later is on file for this person. Correct that first."), code="later_rows")
    return row


def close(row: Membership, day: date, event: MemberEvent) -> None:
    """End a membership: on the day itself the person is no member any more."""
    if row.valid_from >= day:
        raise NotValid({"happened_on": [_l("The day lies before the person's joining, or on it.")]})
    row.valid_to, row.ended_by = day, event.id


def make_event(
    household: Household,
    kind: MemberEventKind,
    writing: Writing,
    *,
    reason: str = "",
    member: Member | None = None,
    other: Household | None = None,
) -> MemberEvent:
    """Write down what happened."""
    if len(reason) > LONGEST_REASON:
        raise NotValid({"reason": [_l("This text is too long.")]})
    event = MemberEvent(
        id=uuid4(),
        household_id=household.id,
        **place_of(household),
        member_id=None if member is None else member.id,
        kind=kind,
        happened_on=writing.valid_from,
        reason=reason.strip() or None,
        other_household_id=None if other is None else other.id,
        recorded_by=writing.actor.account_id,
    )
    db.session.add(event)
    db.session.flush()  # memberships name it
    return event


def change_head(
    household: Household,
    new_head: Member,
    *,
    actor: Actor,
    happened_on: date,
    reason: str,
    relations: Mapping[UUID, Relation] | None = None,
    source: Source = Source.FORM,
) -> MemberEvent:
    """Make another member the head from a day on. The reason is written down: a head never changes without an event.

    `relations` says what each member is to the new head; where it says nothing, it is worked out from the old one.
    """
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    check_day(happened_on)
    if not reason.strip():
        raise NotValid({"reason": [_l("Write down why the head changes.")]})
    writing = Writing(actor, happened_on, happened_on, source)
    row = standing_membership(household, new_head, happened_on)
    if row.relation_to_head is Relation.HEAD:
        raise Refused(_l("This person is the head already."), code="head_already")
    head_number(household, new_head)
    event = make_event(household, MemberEventKind.HEAD_CHANGED, writing, reason=reason, member=new_head)
    old_head = _restate_all(household, row, writing, relations or {})
    project_head(household, new_head)
    note(household, "household.head_changed", reason=reason)
    head_changed.send(household, actor=actor, old=old_head, new=new_head)
    db.session.flush()  # the page shows the event
    return event


def _restate_all(
    household: Household, chosen: Membership, writing: Writing, relations: Mapping[UUID, Relation]
) -> Member | None:
    """Say of every member what he is to the new head; return the old head."""
    old_head = None
    for row in memberships_on(household.id, writing.valid_from):
        member = db.session.get_one(Member, row.member_id)
        if row.relation_to_head is Relation.HEAD:
            old_head = member
        relation = after_head_change(chosen.relation_to_head, row.relation_to_head)
        relation = Relation.HEAD if row is chosen else relations.get(row.member_id, relation)
        if row is not chosen and relation is Relation.HEAD:
            raise NotValid({"relations": [_l("A household has one head.")]})
        standing_membership(household, member, writing.valid_from)
        if relation is not row.relation_to_head:
            restate(row, member, household, relation, writing)
    return old_head
