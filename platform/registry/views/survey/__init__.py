"""The survey of a household in seven steps."""

from registry.views.survey import confirming, cover, steps, token

__all__ = ["confirming", "cover", "steps", "token"]
