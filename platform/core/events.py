"""News between packages: a domain sends, those above listen, in the same transaction."""

from blinker import Signal

__all__ = ["Signal"]
