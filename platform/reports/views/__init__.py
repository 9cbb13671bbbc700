"""Pages of printed papers: households, villages, whole villages at once, and what a version number leads to."""

from reports.views import batches, households, identification, versions, villages
from reports.views.door import blueprint, version_blueprint

blueprints = (blueprint, version_blueprint)
__all__ = [
    "batches",
    "blueprint",
    "blueprints",
    "households",
    "identification",
    "version_blueprint",
    "versions",
    "villages",
]
