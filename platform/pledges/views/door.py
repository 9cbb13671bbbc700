"""The blueprint of pledges, deliveries and answers, and what several of its pages say alike."""

from flask import Blueprint, request

from core.errors import NotValid
from core.http import client_address
from core.tokens import token_hash

blueprint = Blueprint("pledges", __name__)


def device_key() -> str:
    """Return what one device looks like from here: a keyed hash of address and browser, kept for flags only."""
    agent = request.headers.get("User-Agent", "")
    return token_hash("device", f"{client_address()}|{agent}").hex()[:32]


def words_of(refusal: NotValid) -> list[str]:
    """Return all messages of a refusal, for a form that shows them in one place."""
    return [str(words) for found in refusal.errors.values() for words in found]
