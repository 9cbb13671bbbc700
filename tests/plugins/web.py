"""The application in tests: in process, and on a port of this machine with a thread for each request."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from core.db import db
from core.settings import Settings, current


def web_settings(**overrides: object) -> Settings:
    """Return the settings of an application on the database that this process is connected to."""
    address = db.engine.url.render_as_string(hide_password=False)
    values: dict[str, object] = {"app_url": address, "testing": True, "totp_required": False}
    return replace(current(), **(values | overrides))  # type: ignore[arg-type]  # the names are those of Settings


def make_app(**overrides: object) -> Flask:
    """Return an application on the present database."""
    from web.app import create_app

    return create_app(web_settings(**overrides))


@pytest.fixture
def app(database: object) -> Iterator[Flask]:
    """The application on a fresh database, CSRF off."""
    yield make_app()
    db.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@dataclass(frozen=True)
class Live:
    """A running server; while its line is not set, it hangs up on everybody before the application hears of it."""

    app: Flask
    url: str
    line: threading.Event


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""

    def run_wsgi(self) -> None:
        """Answer, unless the line is cut."""
        if self.server.line.is_set():  # type: ignore[attr-defined]  # of the fixture below
            super().run_wsgi()


@pytest.fixture
def live(app: Flask) -> Iterator[Live]:
    """The application behind a server with a thread for each request."""
    server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]  # of the threading mix-in
    line = server.line = threading.Event()  # type: ignore[attr-defined]  # ours
    line.set()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(app, f"http://127.0.0.1:{server.server_port}", line)
    server.shutdown()
    thread.join()
    server.server_close()
