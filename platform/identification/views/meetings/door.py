"""The address under which meetings stand."""

from flask import Blueprint

blueprint = Blueprint("meeting_desk", __name__, url_prefix="/desk/meetings")
