"""Small numbers of sensitive groups are not public (domain.md 2.3): 1 to 4 could be a family that everybody knows."""

from collections.abc import Iterable

SMALLEST = 5
SENSITIVE_COUNTS = frozenset(
    {
        "dibao_households",
        "dibao_population",
        "tekun_households",
        "tekun_population",
        "disabled_population",
    }
)


def is_small(count: int | None, *, smallest: int = SMALLEST) -> bool:
    """Return whether a number is too small to be shown in public; none at all hides nobody."""
    return count is not None and 0 < count < smallest


def public_count(count: int | None, *, smallest: int = SMALLEST) -> int | None:
    """Return the number, or None where the public may not see it."""
    return None if is_small(count, smallest=smallest) else count


def public_counts(counts: Iterable[int | None], *, smallest: int = SMALLEST) -> list[int | None]:
    """Return the numbers of one table as the public may see them beside their sum.

    One hidden number could be worked out from the sum, so the smallest other one that is not zero goes with it.
    """
    original = list(counts)
    shown = [public_count(count, smallest=smallest) for count in original]
    hidden = [place for place, count in enumerate(original) if is_small(count, smallest=smallest)]
    if len(hidden) == 1:
        others = [(count, place) for place, count in enumerate(shown) if count]
        if others:
            shown[min(others)[1]] = None
    return shown
