"""What notices, objections and villagers' own words do to a case."""

from uuid import UUID

from core.db import db
from core.errors import WrongState
from core.policy import SYSTEM, Actor
from identification.case_choices import CaseOrigin, CaseStage
from identification.case_packs import MONITORING_2021
from identification.models import IdentificationCase, IdentificationRound, Notice, Objection
from identification.queries.cases import find_case
from identification.queries.rounds import running_round
from identification.services.cases import Applicant, fire_case, open_case

ON_A_BOARD = frozenset({CaseStage.NOTICE_FIRST, CaseStage.NOTICE_SECOND, CaseStage.NOTICE_VILLAGE, CaseStage.ANNOUNCED})


def put_on_board(case_id: UUID, notice: Notice, *, actor: Actor) -> None:
    """Let the case wait for its notice; further boards of the same list change nothing more.

    Whoever hangs a township's list in his village answers for the cases of his village only; the rest follow.
    """
    case = find_case(case_id)
    if case.stage not in ON_A_BOARD:
        fire_case(case, "post_notice", actor=actor if case.region_code == notice.region_code else SYSTEM)


def pass_notice(case_id: UUID) -> None:
    """Let the case go on; its workflow asks whether its notice lets it."""
    fire_case(find_case(case_id), "close_notice", actor=SYSTEM)


def take_from_board(case_id: UUID) -> None:
    """Let the case wait for another notice, after its list was taken back."""
    case = find_case(case_id)
    if case.stage in ON_A_BOARD:
        fire_case(case, "withdraw_notice", actor=SYSTEM)


def return_case(case_id: UUID) -> None:
    """Send the case back to be verified anew; one that has ended meanwhile stays as it is."""
    try:
        fire_case(find_case(case_id), "objection_upheld", actor=SYSTEM)
    except WrongState:
        return


def open_omitted(objection: Objection) -> IdentificationCase:
    """Open a case for a household that was left out: in the round of the list, while it runs, else to be monitored."""
    running = _round_of(objection)
    return open_case(
        actor=SYSTEM,
        region_code=objection.region_code,
        pack=running.pack if running else MONITORING_2021,
        origin=CaseOrigin.OBJECTION,
        told=objection.told,
        running=running,
    )


def _round_of(objection: Objection) -> IdentificationRound | None:
    if objection.notice_id is None:
        return None
    return running_round(objection.region_code, db.session.get_one(Notice, objection.notice_id).pack)


def open_told(
    applicant: Applicant, *, actor: Actor, region_code: str, told: str, receipt_no: str
) -> IdentificationCase:
    """Open the case of what a villager tells of his own accord, or somebody for him."""
    origin = CaseOrigin.ON_BEHALF if applicant.assisted else CaseOrigin.SELF_REPORT
    return open_case(
        actor=actor,
        region_code=region_code,
        pack=MONITORING_2021,
        origin=origin,
        applicant=applicant,
        told=told,
        receipt_no=receipt_no,
    )
