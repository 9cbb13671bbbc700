"""The blueprints of the registers' pages: the desk's, and those that anybody may read."""

from flask import Blueprint

blueprint = Blueprint("registry", __name__, url_prefix="/desk")
open_blueprint = Blueprint("registers", __name__)
