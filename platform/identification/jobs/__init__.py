"""What identification does by the clock."""

from identification.jobs import cases, notices

__all__ = ["cases", "notices"]
