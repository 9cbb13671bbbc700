"""An xlsx of invented households as an office sends it: a title, twenty columns, texts and figures."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from donors.specimens import make_resident_id
from regions.services import BAISE

WORDS = json.loads(Path(__file__).with_name("sheet_words.json").read_text("utf-8"))
SEED = 6


def write_households(path: Path, rows: int) -> None:
    """Write so many households of Baise's villages. Equal numbers give equal cells."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, WORDS["title"])
        for place, heading in enumerate(WORDS["headings"]):
            page.write(1, place, heading)
        for i, cells in enumerate(_households(rows), 2):
            for place, cell in enumerate(cells):
                page.write(i, place, cell)


def _households(rows: int) -> Iterator[list[str | int]]:
    chance, pick = random.Random(SEED), random.Random(SEED).choice
    villages = _villages()
    for n in range(rows):
        township, village = villages[n % len(villages)]
        name = pick(WORDS["surnames"]) + pick(WORDS["given"])
        cause, other = chance.sample(WORDS["causes"], 2)
        left = chance.random() < 0.6
        yield [
            *(n + 1, township, village, pick(WORDS["groups"]), f"H{n:07d}", name, make_resident_id(n)),
            *(f"139{n:08d}", chance.randint(1, 7), pick(WORDS["standards"]), pick(WORDS["categories"])),
            *(cause, other, chance.randint(2014, 2016), WORDS["statuses"][left]),
            *(chance.randint(2016, 2020) if left else "", pick(WORDS["yes_no"]), WORDS["bank"]),
            *(f"6217{n:015d}", f"{village}{n % 300 + 1}{WORDS['house']}"),
        ]


def _villages() -> list[tuple[str, str]]:
    """Return the villages of Baise with their townships, by name."""
    with BAISE.open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    names = {place["code"]: place["name"] for place in places}
    return [(names[place["parent"]], place["name"]) for place in places if place["level"] == "village"]
