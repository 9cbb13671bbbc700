"""The registers' own lists to take out: households, members, findings, villages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from core.clock import today
from core.i18n import _, _l
from core.policy import Actor
from core.privacy import mask_name
from core.scope import scope_clause
from core.spreadsheets.columns import Column, Layout
from registry.choices import ListKind
from registry.models import Finding, Household, HouseholdProfile, Member, Membership, VillageProfile
from registry.policy import RegistryPermission
from registry.queries.listed import Codes, ListColumn, ListOut, Rows, place_column
from registry.rules import RULES, rule_label

PLACE = place_column(Household.region_code)
NUMBER = ListColumn(_l("Household number"), lambda row, place: row.Household.household_no, (Household.household_no,))
GROUP = ListColumn(_l("Village group"), lambda row, place: row.Household.group_no, (Household.group_no,))
HEAD = ListColumn(_l("Head, masked"), lambda row, place: row.Household.head_name, (Household.head_name,), mask_name)


def within(model: Any, actor: Actor, codes: Codes) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a row is of these codes and of the actor's places."""
    return scope_clause(model, actor), model.region_code >= codes[0], model.region_code < codes[1]


def _households(actor: Actor, codes: Codes) -> Rows:
    live = HouseholdProfile.superseded_by.is_(None), HouseholdProfile.valid_to.is_(None)
    return (
        select(Household, HouseholdProfile)
        .outerjoin(HouseholdProfile, and_(HouseholdProfile.household_id == Household.id, *live))
        .where(*within(Household, actor, codes), Household.erased_at.is_(None), Household.ended_on.is_(None))
        .order_by(Household.region_code, Household.household_no)
    )


def _of_profile(heading: Any, name: str) -> ListColumn:
    def value(row: Any, _place: Any) -> Any:
        return getattr(row.HouseholdProfile, name, None)

    return ListColumn(heading, value, (getattr(HouseholdProfile, name),))


def _household_columns() -> Sequence[ListColumn]:
    return (
        PLACE,
        NUMBER,
        GROUP,
        HEAD,
        ListColumn(_l("Persons in the household"), lambda row, place: row.Household.size, (Household.size,)),
        _of_profile(_l("Status of poverty"), "poverty_status"),
        _of_profile(_l("Monitoring"), "monitoring_status"),
        _of_profile(_l("Kind of monitoring"), "monitoring_kind"),
        _of_profile(_l("Resettled household"), "is_relocation_household"),
    )


def _members(actor: Actor, codes: Codes) -> Rows:
    live = Membership.superseded_by.is_(None), Membership.valid_from <= today()
    return (
        select(Household, Member, Membership)
        .join(Membership, Membership.household_id == Household.id)
        .join(Member, Member.id == Membership.member_id)
        .where(*within(Household, actor, codes), Household.erased_at.is_(None), Household.ended_on.is_(None))
        .where(*live, Membership.valid_to.is_(None) | (Membership.valid_to > today()))
        .order_by(Household.region_code, Household.household_no, Membership.valid_from, Member.id)
    )


def _member_columns() -> Sequence[ListColumn]:
    return (
        PLACE,
        NUMBER,
        GROUP,
        ListColumn(_l("Name, masked"), lambda row, place: row.Member.name, (Member.name,), mask_name),
        ListColumn(_l("Belongs to it since"), lambda row, place: row.Membership.valid_from, (Membership.valid_from,)),
    )


def _findings(actor: Actor, codes: Codes) -> Rows:
    return (
        select(Finding, Household.household_no)
        .outerjoin(Household, Household.id == Finding.household_id)
        .where(*within(Finding, actor, codes), Finding.gone_on.is_(None))
        .order_by(Finding.region_code, Finding.first_seen_on, Finding.id)
    )


def _rule(row: Any, _place: Any) -> Any:
    return rule_label(RULES, row.Finding.rule)


def _finding_columns() -> Sequence[ListColumn]:
    return (
        place_column(Finding.region_code),
        ListColumn(
            _l("Household number"),
            lambda row, place: row.household_no or _("The whole village"),
            (Household.household_no,),
        ),
        ListColumn(
            _l("What does not fit together"), lambda row, place: rule_label(RULES, row.Finding.rule), (Finding.rule,)
        ),
        ListColumn(_l("How grave"), lambda row, place: row.Finding.severity, (Finding.severity,)),
        ListColumn(_l("Year"), lambda row, place: row.Finding.year or None, (Finding.year,)),
        ListColumn(_l("First seen"), lambda row, place: row.Finding.first_seen_on, (Finding.first_seen_on,)),
        ListColumn(_l("Now"), lambda row, place: row.Finding.state, (Finding.accepted_at, Finding.gone_on)),
    )


def _villages(actor: Actor, codes: Codes) -> Rows:
    return (
        select(VillageProfile)
        .where(*within(VillageProfile, actor, codes), VillageProfile.superseded_by.is_(None))
        .order_by(VillageProfile.region_code, VillageProfile.year)
    )


def _of_village(column: Column) -> ListColumn:
    """Return the column of a village's sheet by which it can be taken in again."""
    if column.name in PLACES:
        return ListColumn(column.heading, PLACES[column.name], (VillageProfile.region_code,))

    def value(row: Any, _place: Any) -> Any:
        return getattr(row.VillageProfile, column.name)

    return ListColumn(column.heading, value, (getattr(VillageProfile, column.name),))


PLACES: dict[str, Any] = {
    "village_code": lambda row, place: row.VillageProfile.region_code,
    "village": lambda row, place: place.name if place else "",
    "township": lambda row, place: "",
}
HOUSEHOLDS = ListOut(ListKind.HOUSEHOLDS, RegistryPermission.HOUSEHOLD_READ, _households, _household_columns)
MEMBERS = ListOut(ListKind.MEMBERS, RegistryPermission.HOUSEHOLD_READ, _members, _member_columns)
FINDINGS = ListOut(ListKind.FINDINGS, RegistryPermission.HOUSEHOLD_READ, _findings, _finding_columns)


def villages_out(layout: Layout) -> ListOut:
    """Return the list of village registers, in the columns of this layout."""
    columns = tuple(_of_village(column) for column in layout.columns)
    return ListOut(ListKind.VILLAGES, RegistryPermission.HOUSEHOLD_READ, _villages, lambda: columns)
