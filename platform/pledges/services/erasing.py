"""What an erased household leaves behind here: sums, without a word that anybody wrote."""

from uuid import UUID

from sqlalchemy import select

from core.db import db
from core.errors import Refused
from core.files import forget_file
from core.i18n import _l
from core.records import note
from pledges.choices import DeliveryStage
from pledges.models import Confirmation, Delivery, DeliveryEvidence, Pledge
from registry.services.erasing import KIND

OPEN = (DeliveryStage.RECORDED, DeliveryStage.AWAITING, DeliveryStage.MENDING, DeliveryStage.DISPUTED)


def refuse_if_open(household_id: UUID) -> None:
    """What was brought is answered first: afterwards nobody could say what came."""
    query = select(Delivery.id).where(Delivery.subject == _subject(household_id), Delivery.stage.in_(OPEN))
    if db.session.scalar(query.limit(1)) is not None:
        words = _l("A delivery to this household is not answered or settled yet. Finish that first.")
        raise Refused(words, code="delivery_open")


def wipe_household(household_id: UUID) -> None:
    """Empty notes, receivers, comments and findings, and remove the pictures."""
    subject = _subject(household_id)
    for pledge in db.session.scalars(select(Pledge).where(Pledge.subject == subject).order_by(Pledge.id)):
        pledge.note = ""
        note(pledge, KIND)
    for delivery in db.session.scalars(select(Delivery).where(Delivery.subject == subject).order_by(Delivery.id)):
        delivery.receiver = delivery.finding = delivery.courier_no = ""
        note(delivery, KIND)
    for answer in db.session.scalars(select(Confirmation).where(Confirmation.subject == subject)):
        answer.comment, answer.device_key = "", ""
        note(answer, KIND)
    for evidence in db.session.scalars(select(DeliveryEvidence).where(DeliveryEvidence.subject == subject)):
        forget_file(evidence.file_id)


def _subject(household_id: UUID) -> str:
    return f"household/{household_id}"
