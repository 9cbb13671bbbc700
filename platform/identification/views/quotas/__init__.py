"""Pages of quotas: anybody's, and those of the officers who compute and publish."""

from identification.views.quotas import desk, listing, runs, steps, working
from identification.views.quotas.door import desk_blueprint, open_blueprint

__all__ = ["desk", "desk_blueprint", "listing", "open_blueprint", "runs", "steps", "working"]
