"""What is odd about an answer: looked at by the county, never held against the household."""

from datetime import datetime, timedelta

from sqlalchemy import select

from core.db import db
from pledges.choices import Channel, Flag
from pledges.models import Confirmation, ConfirmationCode, Delivery
from pledges.settings import PledgeSettings

ONE_DAY = timedelta(days=1)


def flags_of(
    delivery: Delivery,
    code: ConfirmationCode,
    *,
    channel: Channel,
    device: str,
    at: datetime,
    settings: PledgeSettings,
) -> list[str]:
    """Return the flags: one device for several households in a day, an answer minutes after printing."""
    found: list[Flag] = []
    if channel is Channel.CARD and device and _answered_for_others(delivery, device, at):
        found.append(Flag.SHARED_DEVICE)
    if at - code.issued_at < timedelta(minutes=settings.soon_minutes):
        found.append(Flag.SOON_AFTER_PRINTING)
    return [flag.value for flag in found]


def _answered_for_others(delivery: Delivery, device: str, at: datetime) -> bool:
    query = select(Confirmation.id).where(
        Confirmation.device_key == device,
        Confirmation.answered_at > at - ONE_DAY,
        Confirmation.subject != delivery.subject,
    )
    return db.session.scalar(query.limit(1)) is not None
