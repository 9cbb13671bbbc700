"""Closing a place that was merged or renumbered."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from core.db import db
from core.errors import NotFound, Refused
from core.i18n import _l
from regions.models import Region


class RegionInUse(Refused):
    """The place still holds others that are current, so it cannot end before them."""

    code = "region_has_children"
    detail = _l("This place still has places below it. Close or move those first.")


class NoSuchSuccessor(Refused):
    code = "no_such_successor"
    detail = _l("A successor is not a current place.")


def close_region(code: str, *, on: date, successors: Sequence[str] = ()) -> None:
    """End a place on a day and name the places that took it over; records keep the code that they had."""
    region = db.session.scalars(_current(code)).one_or_none()
    if region is None:
        raise NotFound
    if db.session.scalars(select(Region.id).where(Region.parent_code == code, Region.valid_to.is_(None))).first():
        raise RegionInUse
    if any(db.session.scalars(_current(successor)).one_or_none() is None for successor in successors):
        raise NoSuchSuccessor
    region.valid_to = on
    region.successor_codes = list(successors)


def _current(code: str) -> Select[Region]:
    return select(Region).where(Region.code == code, Region.valid_to.is_(None))
