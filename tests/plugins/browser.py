"""People in front of a real browser: each page they see is read by axe, and the browser may not complain."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from accounts.models import Account
from accounts.services import open_sign_in
from core.db import db, unit_of_work
from core.i18n import _, use_locale
from core.policy import SYSTEM
from tests.plugins.web import Live
from web.rendering.formats import qty

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
CUT = re.compile(r"Failed to load resource: net::ERR_(EMPTY_RESPONSE|INTERNET_DISCONNECTED)")
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{12}|(?<=/c/)[^/?]+|(?<=/invitations/)[^/?]+")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages_read() -> set[str]:
    """Which pages axe has read in this run: one of a kind is enough."""
    return set()


class Visitor:
    """Somebody with a browser of his own."""

    def __init__(
        self, context: BrowserContext, live: Live, language: str, *, read: set[str] | None, come: "Visit"
    ) -> None:
        self.context, self._live, self.url, self.language = context, live, live.url, language
        self._read, self._come = read, come
        self.complaints: list[str] = []
        self.expected = [REFUSED]
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not any(words.match(said.text) for words in self.expected):
            self.complaints.append(said.text)

    def signed_in(self, account_id: UUID) -> "Visitor":
        """Take a session of the account; return the visitor."""
        with unit_of_work(SYSTEM):
            token = open_sign_in(db.session.get_one(Account, account_id), agent="test")
        self.context.add_cookies([{"name": "sign_in", "value": token, "url": self.url}])
        return self

    @contextmanager
    def without_signal(self) -> Iterator[None]:
        """Cut the line, here and at the server: a page that has just opened hears of it a bit late.

        What the browser says of a cut line is no complaint from then on: it may say so when the line is back.
        """
        self.expected.append(CUT)
        self._live.line.clear()
        self.context.set_offline(True)
        yield
        self._live.line.set()
        self.context.set_offline(False)

    def beside(self, account_id: UUID) -> "Visitor":
        """Return somebody else at a browser of his own, signed in, in the same language."""
        return self._come(self.language).signed_in(account_id)

    def word(self, words: str, **values: object) -> str:
        """Return an English sentence of ours in the visitor's language."""
        with use_locale(self.language):
            return _(words, **values)

    def amount(self, count: int, unit: str) -> str:
        """Return so many of a unit as the visitor's pages write it."""
        with use_locale(self.language):
            return qty(count, unit).replace("\u00a0", " ")

    def opens(self, path: str, status: int = 200) -> "Visitor":
        """Open a page that answers with the status and has no fault that axe knows."""
        return self.does(lambda: self.page.goto(path if path.startswith("http") else self.url + path), status)

    def presses(self, words: str, status: int = 200, *, within: str = "main", **values: object) -> "Visitor":
        """Press the button or follow the link with these words."""
        choices = self.page.locator(f"{within} button:visible, {within} a:visible")
        found = choices.filter(has_text=self.word(words, **values)).first
        return self.does(found.click, status)

    def does(self, act: Callable[[], Any], status: int = 200) -> "Visitor":
        """Do what leads to a page, which answers with the status; axe reads it."""
        with self.page.expect_navigation() as news:
            act()
        answer = news.value
        assert answer.status == status, f"{answer.url} answered {answer.status}: {self.text()[:800]}"
        self._let_axe_read(status)
        return self

    def _let_axe_read(self, status: int) -> None:
        """Let axe read the page, unless one of its kind was read in this run."""
        path = self.page.url.removeprefix(self.url).partition("?")[0]
        kind = f"{self.language} {status} {ONE_OF_MANY.sub('-', path)}"
        if self._read is None or kind in self._read:
            return
        self._read.add(kind)
        found = Axe().run(self.page, options={"runOnly": list(RULES)}).response["violations"]
        faults = [
            (fault["id"], [(node["html"], node["failureSummary"]) for node in fault["nodes"][:3]]) for fault in found
        ]
        assert faults == [], self.page.url

    def text(self) -> str:
        """Return what the page says."""
        return self.page.locator("main").inner_text().replace("\u00a0", " ")

    def reads(self, words: str, **values: object) -> "Visitor":
        """Find an English sentence of ours on the page, in the visitor's language."""
        sentence = self.word(words, **values)
        assert sentence in self.text(), f"{sentence!r} is not in: {self.text()[:1500]}"
        return self

    def fills(self, **fields: str) -> "Visitor":
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)
        return self

    def chooses(self, **fields: str) -> "Visitor":
        """Choose from selects, radio buttons and boxes by their names."""
        for name, value in fields.items():
            select = self.page.locator(f"main select[name={name}]")
            if select.count():
                select.first.select_option(value)
            else:
                self.page.locator(f"main [name={name}][value={value!r}]").check()
        return self

    def save(self, ending: str, folder: Path) -> Path:
        """Follow the link whose address ends so to a file; return where it was put."""
        link = self.page.locator(f"main a[href$='{ending}']").first
        with self.page.expect_download() as news:
            link.click()
        path = folder / news.value.suggested_filename
        news.value.save_as(path)
        return path


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, live: Live, pages_read: set[str]) -> Iterator[Visit]:
    """Somebody new before a browser: `visit("zh")`. Forms are guarded as outside tests; no browser may complain."""
    live.app.config["WTF_CSRF_ENABLED"] = True
    came: list[Visitor] = []

    def come(language: str, *, width: int = 1280, script: bool = True) -> Visitor:
        context = chromium.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": 844}, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        came.append(Visitor(context, live, language, read=pages_read if script else None, come=come))
        return came[-1]

    yield come
    complaints = [words for visitor in came for words in visitor.complaints]
    for visitor in came:
        visitor.context.close()
    assert complaints == [], "the browser complained"
