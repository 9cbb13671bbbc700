"""The blueprints of the pages about villages' figures."""

from flask import Blueprint

open_blueprint = Blueprint("figures", __name__, url_prefix="/identification")
desk_blueprint = Blueprint("figures_desk", __name__, url_prefix="/desk")
