"""The round of 2014 in one village up to the signed list: everybody asked, cases opened, seen and voted on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.db import db
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, CaseStage, Contact, Department, Seen
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase, IdentificationRound
from identification.services.cases import Applicant, Entry, enter_application
from identification.services.clues import find_clues
from identification.services.rounds import Contacted, enter_contacts, open_round
from registry.choices import HouseGrade
from registry.models import Household
from registry.queries import sentinel_facts
from web.demo.casework import steps
from web.demo.casework.meetings import meet
from web.demo.casework.steps import one_by_one, step, turn
from web.demo.names import person, phone, story
from web.demo.past.filing import Kept
from web.demo.past.places import YEAR
from web.demo.past.ways import CASES, Way
from web.demo.village import Officers

HELD_BACK, HELPED = 2, 5
WITNESS, CALLER = 61, 7_000


@dataclass
class VillageRound:
    """One village in the round; `cases` by the household's place in the village's list."""

    code: str
    kept: Sequence[Kept]
    officers: Officers
    dice: Random
    round_id: UUID = field(default_factory=lambda: UUID(int=0))
    cases: dict[int, UUID] = field(default_factory=dict)
    sheets: list[UUID] = field(default_factory=list)
    held: dict[UUID, IdentificationCase] = field(default_factory=dict)
    moved: UUID | None = None
    objections: dict[Way, UUID] = field(default_factory=dict)

    @property
    def running(self) -> IdentificationRound:
        return db.session.get_one(IdentificationRound, self.round_id)

    def household(self, number: int) -> Household:
        return db.session.get_one(Household, self.kept[number].filed.household.id)

    def of(self, *ways: Way) -> list[int]:
        """Return the places of the households that went one of the ways."""
        return [number for number, one in enumerate(self.kept) if one.way in ways]

    def in_stage(self, *stages: CaseStage) -> list[UUID]:
        """Return the cases that stand in one of the states, in the order of the list.

        All are read at once and held, since a session forgets what nobody holds, and each step asks for its case.
        """
        query = select(IdentificationCase).where(IdentificationCase.id.in_(self.cases.values()))
        self.held = {case.id: case for case in db.session.scalars(query)}
        return [case for _, case in sorted(self.cases.items()) if self.held[case].stage in stages]

    def open(self, at: datetime) -> None:
        """Open the round; the household that will be overlooked stands on no list."""
        self._overlook()
        running = open_round(actor=turn(self.officers.village), region_code=self.code, pack=REGISTER_2014, year=YEAR)
        self.round_id = running.id

    def _overlook(self) -> None:
        listed = self._on_lists(list(range(len(self.kept))))
        for number in self.of(Way.OMITTED):
            free = [other for other in self.of(Way.ADMITTED) if other not in listed]
            if number in listed and free:
                self.kept[number].way, self.kept[free[0]].way = Way.ADMITTED, Way.OMITTED

    def go_round(self, at: datetime) -> None:
        """Reach those who will not apply: most at home, one by phone, some in vain."""
        beside, words = self.of(Way.BESIDE, Way.LATER), story("cases")
        phoned = beside[:1] if len(beside) > 2 else []
        for numbers, state, said in (
            ([*beside[len(phoned) :], *self.of(Way.OMITTED)], Contact.VISITED, ""),
            (phoned, Contact.ABSENT_CONTACTED, words["by_phone"]),
            (self.of(Way.AWAY), Contact.ABSENT_UNREACHABLE, words["away"]),
        ):
            if numbers:
                ids = [self.household(number).id for number in numbers]
                told = Contacted(state, today(), said)
                enter_contacts(self.running, ids, told, actor=turn(self.officers.team))

    def apply(self, at: datetime) -> None:
        """Let households apply; a few wait to be asked."""
        asked_first = self._on_lists(self.of(Way.ADMITTED))[:HELD_BACK]
        for number in one_by_one(self.of(*CASES - {Way.OMITTED}), at):
            if number not in asked_first:
                self._apply(number)

    def _on_lists(self, numbers: list[int]) -> list[int]:
        facts = sentinel_facts(self.code, today())
        return [number for number in numbers if self.household(number).id in facts]

    def _apply(self, number: int) -> None:
        household, words = self.household(number), story("cases")
        helped = number % HELPED == 0
        told = words["helped_to_write"] if helped else words["applied"][number % len(words["applied"])]
        applicant = Applicant(
            household.head_name,
            household.phone or phone(CALLER + number),
            assisted=helped,
            witness=person(WITNESS + number) if helped else "",
        )
        entry = Entry(self.code, REGISTER_2014, CaseOrigin.APPLICATION, applicant, household, told)
        self.cases[number] = enter_application(entry, actor=turn(self.officers.village), hand_in=True).id

    def ask_the_listed(self, at: datetime) -> None:
        """Look through the sentinel lists; whoever stands there is asked, and says yes or, with a witness, no."""
        turn(SYSTEM)
        find_clues(self.code)
        wanted = {self.household(number).id: number for number in range(len(self.kept))}
        for case in one_by_one(self._clues(), at):
            number = wanted[case.household_id] if case.household_id else 0
            self._answer(case, number, self.kept[number].way)
        self._write_down_refusals()

    def _answer(self, case: IdentificationCase, number: int, way: Way) -> None:
        words = story("cases")
        if way in CASES:
            self.cases[number] = step(case.id, "take_up", self.officers.village).id
        elif way is Way.AWAY:
            step(case.id, "withdraw", self.officers.team, words["away"])
        else:
            step(case.id, "decline", self.officers.team, words["no_wish"], witness=person(WITNESS + number))

    def _clues(self) -> list[IdentificationCase]:
        query = (
            select(IdentificationCase)
            .join(Household, Household.id == IdentificationCase.household_id)
            .where(IdentificationCase.round_id == self.round_id, IdentificationCase.stage == CaseStage.CLUE)
            .order_by(Household.household_no)
        )
        return list(db.session.scalars(query))

    def _write_down_refusals(self) -> None:
        asked = self._on_lists(self.of(Way.DECLINED))
        for number in self.of(Way.DECLINED):
            if number not in asked:
                told = Contacted(Contact.DECLINED_IN_WRITING, today(), story("cases")["declined"])
                enter_contacts(self.running, [self.household(number).id], told, actor=turn(self.officers.team))

    def accept(self, at: datetime) -> None:
        for case in one_by_one(self.in_stage(CaseStage.APPLIED), at):
            step(case, "accept", self.officers.village)

    def see(self, at: datetime) -> None:
        """Let each household sign its letter, and see its house."""
        for case in one_by_one(self.in_stage(CaseStage.VERIFYING), at):
            self.see_one(case)

    def see_one(self, case: UUID) -> None:
        """Sign the letter, and see the house."""
        number = self.number_of(case)
        steps.letter(case, self.officers.village, person(WITNESS + number))
        steps.visit(case, self.officers, self._views(number), YEAR - 1)

    def number_of(self, case: UUID) -> int:
        return next(number for number, found in self.cases.items() if found == case)

    def _views(self, number: int) -> dict[str, Seen]:
        how = self.kept[number].lived
        found = {}
        if how["house_grade"] in (HouseGrade.C, HouseGrade.D):
            found["housing"] = Seen.NOT_SOUND
        if not how["water_safe"]:
            found["water"] = Seen.NOT_SOUND
        return found | {"labour": self.dice.choice((Seen.SOUND, Seen.AT_RISK))}

    def compare(self, at: datetime) -> None:
        """Let departments answer."""
        for case in one_by_one(self.in_stage(CaseStage.VERIFYING), at):
            steps.answers(case, self.officers.counties[0], self._found(self.kept[self.number_of(case)].way))

    def _found(self, way: Way) -> dict[Department, str]:
        words = story("cases")
        found = {
            Way.FLAG_CLEARED: {Department.VEHICLES: words["vehicle"]},
            Way.FLAG_CONFIRMED: {Department.REAL_ESTATE: words["house"]},
        }
        return found.get(way, {})

    def judge_flags(self, at: datetime) -> None:
        """Let the township look at the flags with its evidence; a tool for work speaks against nobody."""
        words, township = story("cases"), self.officers.townships[1]
        for number in self.of(Way.FLAG_CLEARED):
            steps.decide_flags(self.cases[number], township, cleared=words["vehicle_cleared"])
        for number in self.of(Way.FLAG_CONFIRMED):
            steps.decide_flags(self.cases[number], township, confirmed=words["house_confirmed"])

    def propose(self, at: datetime) -> None:
        """Let one household withdraw; bring the others before the meeting."""
        withdrawing = {self.cases[number] for number in self.of(Way.WITHDREW)}
        for case in one_by_one(self.in_stage(CaseStage.VERIFYING), at):
            if case in withdrawing:
                step(case, "withdraw", self.officers.village, story("cases")["withdrew"])
            else:
                steps.propose(case, self.officers)

    def vote(self, at: datetime) -> None:
        """Hold the meeting of representatives."""
        if self.in_stage(CaseStage.REVIEWED):
            against = [self.cases[number] for number in self.of(Way.VOTED_AGAINST)]
            meet(self.officers, self.code, REGISTER_2014, against)

    def sign(self, at: datetime) -> None:
        for case in one_by_one(self.in_stage(CaseStage.PRELIMINARY), at):
            steps.sign(case, self.officers)
