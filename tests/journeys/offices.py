"""The offices of one village at their desks, each in a browser of his own, and the clock by which they work."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, select

from accounts.models import Role
from core.clock import SHANGHAI
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage, Department, MatchResult
from identification.models import IdentificationCase, Notice
from identification.services.notice_ending import close_due, take_down_due
from tests.factories.notices import board_photo
from tests.factories.people import make_person
from tests.factories.places import VILLAGE
from tests.plugins.browser import Visit, Visitor

ROLES = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER)
VIEWS = ("food", "housing", "labour", "schooling", "water")
SOUND = dict.fromkeys(VIEWS, "sound")


def moment(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment in China."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


class Clock:
    """The clock of a demo database, for everybody who asks it: it stands until it is set."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    def __call__(self, connection: Any, *_pool: object) -> None:
        """Tell a connection, as it is taken from the pool, what time it is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.clock', %s, false)", (self.at.isoformat() if self.at else "",))


@contextmanager
def kept_clock(at: datetime) -> Iterator[Clock]:
    """Let it be a moment in the present database until the clock is set anew."""
    clock = Clock()
    clock.at = at
    event.listen(db.engine, "checkout", clock)
    try:
        yield clock
    finally:
        event.remove(db.engine, "checkout", clock)


class Offices:
    """Village, team, township and county, signed in."""

    def __init__(self, visit: Visit, clock: Clock, folder: Path, language: str = "zh") -> None:
        self.clock = clock
        self.people = {role: make_person(role) for role in ROLES}
        self.visitors = {role: visit(language).signed_in(account) for role, account in self.people.items()}
        self.photo = folder / "photo.jpg"
        self.photo.write_bytes(board_photo())

    @property
    def village(self) -> Visitor:
        return self.visitors[Role.VILLAGE_OFFICER]

    @property
    def team(self) -> Visitor:
        return self.visitors[Role.STATIONED_TEAM]

    @property
    def township(self) -> Visitor:
        return self.visitors[Role.TOWNSHIP_OFFICER]

    @property
    def county(self) -> Visitor:
        return self.visitors[Role.COUNTY_OFFICER]

    def come_on(self, at: datetime) -> None:
        """Let everybody come to the office at a moment; the sessions of other days are over."""
        self.clock.at = at
        for role, visitor in self.visitors.items():
            visitor.signed_in(self.people[role])

    def takes(self, officer: Visitor, case_id: UUID, step: str, **fields: str) -> Visitor:
        """Take a step on its page; fields are words that are typed, or choices."""
        officer.opens(f"/desk/cases/{case_id}/steps/{step}")
        for name, value in fields.items():
            field = officer.page.locator(f"main [name={name}]").first
            choose = field.get_attribute("type") in {"radio", "checkbox"}
            (officer.chooses if choose else officer.fills)(**{name: value})
        return sends(officer, f"/steps/{step}")

    def sign_letter(self, case_id: UUID) -> None:
        """Enter the household's letter with its scan."""
        officer = self.village.opens(f"/desk/cases/{case_id}/letter")
        officer.page.locator("main [name=scan]").set_input_files(self.photo)
        sends(officer, "/letter")

    def visits(self, case_id: UUID, **seen: str) -> None:
        """Write down what village and team saw in the house."""
        officer = self.village.opens(f"/desk/cases/{case_id}/visits/new")
        first, second = (str(self.people[role]) for role in ROLES[:2])
        officer.chooses(first=first, second=second, **(SOUND | seen))
        officer.chooses(income="unmeasured").fills(no_income_reason="打零工，没有账本，问了邻居。")
        sends(officer, "/visits")

    def answer_for(self, case_id: UUID, found: Iterable[Department] = ()) -> None:
        """Enter the answers of all departments."""
        for department in Department:
            officer = self.county.opens(f"/desk/cases/{case_id}/matches/new")
            result = MatchResult.FOUND if department in found else MatchResult.NOTHING_FOUND
            officer.chooses(department=department.value, result=result.value)
            if department in found:
                officer.fills(words="名下有一辆三轮车。")
            sends(officer, "/matches")

    def meets(self, pack: str, names: str, votes: Callable[[str], tuple[int, int]]) -> None:
        """Hold a meeting on all who wait; `votes` says for and against by the household's line."""
        officer = self.village.opens("/desk/meetings/new")
        officer.chooses(region_code=VILLAGE, pack=pack, kind="representatives")
        officer.fills(place="村部会议室", chair="韦主任", recorder="黄文书")
        sends(officer, "/meetings")
        sends(officer.fills(names=names), "/members")
        for box in officer.page.locator("main [name=present]").all():
            box.check()
        sends(officer, "/attendance")
        page = officer.page.url
        lines = "main .jd-row-title a[href*='/households/']"
        for number in range(officer.page.locator(lines).count()):
            line = officer.page.locator(lines).nth(number)
            words = line.inner_text()
            officer.does(line.click)
            ayes, noes = votes(words)
            officer.page.locator("[name=no_relatives]").check()
            officer.fills(votes_for=str(ayes), votes_against=str(noes), abstained="0")
            officer.does(
                officer.page.locator("main form.jd-vote button[type=submit], main form.jd-vote button").last.click
            )
            officer.opens(page)
        officer.page.locator("main [name=minutes]").set_input_files(self.photo)
        sends(officer, "/close").reads("What the meeting decided")

    def makes_notice(self, officer: Visitor, place: str, pack: str, step: str) -> None:
        """Make the notice of everybody who is ready."""
        officer.opens(f"/desk/notices/new?region_code={place}&what={pack}/{step}")
        for name in {box.get_attribute("name") for box in officer.page.locator("main [name^=reason-]").all()}:
            officer.page.locator(f"main [name='{name}'][value=income]").check()
        sends(officer, "/desk/notices", exactly=True)

    def hangs(self, notice_id: UUID, officer: Visitor) -> None:
        """Hang a sheet with its photograph."""
        officer.opens(f"/desk/notices/{notice_id}")
        officer.page.locator("main form[action$='/post'] [name=photo]").set_input_files(self.photo)
        sends(officer, "/post")

    def looks(self, notice_id: UUID, officer: Visitor) -> None:
        """Note that a sheet hangs."""
        officer.opens(f"/desk/notices/{notice_id}").chooses(still_up="yes")
        sends(officer, "/inspections")


def sends(officer: Visitor, ending: str, status: int = 200, *, exactly: bool = False) -> Visitor:
    """Press the button of the form whose address ends so."""
    sign = "=" if exactly else "$="
    return officer.does(officer.page.locator(f"main form[action{sign}'{ending}'] button").first.click, status)


def stage_of(case_id: UUID) -> CaseStage:
    """Return where a case stands."""
    with unit_of_work(SYSTEM):
        return db.session.get_one(IdentificationCase, case_id).stage


def night() -> None:
    """Let the clock do what it does every night."""
    with unit_of_work(SYSTEM):
        take_down_due()
        close_due()


def cases() -> dict[UUID | None, UUID]:
    """Return the cases by their households."""
    with unit_of_work(SYSTEM):
        found = db.session.scalars(select(IdentificationCase))
        return {case.household_id: case.id for case in found}


def sheets(step: str) -> list[UUID]:
    """Return the sheets of a notice, the village's own first."""
    with unit_of_work(SYSTEM):
        query = select(Notice.id).where(Notice.step == step).order_by(Notice.region_code, Notice.created_at)
        return list(db.session.scalars(query))
