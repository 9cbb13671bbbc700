"""The blueprint of the desk of cases."""

from flask import Blueprint

blueprint = Blueprint("cases", __name__, url_prefix="/desk/cases")
