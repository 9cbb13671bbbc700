"""What waits in the county's office at the end: helpers to check, an appeal, reports, a role to agree to."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Account, Role
from accounts.services import grant_role
from core.clock import move_clock
from core.db import db, unit_of_work
from core.policy import ANONYMOUS, SYSTEM
from donors.models import Donor, DonorKind
from donors.services import appeal, reject_donor
from supervision.services import open_report
from web.demo.cast import Cast, Casting, acting, by, hand_in, register
from web.demo.names import Part, story

FIRST_NUMBER = 400


def set_county_desk(casting: Casting, cast: Cast, end: datetime) -> None:
    """Let the county's own tasks come up, one after the other."""
    refused, account = _newcomer(casting, cast, end, DonorKind.ENTERPRISE, before=6)
    _refuse(cast, refused, end - timedelta(days=5))
    _appeal(refused, account, end - timedelta(days=3))
    for number, words in enumerate(story("people")["report"]):
        with unit_of_work(SYSTEM):
            move_clock(end - timedelta(days=3 - 2 * number))
            by(ANONYMOUS)
            open_report(text=words, page="/needs", region_code=cast.county)
    _newcomer(casting, cast, end, DonorKind.ASSOCIATION, before=3)
    _newcomer(casting, cast, end, DonorKind.SOCIAL_SERVICE_AGENCY, before=1)
    _second_person(casting, cast, end - timedelta(days=1))


def _newcomer(casting: Casting, cast: Cast, end: datetime, kind: DonorKind, *, before: int) -> tuple[UUID, UUID]:
    """Let a helper register and hand its papers in; return its id and its head's account."""
    words = story("people")
    name = f"{words['newcomers'][kind.value][0]}{words['name_suffix']}"
    part = Part(kind, name, f"{words['cities'][before % len(words['cities'])]}000000")
    with unit_of_work(SYSTEM):
        move_clock(end - timedelta(days=before))
        donor, account = register(casting, cast, part, FIRST_NUMBER + before)
        hand_in(donor, by(acting(account.id)))
        return donor.id, account.id


def _refuse(cast: Cast, donor_id: UUID, at: datetime) -> None:
    with unit_of_work(SYSTEM):
        move_clock(at)
        officer = by(acting(cast.county_officers[0]))
        reject_donor(db.session.get_one(Donor, donor_id), actor=officer, reason=story("people")["refusal"])


def _appeal(donor_id: UUID, account_id: UUID, at: datetime) -> None:
    with unit_of_work(SYSTEM):
        move_clock(at)
        head = by(acting(account_id))
        appeal(db.session.get_one(Donor, donor_id), actor=head, reason=story("people")["appeal"])


def _second_person(casting: Casting, cast: Cast, at: datetime) -> None:
    """Let the security officer propose a second evaluator, so that another person has to agree."""
    with unit_of_work(SYSTEM):
        move_clock(at)
        account: Account = casting.account("evaluator-2", None, "")
        proposer = by(acting(cast.named["security"]))
        grant_role(account, Role.EVALUATOR, actor=proposer, region_code=cast.county[:6])
