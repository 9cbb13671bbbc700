"""An invented country of the reference size, as files: its places, and what its planning numbers start from.

Names are those of Baise's real places, villages' mixed out of two, so that reading names costs what it costs.
"""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from identification.quotas.levels import FactorCode
from regions.services import BAISE

WEIGHTS = {
    FactorCode.DILAPIDATED_HOUSES: "0.3",
    FactorCode.UNSAFE_WATER: "0.2",
    FactorCode.ILL_OR_DISABLED: "0.2",
    FactorCode.FARMLAND: "0.2",
    FactorCode.DISTANCE: "0.1",
}
TOWNSHIPS = 14
PREFECTURES = 11


@dataclass(frozen=True)
class Country:
    """How many places there are; townships have 14 or 15 villages."""

    provinces: int
    counties: int
    villages: int


NATION = Country(provinces=31, counties=2_978, villages=620_573)
PROVINCE = Country(provinces=1, counties=96, villages=20_018)
Place = tuple[str, str, str, str]


def places(country: Country) -> Iterator[Place]:
    """Yield code, name, parent and level of every place, upper ones first."""
    names = _names()
    upper = [(f"{11 + number}", "") for number in range(country.provinces)]
    yield from _level("province", upper, names)
    middle = [(f"{code}{n + 1:02}", code) for code, _ in upper for n in range(PREFECTURES)]
    yield from _level("prefecture", middle, names)
    counties = list(_spread([code for code, _ in middle], country.counties, 1, 2))
    yield from _level("county", counties, names)
    townships = [(f"{code}{100 + n}", code) for code, _ in counties for n in range(TOWNSHIPS)]
    yield from _level("township", townships, names)
    yield from _level("village", _spread([code for code, _ in townships], country.villages, 200, 3), names)


def _spread(parents: list[str], count: int, first: int, digits: int) -> Iterator[tuple[str, str]]:
    """Yield so many codes, spread evenly over the parents."""
    least, more = divmod(count, len(parents))
    for place, parent in enumerate(parents):
        yield from ((f"{parent}{first + n:0{digits}}", parent) for n in range(least + (place < more)))


def _level(level: str, rows: Iterable[tuple[str, str]], names: dict[str, list[str]]) -> Iterator[Place]:
    known = names[level]
    for place, (code, parent) in enumerate(rows):
        turn, which = divmod(place, len(known))
        first, second = known[which], known[(which + turn) % len(known)]
        name = f"{first[0]}{second[1]}{first[2:]}" if turn and level == "village" else first
        yield code.ljust(12, "0"), name, parent.ljust(12, "0") if parent else "", level


def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with BAISE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["level"], []).append(row["name"])
    return found


def write(country: Country, folder: Path) -> dict[str, Path]:
    """Write all files; return them by name. Equal countries give equal files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.csv" for name in ("places", "provinces", "counties", "villages")}
    rows = list(places(country))
    _write(files["places"], ["code", "name", "parent", "level"], rows)
    chance = random.Random(2014)
    _write(files["provinces"], ["code", "published", "statistic"], _provinces(rows, chance))
    _write(files["counties"], ["code", "population", "incidence"], _counties(rows, chance))
    factors = [name for code in WEIGHTS for name in (code.value, f"{code.value}_se")]
    _write(files["villages"], ["code", "population", "households", "sampled", *factors], _villages(rows, chance))
    return files


def _provinces(rows: list[Place], chance: random.Random) -> Iterator[list[object]]:
    for code, _name, _parent, level in rows:
        if level == "province":
            published = chance.randint(900_000, 3_000_000)
            yield [code, published, int(published * chance.uniform(0.9, 1.2))]


def _counties(rows: list[Place], chance: random.Random) -> Iterator[list[object]]:
    for code, _name, _parent, level in rows:
        if level == "county":
            yield [code, chance.randint(150_000, 400_000), f"{chance.uniform(0.02, 0.3):.3f}"]


def _villages(rows: list[Place], chance: random.Random) -> Iterator[list[object]]:
    for code, _name, _parent, level in rows:
        if level == "village":
            population = chance.randint(400, 3_600)
            means = (cell for _ in WEIGHTS for cell in (f"{chance.random():.3f}", f"{chance.random() / 10:.3f}"))
            yield [code, population, population // 4, chance.randint(25, 60), *means]


def _write(path: Path, head: list[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
