"""A township before the demo's two years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from web.demo.plan import TownshipPlan
from web.demo.village import Officers, Setting


@dataclass(frozen=True)
class Past:
    """A township before the two years: who acts in each of its villages, and how the villages begin them."""

    plan: TownshipPlan
    officers: Mapping[str, Officers]
    settings: Mapping[str, Setting]
    until: datetime
