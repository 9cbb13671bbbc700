"""The sums of a need: each call is one guarded statement, so that two pledges at once never exceed the quantity."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import TextClause, text

from core.db import db
from core.errors import NotFound, Refused
from core.i18n import _l
from needs.figures_models import progress_case


def _statement(
    *, held: str = "held", delivered: str = "delivered", confirmed: str = "confirmed", guard: str
) -> TextClause:
    """Return an update that writes the sums and what follows from them."""
    return text(
        f"UPDATE need_balance SET held = {held}, delivered = {delivered}, confirmed = {confirmed},"  # noqa: S608 - ours
        f" progress = {progress_case(held, delivered, confirmed)}, fulfilled_at ="
        f" CASE WHEN {confirmed} = quantity THEN coalesce(fulfilled_at, records.clock()) END"
        f" WHERE need_id = :need_id AND {guard} RETURNING quantity - held"
    )


_HOLD = _statement(held="(held + :n)", guard="listed > 0 AND held + :n <= quantity")
_RELEASE = _statement(held="(held - :n)", guard="held - :n >= delivered")
_DELIVER = _statement(delivered="(delivered + :n)", guard="delivered + :n <= held")
_CONFIRM = _statement(confirmed="(confirmed + :n)", guard="confirmed + :n <= delivered")
_TAKE_BACK = _statement(delivered="(delivered - :n)", guard="delivered - :n >= confirmed")
_TAKE_BACK_HELD = _statement(held="(held - :n)", delivered="(delivered - :n)", guard="delivered - :n >= confirmed")
_STANDING = text("SELECT quantity - held AS remaining, listed > 0 AS open FROM need_balance WHERE need_id = :need_id")


class SumsDisagree(Refused):
    """The sums of need and pledges do not fit; nothing was changed."""

    code = "sums_disagree"
    detail = _l("The quantities do not fit together. Please look again before you decide.")


def hold(need_id: UUID, quantity: Decimal) -> Decimal:
    """Hold a quantity at once; return what remains, or raise Refused with what could still be pledged."""
    if (remaining := _run(_HOLD, need_id, quantity)) is not None:
        return remaining
    row = db.session.execute(_STANDING, {"need_id": need_id}).one_or_none()
    if row is None:
        raise NotFound
    if not row.open:
        raise Refused(_l("This need is not open for pledges."), code="not_published")
    raise Refused(
        _l("Only %(remaining)s is still needed; someone has just pledged.", remaining=f"{row.remaining.normalize():f}"),
        code="too_much",
        remaining=row.remaining,
    )


def release_hold(need_id: UUID, quantity: Decimal) -> None:
    """Give a held quantity back; raise SumsDisagree below what was delivered."""
    _must(_RELEASE, need_id, quantity)


def add_delivered(need_id: UUID, quantity: Decimal) -> None:
    """Count a delivery; raise SumsDisagree above what is held."""
    _must(_DELIVER, need_id, quantity)


def add_confirmed(need_id: UUID, quantity: Decimal) -> None:
    """Count what the household confirmed; raise SumsDisagree above what was delivered."""
    _must(_CONFIRM, need_id, quantity)


def take_back_delivered(need_id: UUID, quantity: Decimal, *, also_held: bool) -> None:
    """Take a delivery back that did not arrive, and the hold with it where its pledge has ended."""
    _must(_TAKE_BACK_HELD if also_held else _TAKE_BACK, need_id, quantity)


def _run(statement: TextClause, need_id: UUID, quantity: Decimal) -> Decimal | None:
    found: Decimal | None = db.session.execute(statement, {"need_id": need_id, "n": quantity}).scalar_one_or_none()
    return found


def _must(statement: TextClause, need_id: UUID, quantity: Decimal) -> None:
    if quantity and _run(statement, need_id, quantity) is None:
        raise SumsDisagree
