"""The full list as a picture: one cell for each household, in the order of how it was reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from core.i18n import _, label
from identification.case_choices import Contact

PITCH, SIDE = 11, 9
FEW, MOST = 100, 400
LOTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
ORDER = (*Contact, None)


@dataclass(frozen=True)
class Patch:
    """The cells of one kind: their path, and the row of the table beside it."""

    kind: str
    name: str
    count: int
    path: str


@dataclass(frozen=True)
class Picture:
    """All cells. `lot` is how many households one of them stands for."""

    width: int
    height: int
    lot: int
    patches: list[Patch]

    @property
    def sentence(self) -> str:
        """Return what the picture says, for those who do not see it."""
        return _(", ").join(_("%(name)s: %(count)s", name=patch.name, count=patch.count) for patch in self.patches)


def picture_of(counts: Mapping[Contact | None, int]) -> Picture:
    """Return the picture of a list by its counts; a cell is drawn only where its lot is whole, reached ones first."""
    households = sum(counts.values())
    lot = next((lot for lot in LOTS if households <= MOST * lot), LOTS[-1])
    ends, so_far = [0], 0
    for state in ORDER:
        so_far += counts.get(state, 0)
        ends.append(so_far // lot)
    ends[-1] = -(-households // lot)
    spans = zip(ORDER, pairwise(ends), strict=True)
    columns = 10 if households <= FEW else 20
    patches = [_patch(state, counts.get(state, 0), range(*span), columns) for state, span in spans]
    rows = max(-(-ends[-1] // columns), 1)
    return Picture(columns * PITCH, rows * PITCH, lot, patches)


def _patch(state: Contact | None, count: int, places: range, columns: int) -> Patch:
    cells = (
        f"M{place % columns * PITCH + 1} {place // columns * PITCH + 1}h{SIDE}v{SIDE}h-{SIDE}z" for place in places
    )
    return Patch(state.value if state else "untouched", words_of(state), count, "".join(cells))


def words_of(state: Contact | None) -> str:
    """Return how a household was reached, in words."""
    return label(state) if state else _("Nobody went there yet")
