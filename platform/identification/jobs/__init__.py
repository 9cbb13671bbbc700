"""What identification does by the clock."""

from identification.jobs import notices

__all__ = ["notices"]
