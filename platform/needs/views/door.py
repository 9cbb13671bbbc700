"""The blueprint of the desk's pages, and the way to the page of a step."""

from uuid import UUID

from flask import Blueprint

from core.http import actor
from needs.models import Need
from needs.queries import get_need
from needs.workflow import need_workflow

blueprint = Blueprint("needs", __name__, url_prefix="/desk")


def open_step(need_id: UUID, step: str) -> Need:
    """Return the need for the page of a step; what bars the step bars its page too, with the same words."""
    found = get_need(actor(), need_id)
    need_workflow.check(found, step, actor=actor(), facts={"preview": True})
    return found
