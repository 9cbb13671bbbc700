"""SQL scripts of the migrations, run as they are: no parameters, several statements."""

from pathlib import Path

from alembic import op

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def run_sql(name: str) -> None:
    """Run `migrations/<name>` on the migration's connection."""
    script = (MIGRATIONS / name).read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})
