"""Write the next migration from what the models say now: `python scripts/new_migration.py need_urgency`.

It compares with a throwaway database that holds all migrations so far. Read what it wrote, and give it a data test.
"""

import re
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import create_engine, pool

from core.embedded_postgres import EmbeddedPostgres
from core.provision import alembic_config, expected_head, prepare
from core.settings import Settings

HEAD = Path(__file__).resolve().parents[1] / "migrations" / ".current-alembic-head"


def main(arguments: list[str]) -> int:
    """Write one numbered file: 0 done, 2 usage."""
    if len(arguments) != 1 or not re.fullmatch(r"[a-z][a-z0-9_]*", arguments[0]):
        print("Give a name in lower case: make migration NAME=need_urgency", file=sys.stderr)
        return 2
    number = f"{int(expected_head()) + 1:04d}"
    with TemporaryDirectory(prefix="jd-") as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres", test=True)
        try:
            write(server.start(), number, arguments[0])
        finally:
            server.stop()
    HEAD.write_text(f"{number}\n", encoding="utf-8")
    return 0


def write(admin_url: str, number: str, name: str) -> None:
    """Compare models and database, and write the difference."""
    settings = replace(Settings.load(), admin_url=admin_url, owner_url=None, app_url=None)
    engine = create_engine(prepare(settings, demo=False).owner_url, poolclass=pool.NullPool)
    config = alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message=name, rev_id=number, autogenerate=True)
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
