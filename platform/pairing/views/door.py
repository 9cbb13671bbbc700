"""The blueprint of the pages of pairings."""

from flask import Blueprint

blueprint = Blueprint("pairing", __name__)
