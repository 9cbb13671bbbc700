"""What everybody may know of the registers."""

from sqlalchemy import func, select

from core.db import db
from registry.models import VillageProfile


def published_register_year(region_code: str) -> int | None:
    """Return the newest year for which a village's register is on file."""
    query = select(func.max(VillageProfile.year)).where(
        VillageProfile.region_code == region_code, VillageProfile.superseded_by.is_(None)
    )
    return db.session.scalar(query)
