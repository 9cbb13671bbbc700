"""What an erased household leaves behind on notices: lines that ended, without a name."""

from sqlalchemy import select

from core.db import db
from core.records import note
from identification.models.notices import NoticeEntry
from identification.notice_choices import EntryOutcome
from identification.services.notice_changes import take_off
from registry.models import Household
from registry.services.erasing import KIND


def leave_boards(household: Household) -> None:
    """Take the household off every running notice."""
    for case_id in {entry.case_id for entry in _entries(household) if entry.outcome is None}:
        take_off(case_id, outcome=EntryOutcome.WITHDREW)


def wipe_lines(household: Household) -> None:
    """Forget its name on every notice that ever named it."""
    for entry in _entries(household):
        entry.shown_name = entry.household_suffix = entry.group_no = ""
        note(entry, KIND)


def _entries(household: Household) -> list[NoticeEntry]:
    query = select(NoticeEntry).where(NoticeEntry.subject == f"household/{household.id}").order_by(NoticeEntry.id)
    return list(db.session.scalars(query))
