"""What rules look at, and what they say."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.i18n import _l, register_labels
from needs.choices import Category, NeedLevel, Urgency
from needs.rules.items import Item


class Verdict(StrEnum):
    """Passed; the approver must judge; one level up decides; not to be published."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    JUDGE = "judge"
    SEND_UP = "send_up"
    REFUSE = "refuse"


verdict_labels = {
    Verdict.PASS: _l("Passed"),
    Verdict.JUDGE: _l("Your judgement"),
    Verdict.SEND_UP: _l("The county decides"),
    Verdict.REFUSE: _l("Not possible"),
}
register_labels(verdict_labels)


@dataclass(frozen=True)
class RuleFacts:
    """Everything the rules know of a need. `consented` is None where no consent is needed."""

    title: str
    description: str
    category: Category
    level: NeedLevel
    quantity: Decimal
    min_lot: Decimal
    today: date
    unit: str = ""
    unit_price: Decimal | None = None
    item: Item | None = None
    size: int | None = None
    needed_from: date | None = None
    needed_by: date | None = None
    urgency: Urgency = Urgency.ROUTINE
    urgency_reason: str = ""
    repeats: tuple[date, ...] = ()
    consented: bool | None = None
    pictures: int = 0
    undated_pictures: int = 0
    visited: bool = False


@dataclass(frozen=True)
class RuleResult:
    """What one rule found: its code, its verdict, and the facts that its sentence names."""

    code: str
    verdict: Verdict
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the result as it is kept with the need."""
        return {"code": self.code, "verdict": self.verdict.value, "facts": self.facts}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "RuleResult":
        """Return a kept result."""
        return cls(value["code"], Verdict(value["verdict"]), dict(value.get("facts") or {}))
