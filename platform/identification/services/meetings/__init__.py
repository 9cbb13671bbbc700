"""Meetings of democratic review: written down, attended, voted in, closed with their minutes (domain.md 3.4)."""

from identification.services.meetings.attending import list_members, tick_attendance
from identification.services.meetings.closing import close_meeting, show_minutes
from identification.services.meetings.preparing import MeetingFrame, change_meeting, prepare_meeting
from identification.services.meetings.voting import enter_vote, take_vote_out

__all__ = [
    "MeetingFrame",
    "change_meeting",
    "close_meeting",
    "enter_vote",
    "list_members",
    "prepare_meeting",
    "show_minutes",
    "take_vote_out",
    "tick_attendance",
]
