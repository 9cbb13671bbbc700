"""The days of the round of 2014: what happened when, in each of its villages and in the township."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from core.clock import SHANGHAI
from identification.case_packs import REGISTER_2014
from identification.notice_choices import NoticeStep
from web.demo.casework import boards
from web.demo.casework.steps import one_by_one
from web.demo.clockwork import Clockwork
from web.demo.past import after_the_vote as after
from web.demo.past.places import YEAR
from web.demo.past.setting import Past
from web.demo.past.village_round import VillageRound

Day = tuple[int, int]
Happening = Callable[[VillageRound, datetime], None]
V = VillageRound
DAYS: tuple[tuple[Day, Happening], ...] = (
    ((5, 20), V.open),
    ((5, 26), V.go_round),
    ((5, 29), V.apply),
    ((6, 4), V.ask_the_listed),
    ((6, 5), V.accept),
    ((6, 11), V.see),
    ((6, 18), V.compare),
    ((6, 20), V.judge_flags),
    ((6, 24), V.propose),
    ((6, 27), V.vote),
    ((6, 30), V.sign),
    ((7, 1), after.post_first),
    ((7, 3), after.object_to_list),
    ((7, 7), after.look_into_objections),
    ((7, 8), after.look),
    ((7, 9), after.take_up_omitted),
    ((7, 10), V.accept),
    ((7, 11), V.see),
    ((7, 14), V.compare),
    ((7, 15), after.township_reviews),
    ((7, 16), V.propose),
    ((7, 17), V.vote),
    ((7, 18), V.sign),
    ((7, 21), after.post_first),
    ((7, 28), after.look),
    ((7, 29), after.township_reviews),
    ((8, 12), after.county_reviews),
    ((8, 14), after.ask_for_more),
    ((8, 18), after.answer_beyond),
    ((8, 20), after.announce),
    ((8, 27), after.look),
    ((9, 1), after.register),
    ((9, 4), after.close),
)
MADE, HUNG, SEEN = (7, 31), (8, 1), (8, 8)
NIGHTS: tuple[Day, ...] = ((7, 9), (7, 29), (8, 9), (8, 28))
FORGOTTEN = (10, 10)
OPENS, APART, MIDNIGHT = 9, timedelta(hours=2), timedelta(minutes=10)


class SecondNotice:
    """The list of the whole township, which hangs in every one of its villages."""

    def __init__(self, past: Past, rounds: Sequence[VillageRound]) -> None:
        self.past = past
        self.rounds = rounds
        self.sheets: list[tuple[UUID, str]] = []

    def make(self, at: datetime) -> None:
        """Let the township make it."""
        officer = next(iter(self.past.officers.values())).townships[0]
        self.sheets = boards.make(officer, self.past.plan.code, REGISTER_2014, NoticeStep.SECOND)

    def hang(self, at: datetime) -> None:
        """Let each village hang its sheet."""
        for it in self.rounds:
            it.in_stage()
        for sheet, code in one_by_one(self.sheets, at):
            boards.hang(sheet, self.past.officers[code].village)

    def look(self, at: datetime) -> None:
        """Let each team see whether it hangs."""
        for sheet, code in one_by_one(self.sheets, at):
            boards.look(sheet, self.past.officers[code].team)


def hold_rounds(past: Past, rounds: Sequence[VillageRound], clock: Clockwork) -> None:
    """Let the round happen in each village, day by day."""
    for day, happening in DAYS:
        for number, it in enumerate(rounds):
            clock.at(_morning(day) + number * APART, partial(happening, it))
    second = SecondNotice(past, rounds)
    for day, happen in ((MADE, second.make), (HUNG, second.hang), (SEEN, second.look)):
        clock.at(_morning(day), happen)
    for day in NIGHTS:
        clock.at(_midnight(day), lambda at: boards.let_time_pass())
    clock.at(_midnight(FORGOTTEN), lambda at: boards.forget_names())


def _morning(day: Day) -> datetime:
    return datetime(YEAR, *day, OPENS, tzinfo=SHANGHAI)


def _midnight(day: Day) -> datetime:
    return datetime(YEAR, *day, tzinfo=SHANGHAI) + MIDNIGHT
