"""Many small lines at once: standard, green, under the price cap, of one village; a tenth is visited again."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from math import ceil
from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from needs.models import Need, VillageSheet
from needs.queries.needs import sheet_lines
from needs.rules import ruleset_for
from needs.services.gate import approve_need
from regions.codes import county_code


def approve_sheet(region_code: str, *, actor: Actor, need_ids: Collection[UUID]) -> VillageSheet:
    """Approve chosen lines of the village's sheet together and draw a tenth of them for another visit."""
    chosen = [need for need in sheet_lines(actor, region_code) if need.id in set(need_ids)]
    if not need_ids:
        raise NotValid({"need_ids": [_l("Choose at least one line.")]})
    if len(chosen) != len(set(need_ids)):
        raise Refused(_l("A line does not belong on this sheet any more. Please look again."), code="not_on_sheet")
    setting = ruleset_for(region_code, today()).part("sheet")
    drawn = ceil(len(chosen) / setting["drawn_part"])
    sheet = VillageSheet(
        id=uuid4(),
        region_code=region_code,
        county_code=county_code(region_code),
        approved_by=actor.account_id,
        approved_on=today(),
        lines=len(chosen),
        drawn=drawn,
    )
    again = {need.id for need in _drawn(chosen, sheet.id, drawn)}
    for need in chosen:
        with db.session.no_autoflush:  # one change of the need, one record
            need.sheet_id, need.revisit_drawn = sheet.id, need.id in again
            approve_need(need, actor=actor)
    db.session.add(sheet)
    return sheet


def _drawn(lines: Sequence[Need], seed: UUID, count: int) -> list[Need]:
    """Return the lines whose turn it is: nobody can know them before the sheet has its number."""
    return sorted(lines, key=lambda need: sha256(seed.bytes + need.id.bytes).digest())[:count]
