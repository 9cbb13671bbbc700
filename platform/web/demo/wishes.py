"""What the demo's households and villages ask for: believable quantities from the list of standard items."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from needs.choices import Category
from needs.rules import items_for
from needs.services import NeedText
from web.demo.names import story


@dataclass(frozen=True)
class Wish:
    """One line of the story: an item, how many, and why."""

    item: str
    count: int
    why: str
    spec: str
    lot: int


def draw_wish(dice: Random, level: str, *, size: int = 1) -> Wish:
    """Draw a wish that suits a household of `size` persons, or a village."""
    lines = story("needs")[level]
    line = dice.choices(lines, weights=[row["weight"] for row in lines])[0]
    fitting = [count for count in line["counts"] if count <= 4 and count <= max(size, 1) or count > 4]
    count = dice.choice(fitting or line["counts"][:1])
    return Wish(line["item"], count, dice.choice(line["why"]), line["spec"], int(line.get("lot", 1)))


def set_wish(level: str, item: str, count: int, dice: Random) -> Wish:
    """Return the wish for a given item and number."""
    line = next(row for row in story("needs")[level] if row["item"] == item)
    return Wish(item, count, dice.choice(line["why"]), line["spec"], int(line.get("lot", 1)))


def text_of_wish(wish: Wish, *, region_code: str, on: date, dice: Random | None = None) -> NeedText:
    """Return what the author writes for a wish; with dice the price lies near the reference price."""
    item = items_for(region_code, on)[wish.item]
    price = item.reference_price
    if price is not None and dice is not None:
        price = _near(price, dice)
    return NeedText(
        category=Category(item.category),
        title=f"{item.zh} {wish.count:,} {item.unit_zh}{wish.spec}",
        quantity=Decimal(wish.count),
        unit=item.unit_zh,
        description=wish.why,
        min_lot=Decimal(min(wish.lot, wish.count)),
        item_code=wish.item,
        unit_price=price,
    )


def _near(reference: Decimal, dice: Random) -> Decimal:
    return (reference * Decimal(dice.randint(92, 118)) / 100).quantize(Decimal("0.01"))
