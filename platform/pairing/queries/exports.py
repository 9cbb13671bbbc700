"""The plain list of pairings to take out: who stands first beside whom, by kind, and how many stand behind him."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, select

from core.clock import today
from core.i18n import _, _l
from core.policy import Actor
from core.privacy import mask_name
from pairing.choices import LinkStage
from pairing.models import HelperLink, Pairing
from pairing.policy import PairingPermission
from pairing.queries.pairings import first_on
from registry.choices import ListKind
from registry.models import Household
from registry.queries.exports import within
from registry.queries.listed import Codes, ListColumn, ListOut, Rows, place_column


def _pairings(actor: Actor, codes: Codes) -> Rows:
    further = select(HelperLink.pairing_id, func.count().label("further")).where(
        HelperLink.rank > 1, HelperLink.stage == LinkStage.ACTIVE
    )
    behind = further.group_by(HelperLink.pairing_id).subquery()
    return (
        select(Pairing, Household, HelperLink, behind.c.further)
        .outerjoin(Household, Household.id == Pairing.household_id)
        .outerjoin(HelperLink, and_(HelperLink.pairing_id == Pairing.id, first_on(today())))
        .outerjoin(behind, behind.c.pairing_id == Pairing.id)
        .where(*within(Pairing, actor, codes), Household.erased_at.is_(None), Household.ended_on.is_(None))
        .order_by(Pairing.region_code, Household.household_no.nulls_first(), Pairing.id)
    )


def _number(row: Any, _place: Any) -> str:
    return row.Household.household_no if row.Household else _("The whole village")


def _head(row: Any, _place: Any) -> str:
    return row.Household.head_name if row.Household else ""


def _of_first(heading: Any, name: str) -> ListColumn:
    def value(row: Any, _place: Any) -> Any:
        return getattr(row.HelperLink, name, None)

    return ListColumn(heading, value, (getattr(HelperLink, name),))


def _columns() -> Sequence[ListColumn]:
    return (
        place_column(Pairing.region_code),
        ListColumn(_l("Household number"), _number, (Household.household_no,)),
        ListColumn(_l("Head, masked"), _head, (Household.head_name,), mask_name),
        _of_first(_l("First helper"), "kind"),
        _of_first(_l("Whose unit"), "unit_level"),
        _of_first(_l("First helper since"), "starts_on"),
        ListColumn(_l("Further helpers"), lambda row, place: row.further or 0, (HelperLink.rank, HelperLink.stage)),
    )


PAIRINGS_OUT = ListOut(ListKind.PAIRINGS, PairingPermission.PAIRING_READ, _pairings, _columns)
