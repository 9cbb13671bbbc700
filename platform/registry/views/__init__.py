"""The pages of the registers. A module of pages is imported here, so that its routes are known."""

from registry.views import changes, dossier, exports, findings, imports, joining, survey, village_work, villages
from registry.views.door import blueprint, open_blueprint

blueprints = (blueprint, open_blueprint)

__all__ = [
    "blueprint",
    "blueprints",
    "changes",
    "dossier",
    "exports",
    "findings",
    "imports",
    "joining",
    "open_blueprint",
    "survey",
    "village_work",
    "villages",
]
