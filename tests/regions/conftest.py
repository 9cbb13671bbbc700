"""Places in a fresh database."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.db import unit_of_work
from core.policy import SYSTEM
from regions.services import BAISE, REFERENCE_DAY, ImportReport, import_regions

Importer = Callable[..., ImportReport]


@pytest.fixture
def session(database: object) -> Iterator[Session]:
    """An open unit of work that nobody else sees."""
    with unit_of_work(SYSTEM) as opened:
        yield opened


@pytest.fixture
def baise(session: Session) -> ImportReport:
    """The places that come with the product."""
    return import_regions(BAISE)


@pytest.fixture
def importing(session: Session, tmp_path: Path) -> Importer:
    """Import lines of code,name,parent,level."""

    def run(*lines: str, as_of: date = REFERENCE_DAY, close_within: str | None = None) -> ImportReport:
        path = tmp_path / "places.csv"
        path.write_text("\n".join(("code,name,parent,level", *lines)) + "\n", encoding="utf-8")
        return import_regions(path, as_of=as_of, close_within=close_within)

    return run
