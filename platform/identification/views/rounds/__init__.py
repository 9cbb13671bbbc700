"""The desk's pages about rounds, the full list of households, and the sentinel lists."""

from identification.views.rounds import households, rounds, sentinels
from identification.views.rounds.door import blueprint

__all__ = ["blueprint", "households", "rounds", "sentinels"]
