"""From what an officer typed and uploaded to an order and its lines; everything wrong is named where it stands."""

import re
from collections.abc import Mapping
from decimal import Decimal

from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import Actor
from identification.models import QuotaRun
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.services.quotas.computing import Order, compute_run
from identification.services.quotas.reading import read_inputs

_WEIGHT = re.compile(r"\d(\.\d{1,9})?")


def checked_weights(level: QuotaLevel, weights: Mapping[FactorCode, str]) -> dict[FactorCode, str]:
    """Return the weights for a level; raises NotValid by factor, or "weights" where they do not add up to 1."""
    if level is not QuotaLevel.VILLAGES:
        return {}
    errors: dict[str, list[str | LazyString]] = {
        code.value: [_l("Write a weight such as 0.25.")]
        for code, weight in weights.items()
        if not _WEIGHT.fullmatch(weight)
    }
    if errors:
        raise NotValid(errors)
    whole = sum((Decimal(weight) for weight in weights.values()), Decimal(0))
    if whole != 1:
        message = _l("The weights of the factors must add up to 1; they are %(sum)s now.", sum=whole)
        raise NotValid({"weights": [message]})
    return dict(weights)


def compute_from_text(order: Order, text: str, *, actor: Actor) -> QuotaRun:
    """Read a file's text and compute; raises WrongCells, NotValid or Refused."""
    lines = read_inputs(
        text,
        region_code=order.region_code,
        level=order.level,
        factors=tuple(code for code in FactorCode if code in order.weights),
    ).lines
    return compute_run(order, lines, actor=actor)
