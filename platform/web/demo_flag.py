"""Whether this database was made as a demo; it never changes, so it is asked once."""

from sqlalchemy import text

from core.db import db

_known: dict[str, bool] = {}


def is_demo() -> bool:
    """Return whether every page must say loudly that its figures are invented."""
    key = str(db.engine.url)
    if key not in _known:
        with db.engine.connect() as connection:
            _known[key] = bool(connection.execute(text("SELECT is_demo FROM records.database")).scalar())
    return _known[key]
