"""The round of 2014 after the vote: boards, objections, township and county, and the register."""

from datetime import datetime

from sqlalchemy import select

from core.db import db
from core.policy import ANONYMOUS
from identification.case_choices import CaseOrigin, CaseStage, OverQuotaAnswer, RejectReason
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase, Objection, QuotaRun, QuotaTransfer
from identification.models.notices import Notice
from identification.notice_choices import NoticeStep
from identification.objection_choices import Finding, ObjectionKind
from identification.queries.cases import find_case
from identification.queries.cases.quota import quota_left
from identification.queries.quotas import lines_of, published_quota
from identification.services import objections as handling
from identification.services.cases import name_household
from identification.services.objecting import Filing, file_objection
from identification.services.quotas import agree_transfer, ask_transfer, settle
from identification.services.rounds import close_round
from web.demo.casework import boards
from web.demo.casework.steps import one_by_one, step, turn
from web.demo.names import person, phone, story
from web.demo.past.places import YEAR
from web.demo.past.village_round import VillageRound
from web.demo.past.ways import Way

OBJECTORS = 7_500


def post_first(it: VillageRound, at: datetime) -> None:
    """Hang the first notice of those who are signed."""
    made = boards.make(it.officers.village, it.code, REGISTER_2014, NoticeStep.FIRST, round_id=it.round_id)
    it.sheets = [sheet for sheet, _ in made]
    for sheet in it.sheets:
        boards.hang(sheet, it.officers.village)


def look(it: VillageRound, at: datetime) -> None:
    """See whether the sheets hang."""
    for sheet in it.sheets:
        boards.look(sheet, it.officers.team)


def object_to_list(it: VillageRound, at: datetime) -> None:
    """Let villagers object: one says that a household was left out, another that one does not belong there."""
    words = story("cases")
    for way, kind in ((Way.OMITTED, ObjectionKind.OMISSION), (Way.OBJECTED_TO, ObjectionKind.WRONG_INCLUSION)):
        for number in it.of(way):
            wrong = kind is ObjectionKind.WRONG_INCLUSION
            if not it.sheets or (number in it.cases) is not wrong:
                continue
            said = words["wrong" if wrong else "omitted"]["told"]
            filing = Filing(kind, said, person(OBJECTORS + number), phone(OBJECTORS + number))
            turn(ANONYMOUS)
            entry = boards.line_of(it.sheets, it.cases[number]) if wrong else None
            notice = db.session.get_one(Notice, it.sheets[0])
            objection = file_objection(filing, region_code=it.code, notice=notice, entry=entry).objection
            it.objections[way] = objection.id


def look_into_objections(it: VillageRound, at: datetime) -> None:
    """Let the township look into them: the one is right, the other is not."""
    words, officer = story("cases"), it.officers.townships[1]
    for way, name, finding in (
        (Way.OMITTED, "omitted", Finding.UPHELD),
        (Way.OBJECTED_TO, "wrong", Finding.DISMISSED),
    ):
        if way in it.objections:
            objection = db.session.get_one(Objection, it.objections[way])
            handling.accept_objection(objection, actor=turn(officer))
            handling.investigate_objection(objection, actor=turn(officer))
            handling.decide_objection(objection, actor=turn(officer), finding=finding, words=words[name]["found"])
            handling.reply_to_objection(objection, actor=turn(officer), words=words[name]["reply"])


def take_up_omitted(it: VillageRound, at: datetime) -> None:
    """Say which household was left out, and take its case up."""
    if Way.OMITTED in it.objections:
        (number,) = it.of(Way.OMITTED)
        case = _opened_by_objection(it)
        name_household(case, it.household(number), actor=turn(it.officers.village))
        it.cases[number] = step(case.id, "take_up", it.officers.village).id


def _opened_by_objection(it: VillageRound) -> IdentificationCase:
    query = select(IdentificationCase).where(
        IdentificationCase.round_id == it.round_id, IdentificationCase.origin == CaseOrigin.OBJECTION
    )
    return db.session.scalars(query).one()


def township_reviews(it: VillageRound, at: datetime) -> None:
    """Let the township approve, and refuse who stands above the line."""
    officer = it.officers.townships[0]
    above = {it.cases[number] for number in it.of(Way.ABOVE_LINE)}
    for case in one_by_one(it.in_stage(CaseStage.TOWNSHIP_REVIEW), at):
        if case in above:
            step(case, "township_reject", officer, story("cases")["above_line"], reject=RejectReason.ABOVE_LINE)
        else:
            step(case, "township_approve", officer)


def county_reviews(it: VillageRound, at: datetime) -> None:
    """Let the county approve within the village's number, whole households; who is beyond it is kept as such."""
    officer = it.officers.county
    flagged = {it.cases[number] for number in it.of(Way.FLAG_CONFIRMED)}
    last = {it.cases[number] for number in it.of(Way.OVER_QUOTA)}
    for case_id in one_by_one(sorted(it.in_stage(CaseStage.COUNTY_REVIEW), key=last.__contains__), at):
        left = quota_left(find_case(case_id))
        if case_id in flagged:
            words = story("cases")["house_rejected"]
            step(case_id, "county_reject", officer, words, reject=RejectReason.VETO_CONFIRMED)
        elif left is None or left > 0:
            step(case_id, "county_approve", officer)
        else:
            step(case_id, "hold_over_quota", officer)


def ask_for_more(it: VillageRound, at: datetime) -> None:
    """Ask to move as many persons to the village as the household beyond its number has."""
    persons = sum(find_case(case).persons or 0 for case in it.in_stage(CaseStage.ELIGIBLE_OVER_QUOTA))
    if persons:
        run = db.session.get_one(QuotaRun, it.running.quota_run_id)
        asker, words = turn(it.officers.counties[0]), story("cases")["moved"]["reason"]
        giver = _giver(it.code, run)
        moved = ask_transfer(run, actor=asker, from_code=giver, to_code=it.code, persons=persons, reason=words)
        it.moved = moved.id


def _giver(code: str, run: QuotaRun) -> str:
    """Return the village of the same township that has most."""
    sisters = [line for line in lines_of(run.id) if line.code[:9] == code[:9] and line.code != code]
    return max(sisters, key=lambda line: (published_quota(line.code, YEAR) or 0, line.code)).code


def answer_beyond(it: VillageRound, at: datetime) -> None:
    """Let the persons move, answer the household, and admit it."""
    if it.moved is None:
        return
    agree_transfer(db.session.get_one(QuotaTransfer, it.moved), actor=turn(it.officers.county))
    for case in it.in_stage(CaseStage.ELIGIBLE_OVER_QUOTA):
        words = story("cases")["moved"]["answer"]
        step(case, "answer_over_quota", it.officers.county, words, answer=OverQuotaAnswer.MOVE_QUOTA)
        step(case, "admit_over_quota", it.officers.county)


def announce(it: VillageRound, at: datetime) -> None:
    """Let the county make the announcement, and the village hang it."""
    made = boards.make(it.officers.county, it.code, REGISTER_2014, NoticeStep.ANNOUNCEMENT, round_id=it.round_id)
    it.sheets = [sheet for sheet, _ in made]
    for sheet in it.sheets:
        boards.hang(sheet, it.officers.village)


def register(it: VillageRound, at: datetime) -> None:
    """Put the households on the register."""
    for case in one_by_one(it.in_stage(CaseStage.ANNOUNCED), at):
        step(case, "register", it.officers.county)


def close(it: VillageRound, at: datetime) -> None:
    """Close the round, and settle the village's number by whole households."""
    close_round(it.running, actor=turn(it.officers.village))
    found = [find_case(case).persons or 0 for case in it.in_stage(CaseStage.REGISTERED)]
    settle(it.code, YEAR, actor=turn(it.officers.county), recognised=sum(found), last_household=max(found, default=0))
