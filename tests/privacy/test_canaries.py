"""A word of its own in every personal column, and none of them in anything that the public can fetch.

The world is made by the services; then a superuser writes a canary into each text of class P2 and P3. What is fetched:
every public page in both languages, the addresses that those pages name, feed, open data, JSON, records, error pages,
their headers and file names; and everything that was logged meanwhile.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import ARRAY

from core.db import Base, db, unit_of_work
from core.policy import SYSTEM
from core.privacy import field_of
from pages.services.open_data import write_open_data
from tests.factories.canaries import MARK, PERSONAL, plant
from tests.factories.world import HEAD_NAME, ID_PHONE, World
from tests.plugins.web import make_app

MOST_PAGES = 400


@pytest.fixture
def planted(peopled: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Flask, World, list[str]]:
    """The world with its canaries; the files of open data are written after they were planted."""
    words = plant()
    db.dispose()
    for module in ("pages.queries.open_data", "pages.services.open_data"):
        monkeypatch.setattr(f"{module}.folder", lambda: tmp_path / "open-data")
    app = make_app()
    with unit_of_work(SYSTEM):
        assert write_open_data() >= 2
    return app, peopled, words


class Crawl:
    """Follow every link from the public starts, as somebody without an account."""

    def __init__(self, app: Flask, world: World) -> None:
        self.client = app.test_client()
        self.texts: dict[str, str] = {}
        self.waiting = list(starts(world))

    def run(self) -> None:
        while self.waiting and len(self.texts) < MOST_PAGES:
            path = self.waiting.pop(0)
            if path not in self.texts:
                self._fetch(path)

    def _fetch(self, path: str) -> None:
        found = self.client.get(path)
        body = found.get_data().decode(errors="replace")
        self.texts[path] = f"{path}\n{found.headers}\n{body}"
        found.close()
        if found.mimetype in {"text/html", "application/atom+xml", "text/plain"}:
            self.waiting += [link for link in links(path, body) if link not in self.texts]


def links(base: str, body: str) -> Iterator[str]:
    for target in re.findall(r"""(?:href|src|action|content)=["']([^"'#]+)""", body):
        parts = urlsplit(urljoin(f"http://localhost{base}", target.replace("&amp;", "&")))
        if parts.netloc == "localhost" and not parts.path.startswith("/static/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def starts(world: World) -> Iterator[str]:
    need, donor = world.ids["need"], world.ids["donor_inside"]
    pages = [
        *(
            "/",
            "/needs",
            "/fulfilled",
            "/stats",
            "/open-data",
            "/help",
            "/report",
            "/c",
            "/register",
            "/login",
            "/roles",
        ),
        *(
            "/robots.txt",
            "/feeds/needs.atom",
            "/records/verifier",
            "/needs/filter",
            "/needs/places",
            "/account",
            "/none",
        ),
        *("/villages/451028100200", "/villages/451028100000", "/needs?q=冬被", "/open-data/needs.csv"),
        *("/identification", "/identification/451028", "/identification/451028100200"),
        *("/identification/451028/figures.csv", "/notices", "/quotas"),
        *("/open-data/needs.jsonl", f"/donors/{donor}", f"/donors/{world.ids['donor_person']}"),
        *(f"/records/need/{need}/export", f"/records/donor/{donor}/export", f"/records/donor/{donor}"),
        *(f"/records/{kind}/{world.ids[key]}" for kind, key in PRIVATE_STREAMS),
        *(f"/needs/{world.ids[name]}" for name in ("need", "need_second", "need_draft", "need_verified")),
    ]
    for page in pages:
        joint = "&" if "?" in page else "?"
        yield from (page, f"{page}{joint}lang=zh", f"{page}{joint}lang=en")
    api = [
        *("/openapi.json", "/needs", "/needs?q=冬被", "/stats", "/stats?region=451028", "/regions", "/donors/x"),
        *("/regions?parent=451028", "/pledges", "/pairings", "/invitations", f"/needs/{need}", f"/donors/{donor}"),
        *(f"/records?stream=need/{need}", f"/records?stream=donor/{donor}"),
        *(f"/records?stream={kind}/{world.ids[key]}" for kind, key in PRIVATE_STREAMS),
    ]
    yield from (f"/api/v1{page}" for page in api)


PRIVATE_STREAMS = (("pairing", "pairing_household"), ("household", "household"), ("account", "clerk"))


def test_nothing_public_holds_a_canary(
    planted: tuple[Flask, World, list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    app, world, words = planted
    capfd.readouterr()
    crawl = Crawl(app, world)
    crawl.run()
    logged = "".join(capfd.readouterr())
    assert len(words) > 40
    assert len(crawl.texts) > 100
    for kind in ("csv", "jsonl"):
        assert str(world.ids["need"]) in crawl.texts[f"/open-data/needs.{kind}"]
    assert [path for path, found in crawl.texts.items() if MARK in found] == []
    assert [line for line in logged.splitlines() if MARK in line] == []
    for kind, key in PRIVATE_STREAMS:
        assert crawl.client.get(f"/records/{kind}/{world.ids[key]}").status_code == 404
        assert crawl.client.get(f"/api/v1/records?stream={kind}/{world.ids[key]}").status_code == 404


def test_a_crawl_that_meets_a_canary_says_so(planted: tuple[Flask, World, list[str]]) -> None:
    """The same planting is seen by somebody who may: else the crawl could be blind."""
    app, world, _words = planted
    client = app.test_client()
    client.set_cookie("sign_in", world.people["village_officer", "inside"].sign_in)
    seen = client.get("/account").get_data(as_text=True)
    assert MARK in seen


def test_what_the_services_wrote_is_not_public_either(peopled: World) -> None:
    """Before anything is planted: the names and numbers that the world's services were given."""
    world = peopled
    crawl = Crawl(make_app(), world)
    crawl.run()
    own = [str(world.ids["household"]), str(world.ids["card"]), str(world.ids["pairing_household"])]
    asked = {path for path in crawl.texts if any(word in path for word in own)}
    found = {
        word: [path for path, body in crawl.texts.items() if word in body and path not in asked]
        for word in (HEAD_NAME, ID_PHONE, *own)
    }
    assert {word: paths for word, paths in found.items() if paths} == {}


def test_arrays_of_people_are_counted_in() -> None:
    """No personal text hides in a list column that this test does not plant."""
    found = [
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, ARRAY) and getattr(field_of(column), "visibility", None) in PERSONAL
    ]
    assert set(found) <= {
        "api_token.scopes",
        "confirmation.flags",
        "credential.recovery_hashes",
        "donor.warnings",
        "household_profile.other_causes",
        "household_profile.risk_types",
        "invitation.need_ids",
        "member_profile.health_status",
    }
