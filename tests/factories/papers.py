"""Papers of the small world: one printed and signed, and a village's handbooks that were asked for."""

from io import BytesIO
from typing import Any

from PIL import Image

from accounts.models import Role
from core.clock import today
from core.db import db
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household
from registry.services import open_village
from registry.services.papers import keep_paper, record_print
from reports.models import HandbookPiece
from reports.services import ask_handbooks
from tests.factories.people import acting


def photograph() -> bytes:
    """Return a picture of an empty page."""
    out = BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    return out.getvalue()


def add_papers(world: Any, village: str) -> None:
    """Print a form of the household, keep it signed, and ask for all handbooks."""
    with acting(world.account(Role.VILLAGE_OFFICER)) as actor:
        household = db.session.get_one(Household, world.ids["household"])
        version = record_print(household, PaperKind.HOUSEHOLD_FORM, purpose=PrintPurpose.SIGNING)
        kept = keep_paper(household, actor=actor, number=version.number, signed_on=today(), pages=[photograph()])
        world.ids["signed_paper"] = kept[0].id
        batch = ask_handbooks(open_village(village, actor=actor), actor=actor, purpose=PrintPurpose.COPY, language="zh")
        db.session.add(HandbookPiece(batch_id=batch.id, household_id=household.id, place=0, sheet="{}"))
        world.ids["batch"] = batch.id
