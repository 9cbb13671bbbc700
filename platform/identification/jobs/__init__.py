"""What identification does by the clock."""

from identification.jobs import cases, clues, notices

__all__ = ["cases", "clues", "notices"]
