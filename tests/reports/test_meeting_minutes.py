"""The minutes of a meeting as they are printed before they are signed: who came, how each household was voted on."""

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.case_packs import REGISTER_2014
from identification.models import Meeting
from reports.queries.identification import minutes_sheet
from reports.sheets import MinutesSheet
from tests.factories import meetings as make
from tests.factories.needs import make_household
from tests.factories.notices import make_case
from tests.factories.people import make_person
from tests.factories.places import lay_places


def printed() -> MinutesSheet:
    """Vote on two households of one name in a meeting to which five of six came; return its minutes."""
    lay_places()
    officer = make_person(Role.VILLAGE_OFFICER)
    homes = [make_household(officer, household_no=number, head_name="韦某某") for number in ("H001", "H002")]
    first, second = (make_case(home, stage=CaseStage.REVIEWED, pack=REGISTER_2014) for home in homes)
    meeting = make.make_meeting(officer)
    make.enter_members(meeting, officer, present=5)
    aside = frozenset({str(make.members_in(meeting)[0].id)})
    make.vote(meeting, first, officer, 3, 1, recused=aside, no_relatives=False)
    make.vote(meeting, second, officer, 2, 3)
    with unit_of_work(SYSTEM):
        return minutes_sheet(db.session.get_one(Meeting, meeting))


def test_the_minutes_tell_households_of_one_name_apart_and_say_each_result(database: object) -> None:
    sheet = printed()
    assert [ballot.head for ballot in sheet.ballots] == ["韦某某 H001", "韦某某 H002"]
    results = [(ballot.yes, ballot.recused, ballot.result) for ballot in sheet.ballots]
    assert [(votes, aside) for votes, aside, _result in results] == [("3", "1"), ("2", "0")]
    assert len({result for _votes, _aside, result in results if result}) == 2
    assert sheet.present == make.NAMES[:5]
