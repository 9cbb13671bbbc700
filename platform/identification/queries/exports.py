"""The lists of identification to take out: cases, and the full list of the rounds that run now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from core.clock import today
from core.db import db
from core.i18n import _, _l, label
from core.policy import Actor
from core.privacy import mask_name
from identification.case_choices import RoundStage
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.models import FrameEntry, IdentificationCase, IdentificationRound
from identification.queries.cases.listing import in_scope
from identification.queries.cases.reading import office_of
from identification.queries.ready_cases import office_words
from identification.queries.rounds.contacts import latest_contacts
from identification.queries.rounds.coverage import listed
from registry.choices import ListKind
from registry.models import Household
from registry.queries.exports import GROUP, HEAD, NUMBER, PLACE, within
from registry.queries.listed import Codes, ListColumn, ListOut, Rows, place_column

Case = IdentificationCase
Round = IdentificationRound


def _cases(actor: Actor, codes: Codes) -> Rows:
    return (
        in_scope(actor)
        .add_columns(Household.household_no)
        .outerjoin(Household, Household.id == Case.household_id)
        .where(*within(Case, actor, codes))
        .order_by(Case.region_code, Case.entered_on.desc(), Case.id)
    )


def _applicant(row: Any, _place: Any) -> str:
    return str(row[0].applicant_name)


def _case_columns() -> Sequence[ListColumn]:
    return (
        place_column(Case.region_code),
        ListColumn(_l("Household number"), lambda row, place: row.household_no, (Household.household_no,)),
        ListColumn(_l("Applicant, masked"), _applicant, (Case.applicant_name,), mask_name),
        ListColumn(_l("Rules"), lambda row, place: pack_labels[row[0].pack], (Case.pack,)),
        ListColumn(_l("How it came in"), lambda row, place: row[0].origin, (Case.origin,)),
        ListColumn(_l("State"), lambda row, place: row[0].stage, (Case.stage,)),
        ListColumn(_l("Entered on"), lambda row, place: row[0].entered_on, (Case.entered_on,)),
        ListColumn(_l("Whose turn it is"), lambda row, place: office_words(office_of(row[0])), (Case.escalated_to,)),
        ListColumn(_l("Due on"), lambda row, place: row[0].due_on, (Case.due_on,)),
    )


def _frame(actor: Actor, codes: Codes) -> Rows:
    running = select(Round.id).where(*within(Round, actor, codes), Round.stage == RoundStage.OPEN)
    rounds = db.session.scalars(running).all()
    latest = latest_contacts(rounds, today())
    same = and_(latest.c.household_id == Household.id, latest.c.round_id == Round.id)
    return (
        select(Household, Round, latest.c.state, latest.c.happened_on)
        .join(Round, listed()[0])
        .outerjoin(latest, same)
        .where(Round.id.in_(rounds), *within(Household, actor, codes), *listed()[1:])
        .order_by(Household.region_code, Round.pack, Household.household_no)
    )


def _frame_columns() -> Sequence[ListColumn]:
    return (
        PLACE,
        ListColumn(_l("Rules"), lambda row, place: pack_labels[row[1].pack], (Round.pack,)),
        ListColumn(_l("Year"), lambda row, place: row[1].year, (Round.year,)),
        NUMBER,
        GROUP,
        HEAD,
        ListColumn(_l("How reached"), lambda row, place: _reached(row.state), (FrameEntry.state,)),
        ListColumn(_l("Day"), lambda row, place: row.happened_on, (FrameEntry.happened_on,)),
    )


def _reached(state: Any) -> str:
    return label(state) if state else _("Nobody went there yet")


CASES = ListOut(ListKind.CASES, CasePermission.CASE_READ, _cases, _case_columns)
FRAME = ListOut(ListKind.FRAME, CasePermission.ROUND_READ, _frame, _frame_columns)
