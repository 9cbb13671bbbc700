"""What arrived at households, for the rules of the registers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from core.db import db
from needs.models import Need
from pledges.models import Delivery


def measures_of_households(household_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[tuple[str, date]]]:
    """Return for each household the categories of what arrived, and when."""
    query = (
        select(Need.household_id, Need.category, Delivery.arrived_on)
        .join(Delivery, Delivery.need_id == Need.id)
        .where(Need.household_id.in_(household_ids), Delivery.arrived_on.is_not(None), Delivery.received_quantity > 0)
    )
    found: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    for household_id, category, arrived_on in db.session.execute(query):
        if household_id is not None and arrived_on is not None:
            found[household_id].append((category.value, arrived_on))
    return found
