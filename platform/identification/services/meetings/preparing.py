"""A meeting is written down, today or for a later day, and put right until it is closed."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import Actor
from core.records import note
from identification.case_choices import MeetingKind
from identification.case_packs import PACKS
from identification.models import IdentificationRound, Meeting
from identification.services.meetings.holding import count_again, hold_open
from identification.workflow import meeting_workflow
from regions.codes import RegionLevel, county_code, level

EARLIEST, LATEST = timedelta(days=366), timedelta(days=60)
LONGEST_LINE, LONGEST_TEXT = 120, 4000
NEEDED = {
    "place": _l("Write where the meeting is held."),
    "chair": _l("Write who chairs the meeting."),
    "recorder": _l("Write who takes the minutes."),
}


@dataclass(frozen=True)
class MeetingFrame:
    """When and where, who leads, who writes, who looks on, and what was said."""

    kind: MeetingKind
    held_on: date
    place: str
    chair: str
    recorder: str
    observers: str = ""
    said: str = ""


def prepare_meeting(
    frame: MeetingFrame, *, actor: Actor, region_code: str, pack: str, running: IdentificationRound | None = None
) -> Meeting:
    """Write a meeting of a village down, by the rules of a pack and, where one runs, for its round."""
    _refuse_place(region_code, pack, running)
    known = _known(frame)
    meeting = Meeting(
        id=uuid4(),
        region_code=region_code,
        county_code=county_code(region_code),
        pack=pack,
        round_id=running.id if running else None,
        entered_by=actor.account_id,
        **asdict(known),
    )
    meeting_workflow.fire(meeting, "prepare", actor=actor)
    db.session.add(meeting)
    db.session.flush()  # its members and votes point at it
    return meeting


def change_meeting(meeting: Meeting, frame: MeetingFrame, *, actor: Actor) -> None:
    """Put right what was written about a meeting that is not closed; another kind has another rule."""
    hold_open(meeting, actor=actor)
    for name, value in asdict(_known(frame)).items():
        setattr(meeting, name, value)
    note(meeting, "meeting.changed")
    count_again(meeting)


def _refuse_place(region_code: str, pack: str, running: IdentificationRound | None) -> None:
    if len(region_code) != 12 or level(region_code) is not RegionLevel.VILLAGE:
        raise NotValid({"region_code": [_l("Choose the village.")]})
    if pack not in PACKS:
        raise NotValid({"pack": [_l("Choose by which rules the meeting votes.")]})
    if running is not None and (running.region_code, running.pack) != (region_code, pack):
        raise NotValid({"pack": [_l("This round belongs to another village or other rules.")]})


def _known(frame: MeetingFrame) -> MeetingFrame:
    """Return the frame without blanks around its words, or raise NotValid."""
    day = today()
    words = {name: getattr(frame, name).strip() for name in ("place", "chair", "recorder", "observers", "said")}
    faults: dict[str, list[str | LazyString]] = {name: [message] for name, message in NEEDED.items() if not words[name]}
    for name, most in (*((name, LONGEST_LINE) for name in NEEDED), ("observers", 400)):
        if len(words[name]) > most:
            faults[name] = [_l("Use at most %(most)s characters.", most=most)]
    if len(words["said"]) > LONGEST_TEXT:
        faults["said"] = [_l("Use at most %(most)s characters.", most=LONGEST_TEXT)]
    if not day - EARLIEST <= frame.held_on <= day + LATEST:
        faults["held_on"] = [_l("Choose a day of the last twelve months, or of the next 60 days.")]
    if faults:
        raise NotValid(faults)
    return MeetingFrame(frame.kind, frame.held_on, **words)
