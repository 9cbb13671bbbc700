"""Reads of rounds. Other parts of identification ask these."""

from identification.queries.rounds.coverage import Coverage, coverage_of, coverages_of, is_uncovered
from identification.queries.rounds.frame import FrameRow, contact_of, frame_page, households_listed, state_counts
from identification.queries.rounds.reading import (
    RoundRow,
    contact_entries,
    get_round,
    packs_running,
    round_rows,
    running_round,
    running_rounds,
    stages_of,
    unvoted_in,
)

__all__ = [
    "Coverage",
    "FrameRow",
    "RoundRow",
    "contact_entries",
    "contact_of",
    "coverage_of",
    "coverages_of",
    "frame_page",
    "get_round",
    "households_listed",
    "is_uncovered",
    "packs_running",
    "round_rows",
    "running_round",
    "running_rounds",
    "stages_of",
    "state_counts",
    "unvoted_in",
]
