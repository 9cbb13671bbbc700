"""What an erased household leaves behind in the registers: rows with their days, and nothing that is said in them."""

from typing import Any

from sqlalchemy import ARRAY, Boolean, delete, select

from core.db import db
from core.records import note
from registry.choices import Relation
from registry.models import (
    Finding,
    Household,
    HouseholdProfile,
    IncomeItem,
    IncomeRecord,
    LivingConditions,
    Member,
    MemberEvent,
    MemberProfile,
    Membership,
    SurveyDraft,
)
from registry.services.values import data_columns

KIND = "household.erased"
WIPED = (HouseholdProfile, LivingConditions, MemberProfile)


def wipe_registers(household: Household) -> None:
    """Empty every row of the household; members who belong to another one now keep what is said of them there."""
    for model in WIPED:
        for row in _rows(model, household):
            for name, column in data_columns(model).items():
                setattr(row, name, _nothing(column))
            note(row, KIND)
    for member in _rows(Member, household):
        member.name, member.sex, member.id_type, member.id_number, member.id_index = "", None, None, None, None
        member.birth_date = member.birth_year = member.ethnicity = None
        note(member, KIND)
    for membership in _rows(Membership, household):
        if membership.relation_to_head is not Relation.HEAD:
            membership.relation_to_head = Relation.OTHER
            note(membership, KIND)
    for event in _rows(MemberEvent, household):
        event.reason = None
        note(event, KIND)
    _wipe_incomes(household)
    db.session.execute(delete(SurveyDraft).where(SurveyDraft.household_id == household.id))
    db.session.execute(delete(Finding).where(Finding.subject == f"household/{household.id}"))


def _wipe_incomes(household: Household) -> None:
    records = _rows(IncomeRecord, household)
    for record in records:
        record.amounts = {}
        note(record, KIND)
    db.session.execute(delete(IncomeItem).where(IncomeItem.record_id.in_([record.id for record in records])))


def _rows(model: Any, household: Household) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.household_id == household.id).order_by(model.id)))


def _nothing(column: Any) -> Any:
    """Return what a wiped column holds; a status that must stand is the one of those who were never registered."""
    if isinstance(column.type, ARRAY):
        return []
    if column.nullable:
        return None
    if isinstance(column.type, Boolean):
        return True
    return column.default.arg if column.default is not None else ""
