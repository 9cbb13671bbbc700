"""The pages on which cases are decided. A module of pages is imported here, so that its routes are known."""

from identification.views.case_steps import kind, over_quota, taking
from identification.views.case_steps.door import blueprint

__all__ = ["blueprint", "kind", "over_quota", "taking"]
