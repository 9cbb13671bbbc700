"""What identification does by the clock."""

from identification.jobs import cases, clues, figures, notices

__all__ = ["cases", "clues", "figures", "notices"]
