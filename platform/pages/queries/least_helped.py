"""What still waits in the villages that were helped least."""

from needs.queries import ListedNeed, Sort, published_needs
from pages.queries.counts import WAITING

LOOKED_AT = 60


def least_helped_needs(region: str, *, limit: int = 3) -> list[ListedNeed]:
    """Return one waiting need each of the least helped places; further ones of the same places fill up."""
    page = published_needs(region=region, status=WAITING, sort=Sort.LEAST_HELPED, limit=LOOKED_AT)
    first: dict[str, ListedNeed] = {}
    for need in page.items:
        first.setdefault(need.place, need)
    chosen = list(first.values())[:limit]
    others = [need for need in page.items if need not in chosen]
    return chosen + others[: limit - len(chosen)]
