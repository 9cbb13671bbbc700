"""The desk's pages of households, surveys and needs."""

from needs.views import cards, decision, erasure, gate, households, sheets, surveys, writing
from needs.views.door import blueprint

__all__ = ["blueprint", "cards", "decision", "erasure", "gate", "households", "sheets", "surveys", "writing"]
