"""A donor's figures: numbers of pledges at each level, late and withdrawn ones with the same weight."""

from uuid import UUID

from sqlalchemy import text

from core.clock import now
from core.db import db
from donors.figures import DonorFigures

_COUNT = text(
    "SELECT count(*) AS pledged, count(*) FILTER (WHERE delivered = quantity) AS delivered,"
    " count(*) FILTER (WHERE confirmed = quantity) AS confirmed,"
    " count(*) FILTER (WHERE stage = 'lapsed' AND agreed_at IS NOT NULL) AS late,"
    " count(*) FILTER (WHERE stage = 'withdrawn') AS withdrawn FROM pledge WHERE donor_id = :donor_id"
)


def figures_of(donor_id: UUID) -> DonorFigures:
    """Count the pledges of a donor; whole ones only."""
    row = db.session.execute(_COUNT, {"donor_id": donor_id}).one()
    return DonorFigures(row.pledged, row.delivered, row.confirmed, row.late, row.withdrawn, now())
