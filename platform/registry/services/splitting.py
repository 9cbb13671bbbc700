"""A household splits, two become one, or one ends. Cards and helpers stay with the household that stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from registry.choices import LEAVING, MemberEventKind, PovertyStatus, Relation, Source
from registry.events import household_ending, household_merged, household_split
from registry.models import Household, HouseholdProfile, Member, MemberEvent, Membership
from registry.policy import RegistryPermission, role_for
from registry.services.dating import Writing, about_household, covering, live_rows, lock, place_of, write_dated
from registry.services.erasing import end_card
from registry.services.households import check_number, random_index
from registry.services.member_events import check_day, close, make_event, move_in, standing_membership
from registry.services.members import MOST_MEMBERS, fit_size, head_number, memberships_on
from registry.services.values import data_columns

STAYING = frozenset({"phone", "bank_name", "bank_account", "cause_note", "address_detail"})


def split_household(
    household: Household,
    members: Sequence[Member],
    *,
    actor: Actor,
    happened_on: date,
    household_no: str,
    new_head: Member,
    reason: str,
    relations: Mapping[UUID, Relation] | None = None,
    source: Source = Source.FORM,
) -> Household:
    """Let members leave on a day and form a household of their own; return it.

    What the old household is (its standing in the register, its causes) is said of the new one too; phone, bank and
    address are not. The head stays: name another one first.
    """
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    _check_split(household, members, new_head, happened_on, reason)
    writing = Writing(actor, happened_on, happened_on, source)
    rows = [(member, standing_membership(household, member, happened_on)) for member in members]
    if any(row.relation_to_head is Relation.HEAD for _member, row in rows):
        words = _l("This person is the head. Record who is the head now, then record this.")
        raise Refused(words, code="head_leaves")
    new = _found_household(household, new_head, household_no, size=len(members))
    event = make_event(household, MemberEventKind.HOUSEHOLD_SPLIT, writing, reason=reason, other=new)
    started = make_event(new, MemberEventKind.HOUSEHOLD_SPLIT, writing, reason=reason, other=household)
    known = {**(relations or {}), new_head.id: Relation.HEAD}
    _move(rows, new, known, writing, ended_by=event, started_by=started)
    fit_size(household, max(household.size - len(members), 1))
    _copy_profile(household, new, writing)
    note(household, "household.split", reason=reason)
    household_split.send(household, actor=actor, new=new)
    db.session.flush()  # the answer needs the new household
    return new


def _check_split(
    household: Household, members: Sequence[Member], new_head: Member, happened_on: date, reason: str
) -> None:
    check_day(happened_on)
    check_reason(reason)
    if not members or len({member.id for member in members}) != len(members):
        raise NotValid({"members": [_l("Choose who leaves.")]})
    if new_head.id not in {member.id for member in members}:
        raise NotValid({"new_head": [_l("The new head is one of those who leave.")]})


def check_reason(reason: str) -> None:
    """Raise NotValid for an empty reason."""
    if not reason.strip():
        raise NotValid({"reason": [_l("Write the reason.")]})


def _found_household(old: Household, head: Member, household_no: str, *, size: int) -> Household:
    check_number(old.region_code, household_no)
    number, index = head_number(old, head)
    new = Household(
        id=uuid4(),
        **place_of(old),
        household_no=household_no.strip(),
        group_no=old.group_no,
        size=size,
        head_name=head.name,
        id_number=number,
        id_index=index,
    )
    db.session.add(new)
    db.session.flush()  # memberships point to it
    return new


def _move(
    rows: Sequence[tuple[Member, Membership]],
    to: Household,
    relations: Mapping[UUID, Relation],
    writing: Writing,
    *,
    ended_by: MemberEvent,
    started_by: MemberEvent,
) -> None:
    """Close each membership and open one in the other household on the same day."""
    for member, row in rows:
        close(row, writing.valid_from, ended_by)
        db.session.flush()  # the row no longer reaches this day
        move_in(to, member, relations.get(member.id, Relation.OTHER), writing, started_by)


def _copy_profile(old: Household, new: Household, writing: Writing) -> None:
    standing = covering(live_rows(HouseholdProfile, about_household(old)), writing.valid_from)
    if standing is not None:
        values = {name: getattr(standing, name) for name in data_columns(HouseholdProfile) if name not in STAYING}
        write_dated(HouseholdProfile, about_household(new), values, writing)


def merge_households(
    household: Household,
    other: Household,
    *,
    actor: Actor,
    happened_on: date,
    reason: str,
    relations: Mapping[UUID, Relation] | None = None,
    source: Source = Source.FORM,
) -> Household:
    """Let everybody of `other` belong to `household` from a day on; `other` ends. Return the household that stays.

    Whatever is open for `other` is ended by those who listen, or stands against it (goods on their way).
    """
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, other)
    for row in sorted((household, other), key=lambda each: each.id):
        lock(row)
    check_day(happened_on)
    check_reason(reason)
    if household.id == other.id or household.region_code != other.region_code:
        raise NotValid({"other": [_l("Choose another household of the same village.")]})
    if household.size + other.size > MOST_MEMBERS:
        raise Refused(_l("A household has at most 30 members."), code="too_many_members")
    writing = Writing(actor, happened_on, happened_on, source)
    event = make_event(household, MemberEventKind.HOUSEHOLD_MERGED, writing, reason=reason, other=other)
    ended = make_event(other, MemberEventKind.HOUSEHOLD_MERGED, writing, reason=reason, other=household)
    members = [db.session.get_one(Member, row.member_id) for row in memberships_on(other.id, happened_on)]
    rows = [(member, standing_membership(other, member, happened_on)) for member in members]
    _end(other, actor, writing, into=household)
    _move(rows, household, relations or {}, writing, ended_by=ended, started_by=event)
    fit_size(household, household.size + other.size)
    note(other, "household.merged", reason=reason)
    household_merged.send(household, actor=actor, ended=other)
    db.session.flush()  # the answer shows both
    return household


def end_household(
    household: Household, *, actor: Actor, kind: MemberEventKind, happened_on: date, reason: str
) -> MemberEvent:
    """Record that the last member died or left, so that the household ends."""
    db.session.info["acting_role"] = role_for(actor, RegistryPermission.HOUSEHOLD_CHANGE, household)
    lock(household)
    check_day(happened_on)
    check_reason(reason)
    if kind not in LEAVING:
        raise NotValid({"kind": [_l("Choose one of the list.")]})
    rows = memberships_on(household.id, happened_on)
    if len(rows) != 1:
        raise Refused(_l("Others still belong to the household."), code="members_left")
    writing = Writing(actor, happened_on, happened_on, Source.FORM)
    member = db.session.get_one(Member, rows[0].member_id)
    event = make_event(household, kind, writing, reason=reason, member=member)
    close(standing_membership(household, member, happened_on), happened_on, event)
    _end(household, actor, writing, into=None)
    note(household, "household.ended", reason=reason)
    db.session.flush()  # the page shows the event
    return event


def _end(household: Household, actor: Actor, writing: Writing, *, into: Household | None) -> None:
    """Close the file: its number stays taken, its head may be on file elsewhere from now on."""
    household_ending.send(household, actor=actor, into=into)
    end_card(household)
    values = {"poverty_status": PovertyStatus.ENDED}
    write_dated(HouseholdProfile, about_household(household), values, writing)
    household.ended_on = writing.valid_from
    household.merged_into = None if into is None else into.id
    household.id_index = random_index()
