"""The desk's pages of households, surveys and needs."""

from needs.views.door import blueprint

__all__ = ["blueprint"]
