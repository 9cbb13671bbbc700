# ruff: noqa: E501 - tables of example facts read best with a row to a line
"""A gallery of every component, served on a port of this machine under the content policy of the product."""

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from wtforms import BooleanField, Form, IntegerField, PasswordField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.i18n import use_locale
from web.assets import joined_styles
from web.rendering import install

WEB = Path(__file__).resolve().parents[2] / "platform" / "web"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
WORDS = {
    "zh": {
        "heading": "冬被 6 床（1.8 米，4 公斤）", "county": "乐业县", "township": "乡镇", "short": "认领这条需求",
        "long": "认领是公开作出的承诺，要兑现。送不到请早说，可以撤回，会留记录。",
    },
    "en": {
        "heading": "6 quilts (1.8 m, 4 kg)", "county": "Leye County", "township": "township", "short": "Pledge for this need",
        "long": "A pledge is a public promise. If you cannot deliver, say so early; you can withdraw it.",
    },
}  # fmt: skip


class PledgeForm(Form):
    quantity = IntegerField("Quantity", [InputRequired()], default=1)
    why = TextAreaField("Why")
    kind = SelectField("Kind", choices=[SelectChoice("goods", "Goods"), SelectChoice("service", "Service")])
    secret = PasswordField("Password")
    agreed = BooleanField("Agreed")
    way = RadioField("Way", choices=[SelectChoice("paper", "Paper"), SelectChoice("screen", "Screen")])


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def gallery_context(words: dict[str, str]) -> dict[str, Any]:
    when = datetime(2026, 11, 22, 8, 40, tzinfo=UTC)
    counts = {"quantity": Decimal(6), "held": Decimal(5), "delivered": Decimal(3), "confirmed": Decimal(2)}
    need = {
        "url": "#",
        "category": "industry",
        "place": "甘田镇",
        "level": "village",
        "unit": "床",
        "days_left": 41,
        **counts,
    }
    entry = {"seq": 9, "at": when, "role": words["county"], "hash": "ab" * 32, "prev": "cd" * 32}
    states = ("active", "active", "proposed", "suspended", "completed")
    return {
        "words": words, "now": when, "form": PledgeForm(), "county_name": words["county"], "demo": True, "supervision_phone": "0776-000 0000",
        "actor": SimpleNamespace(is_signed_in=False),
        "groups": [
            {"code": f"4510281{n}", "name": words["county"], "url": "#", "confirmed": 60, "delivered": n, "pledged": 21, "needed": 50}
            for n in range(8)
        ],
        "needs": [
            {**need, "title": words["heading"], "why": words["long"], "status": status, "disputed": status == "withdrawn"}
            for status in ("open", "partly_held", "fully_held", "delivered", "fulfilled", "expired", "withdrawn")
        ],
        "helpers": [{"rank": n, "name": words["short"], "meta": words["long"], "state": s} for n, s in enumerate(states, 1)],
        "entries": [{**entry, "state": state, "sentence": f"**{words['short']}**"} for state in ("delivered", "pledged")],
        "tasks": [{"key": key, "tasks": [{"url": "#", "title": words["long"], "left": "1"}]} for key in ("overdue", "today", "waiting")],
    }  # fmt: skip


def gallery(language: str) -> str:
    env = Environment(
        loader=FileSystemLoader([WEB / "templates", Path(__file__).parent / "pages"]),
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    install(env, asset=lambda name: f"/static/{name}")
    env.globals["icon"] = lambda name, size=20: Markup(
        '<svg width="{0}" height="{0}" aria-hidden="true"></svg>'
    ).format(size)
    with use_locale(language):
        return env.get_template("gallery.html").render(gallery_context(WORDS[language]))


@pytest.fixture(scope="session")
def gallery_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    shutil.copytree(WEB / "static", folder / "static", ignore=shutil.ignore_patterns("vendor"))
    (folder / "static" / "vendor").mkdir()
    for name in ("bootstrap-reboot.min.css", "htmx.min.js"):
        (folder / "static" / "vendor" / name).write_text("", "utf-8")
    reset = folder / "static" / "vendor" / "bootstrap-reboot.min.css"
    (folder / "static" / "css" / "jiedui.css").write_bytes(joined_styles(reset))
    for language in WORDS:
        (folder / f"{language}.html").write_text(gallery(language), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
