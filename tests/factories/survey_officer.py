"""An officer with a survey, at a browser without a script."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.models import SurveyDraft

LIVING = {
    "house_m2": "86.5",
    "house_structure": "brick_concrete",
    "water_source": "protected_well",
    "water_safe": "yes",
    "water_difficult": "unknown",
    "fuel_types": ["firewood", "clean_energy"],
}


class Officer:
    """An officer at a browser without a script."""

    def __init__(self, client: Any, household_id: UUID) -> None:
        self.client, self.root = client, f"/desk/households/{household_id}/register"

    def page(self, step: str = "", status: int = 200) -> str:
        answer = self.client.get(f"{self.root}/{step}".rstrip("/"))
        assert answer.status_code == status, answer.get_data(as_text=True)[:400]
        return unescape(answer.get_data(as_text=True))

    def sends(self, step: str, status: int, **form: Any) -> str:
        """Send a form with what the page said of the file and the draft."""
        answer = self.client.post(f"{self.root}/{step}".rstrip("/"), data=form)
        assert answer.status_code == status, re.findall(r"<h1>.*?</h1>|jd-error.*", answer.get_data(as_text=True))
        return unescape(answer.get_data(as_text=True)) if status != 303 else answer.headers["Location"]

    def stated(self, step: str) -> dict[str, str]:
        found = re.findall(r'name="(base|revision)" value="([^"]*)"', self.page(step))
        return dict(found)

    def fills(self, step: str, status: int = 303, **form: Any) -> str:
        return self.sends(step, status, **(self.stated(step) | form))

    def begins(self) -> "Officer":
        self.sends("", 303)
        return self


def drafts(household_id: UUID) -> dict[str, SurveyDraft]:
    with unit_of_work(SYSTEM):
        rows = db.session.query(SurveyDraft).filter_by(household_id=household_id)
        return {row.step: row for row in rows}


def kinds(household_id: UUID) -> list[str]:
    with unit_of_work(SYSTEM):
        statement = text("SELECT kind FROM records.record WHERE stream = :stream ORDER BY seq")
        return list(db.session.scalars(statement, {"stream": f"household/{household_id}"}))
