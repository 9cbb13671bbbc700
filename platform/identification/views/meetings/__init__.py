"""Meetings at the desk: written down, filled in step by step in the room, closed with their minutes."""

from identification.views.meetings import closing, listing, people, showing, voting
from identification.views.meetings.door import blueprint

__all__ = ["blueprint", "closing", "listing", "people", "showing", "voting"]
