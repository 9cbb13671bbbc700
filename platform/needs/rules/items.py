"""Standard items: names and units in both languages, reference prices, caps. Data of a county, by date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import current_language
from core.policy_packs import policy_value
from needs.choices import Category


@dataclass(frozen=True)
class Item:
    """Something that is asked for often. Prices are yuan for one unit; caps are units."""

    code: str
    category: Category
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    reference_price: Decimal | None
    per_person: Decimal | None
    per_household: Decimal | None
    priced_on: date

    @property
    def name(self) -> str:
        return self.zh if current_language() == "zh" else self.en

    @property
    def unit(self) -> str:
        return self.unit_zh if current_language() == "zh" else self.unit_en


def items_for(region_code: str, on: date) -> dict[str, Item]:
    """Return the standard items of a place on a day, by code."""
    value = policy_value("items", region_code, on)
    priced_on = date.fromisoformat(value["valid_from"])
    return {row["code"]: _item(row, priced_on) for row in value["items"]}


def item_of(code: str | None, region_code: str, on: date) -> Item | None:
    """Return one standard item, or None for free entries and codes that are not in force."""
    return items_for(region_code, on).get(code) if code else None


def usual_price(entered: Decimal | None, item: Item | None) -> Decimal | None:
    """Return what one unit costs, in yuan: as the author entered it, else the county's reference; None if unknown."""
    return entered if entered is not None or item is None else item.reference_price


def _item(row: dict[str, Any], priced_on: date) -> Item:
    return Item(
        row["code"],
        Category(row["category"]),
        row["zh"],
        row["en"],
        row["unit_zh"],
        row["unit_en"],
        _decimal(row["reference_price"]),
        _decimal(row["per_person"]),
        _decimal(row["per_household"]),
        priced_on,
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
