"""The figures of villages: public and coarse, exact on the desk."""

from identification.views.figures import desk, open_pages
from identification.views.figures.door import desk_blueprint, open_blueprint

__all__ = ["desk", "desk_blueprint", "open_blueprint", "open_pages"]
