"""Reads of meetings."""

from identification.queries.meetings.agenda import AgendaLine, agenda_line, agenda_of
from identification.queries.meetings.listing import MeetingRow, meetings_of
from identification.queries.meetings.reading import (
    Attendance,
    EarlierList,
    attendance_of,
    count_of,
    earlier_list,
    get_meeting,
    known_numbers,
    members_of,
    present_of,
    rule_for,
    votes_of,
)
from identification.queries.meetings.standing import what_is_missing, who_came

__all__ = [
    "AgendaLine",
    "Attendance",
    "EarlierList",
    "MeetingRow",
    "agenda_line",
    "agenda_of",
    "attendance_of",
    "count_of",
    "earlier_list",
    "get_meeting",
    "known_numbers",
    "meetings_of",
    "members_of",
    "present_of",
    "rule_for",
    "votes_of",
    "what_is_missing",
    "who_came",
]
