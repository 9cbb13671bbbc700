# ruff: noqa: E501 - the browser's expressions are one line each
"""The components in a real browser: readable to machines, narrow enough, and useful without the script."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, *, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=script)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(address)
    yield page
    context.close()
    assert said == [], "the browser complained"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_components_have_no_fault_that_axe_knows(
    chromium: Browser, gallery_url: str, language: str, width: int
) -> None:
    with opened(chromium, f"{gallery_url}/{language}.html", width) as page:
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (390, "200%")])
def test_nothing_scrolls_sideways(chromium: Browser, gallery_url: str, language: str, width: int, size: str) -> None:
    with opened(chromium, f"{gallery_url}/{language}.html", width) as page:
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_on_phones_are_large(chromium: Browser, gallery_url: str) -> None:
    small = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
        .filter(e => e.getClientRects().length && getComputedStyle(e).display !== 'inline' && !e.closest('label, .jd-hidden, .jd-skip'))
        .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""
    with opened(chromium, f"{gallery_url}/zh.html", 390) as page:
        assert page.evaluate(small) == []


def test_a_change_gets_the_focus(chromium: Browser, gallery_url: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html") as page:
        assert "jd-panel-done" in page.evaluate("document.activeElement.className")


def test_the_stepper_stays_between_its_bounds(chromium: Browser, gallery_url: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html") as page:
        for _press in range(9):
            page.click("[data-step='1']")
        assert page.input_value("#quantity") == "6"
        for _press in range(9):
            page.click("[data-step='-1']")
        assert page.input_value("#quantity") == "1"


@pytest.mark.parametrize(
    ("text", "word"),
    [("联系 13912345678", "电话"), ("身份证 110101199003074514", "身份证"), ("卡 6222 0212 3456 7890 123", "账号")],
)
def test_private_facts_are_named_while_typing(chromium: Browser, gallery_url: str, text: str, word: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html") as page:
        page.fill("#why", text)
        assert word in page.inner_text("[data-private-for=why]")
        page.fill("#why", "冬被 6 床，1,200 米水管")
        assert page.is_hidden("[data-private-for=why]")


def test_a_draft_comes_back_but_never_a_password(chromium: Browser, gallery_url: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html") as page:
        page.fill("#why", "入冬前要用")
        page.fill("#secret", "geheim-123")
        page.reload()
        assert page.input_value("#why") == "入冬前要用"
        assert page.input_value("#secret") == ""


def test_the_bar_at_the_foot_goes_when_the_form_is_in_view(chromium: Browser, gallery_url: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html", 390) as page:
        assert page.is_visible(".jd-sticky")
        page.locator("#pledge").scroll_into_view_if_needed()
        page.wait_for_selector(".jd-sticky", state="hidden")


def test_without_the_script_no_dead_button_is_shown(chromium: Browser, gallery_url: str) -> None:
    with opened(chromium, f"{gallery_url}/zh.html", 390, script=False) as page:
        assert page.locator("button[type=button]:visible").count() == 0
        page.click("summary >> text=菜单")
        assert page.is_visible(".jd-fold nav a >> text=找需求")
