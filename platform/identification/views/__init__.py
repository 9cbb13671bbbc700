"""The pages of identification. A module of pages is imported here, so that its routes are known."""

from identification.views.quotas import desk_blueprint as quotas_desk
from identification.views.quotas import open_blueprint as quotas_open

blueprints = (quotas_open, quotas_desk)

__all__ = ["blueprints"]
