"""The blueprint of the steps of cases."""

from flask import Blueprint

blueprint = Blueprint("case_steps", __name__, url_prefix="/desk")
