"""Every page that the world's people can open: it renders in both languages, with one heading that is its title."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.contracts.authz_cases import Case
from tests.contracts.authz_requests import ALL, parameters
from tests.factories.world import INSIDE, World
from tests.plugins.web import make_app

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "platform").glob("*/templates/**/*.html"))
VISITORS = ("anonymous", "village_officer", "township_officer", "county_officer", "pairing_cadre", "donor_admin")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
UNSAID = re.compile(r"\{\{|\{%|%\(\w+\)s|Undefined|None</")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_template_compiles(app: Flask) -> None:
    for path in TEMPLATES:
        app.jinja_env.parse(path.read_text("utf-8"), path.name, str(path))
    names = app.jinja_env.list_templates(extensions=["html"])
    assert len(names) > 60
    for name in names:
        app.jinja_env.get_template(name)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def addresses(app: Flask, world: World) -> Iterator[str]:
    """Yield the address of every route that shows a page, for the objects that the matrix uses."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/api/v1", "/static/")):
            continue
        cases = [case for (method, route, _name), case in ALL.items() if (method, route) == ("GET", rule.rule)]
        for case in cases or [Case()]:
            values = parameters(case, set(rule.arguments), world)
            yield app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")


class Visit:
    """All pages as one visitor sees them in one language."""

    def __init__(self, app: Flask, world: World, who: str, language: str) -> None:
        self.app, self.world, self.who, self.language = app, world, who, language
        self.faults: list[str] = []
        self.shown = 0
        self.client = app.test_client()
        if caller := world.people.get((who, INSIDE)):  # type: ignore[call-overload]  # a role is a text
            self.client.set_cookie("sign_in", caller.sign_in)
        self.client.set_cookie("lang", language)

    def run(self) -> None:
        for path in addresses(self.app, self.world):
            found = self.client.get(path)
            if found.status_code >= 500:
                self.faults.append(f"{path}: {found.status_code}")
            elif found.mimetype == "text/html" and found.status_code not in {301, 302, 303}:
                self.look(path, found.get_data(as_text=True), found.status_code)
            found.close()

    def look(self, path: str, page: str, status: int) -> None:
        self.shown += status == 200
        headings = HEADING.findall(page)
        if len(headings) != 1:
            self.say(path, f"{len(headings)} headings of the first order")
            return
        heading, title = plain(headings[0]), plain("".join(TITLE.findall(page)[:1]))
        if not heading or heading not in title:
            self.say(path, f"the heading is {heading!r}, the title {title!r}")
        if unsaid := UNSAID.search(plain(page)):
            self.say(path, f"shows {unsaid.group(0)!r}")
        if f'<html lang="{"zh-Hans" if self.language == "zh" else "en"}"' not in page:
            self.say(path, "says another language than asked")
        if self.language == "zh" and not CHINESE.search(heading):
            self.say(path, f"the heading is not Chinese: {heading!r}")

    def say(self, path: str, fault: str) -> None:
        self.faults.append(f"{path}: {fault}")


@pytest.fixture
def place(peopled: World) -> tuple[Flask, World]:
    return make_app(), peopled


def test_every_page_has_one_heading_that_is_its_title(place: tuple[Flask, World]) -> None:
    faults: dict[str, list[str]] = {}
    shown = 0
    for who in VISITORS:
        for language in ("zh", "en"):
            visit = Visit(*place, who, language)
            visit.run()
            shown += visit.shown
            for fault in visit.faults:
                faults.setdefault(fault, []).append(f"{who} {language}")
    assert faults == {}, "\n".join(f"{fault} ({', '.join(who)})" for fault, who in faults.items())
    assert shown > 300


def test_a_page_with_two_headings_is_seen(place: tuple[Flask, World]) -> None:
    visit: Any = Visit(*place, "anonymous", "en")
    visit.look("/probe", '<html lang="en"><title>One</title><h1>One</h1><h1>Two</h1>', 200)
    visit.look("/probe", '<html lang="en"><title>One</title><h1>Another</h1>', 200)
    visit.look("/probe", '<html lang="en"><title>One</title><h1>One</h1>%(count)s', 200)
    assert len(visit.faults) == 3
