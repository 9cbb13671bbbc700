"""The blueprint of the desk's pages."""

from flask import Blueprint

blueprint = Blueprint("needs", __name__, url_prefix="/desk")
