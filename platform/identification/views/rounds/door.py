"""The blueprint of the pages about rounds."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__, url_prefix="/desk")
