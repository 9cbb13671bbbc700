"""Run migrations as the owning role, on the connection that `core.provision` hands over or on `-x url=ADDRESS`."""

from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, pool

from core.db import Base
from core.settings import Settings
from core.types import EncryptedText

SOURCE_ROOT = Path(__file__).resolve().parents[1] / "platform"
FOREIGN = "procrastinate_"


def import_models() -> None:
    """Import every model there is, so that the metadata is whole."""
    for path in sorted(SOURCE_ROOT.glob("core/**/*.py")):
        if "__tablename__ =" in path.read_text(encoding="utf-8"):
            import_module(".".join(path.relative_to(SOURCE_ROOT).with_suffix("").parts))
    for path in sorted((*SOURCE_ROOT.glob("*/models.py"), *SOURCE_ROOT.glob("*/models/__init__.py"))):
        import_module(f"{path.relative_to(SOURCE_ROOT).parts[0]}.models")


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Leave tables of the job queue to their own package; the schema `records` is never looked at."""
    if kind == "schema":
        return name is None
    return kind != "table" or not (name or "").startswith(FOREIGN)


def render(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write an encrypted column as the plain bytes it is in the database."""
    if kind == "type" and isinstance(thing, EncryptedText):
        return "sa.LargeBinary()"
    return False


def run(connection: Connection) -> None:
    """Run the wanted migrations, each in its own transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=is_ours,
        render_item=render,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def address() -> str:
    """Return the owner's address for a command given by hand."""
    found = context.get_x_argument(as_dictionary=True).get("url") or Settings.load().owner_url
    if not found:
        raise SystemExit("Give the owning role's address: alembic -x url=ADDRESS, or set OWNER_DATABASE_URL.")
    return found


import_models()
handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    engine = create_engine(address(), poolclass=pool.NullPool)
    with engine.connect() as own:
        run(own)
