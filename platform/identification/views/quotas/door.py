"""The blueprints of the pages about quotas."""

from flask import Blueprint

open_blueprint = Blueprint("quotas", __name__, url_prefix="/quotas")
desk_blueprint = Blueprint("quotas_desk", __name__, url_prefix="/desk")
