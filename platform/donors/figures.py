"""A donor's figures come from above: pledges registers who counts them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class DonorFigures:
    """Numbers of pledges at each level; the levels are never added up."""

    pledged: int = 0
    delivered: int = 0
    confirmed: int = 0
    late: int = 0
    withdrawn: int = 0
    as_of: datetime | None = None


Provider = Callable[[UUID], DonorFigures]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Say who counts a donor's pledges."""
    _providers[:] = [provider]


def donor_figures(donor_id: UUID) -> DonorFigures | None:
    """Return the figures of a donor, or None while nobody counts them."""
    return _providers[0](donor_id) if _providers else None
