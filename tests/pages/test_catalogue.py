"""The catalogue: filters, tabs, counts, twenty more, with and without JavaScript."""

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from needs.choices import Category
from tests.factories.needs import OTHER_VILLAGE, People, make_household, make_published, make_survey
from tests.factories.pledges import Scene


@pytest.fixture
def many(scene: Scene, settle: Callable[[], None]) -> list[UUID]:
    """The need of the scene and 22 more, one of them in another township and of another kind."""
    household_id = make_household(scene.people.author)
    make_survey(scene.people.author, household_id)
    found = [scene.need_id]
    for number in range(21):
        found.append(make_published(scene.people, household_id, item_code=None, title=f"水壶 {number} 号"))
    others = People(OTHER_VILLAGE)
    desk = {"category": Category.SCHOOLING, "item_code": None, "title": "课桌 3 张"}
    found.append(make_published(others, region=OTHER_VILLAGE, **desk))
    settle()
    return found


def shown(text: str) -> list[str]:
    return re.findall(r'<h3 class="jd-row-title"><a href="/needs/([^"]+)"', text)


def next_of(text: str) -> str:
    found = re.search(r'<nav class="jd-pager".*?href="([^"]*cursor=[^"]*)"', text, re.DOTALL)
    return unescape(found.group(1)) if found else ""


def test_twenty_more_shows_the_rest_and_nothing_twice(many: list[UUID], client: FlaskClient) -> None:
    for sort in ("", "?sort=newest"):
        first = client.get(f"/needs{sort}").text
        second = client.get(next_of(first)).text
        assert len(shown(first)) == 20
        assert sorted(shown(first) + shown(second)) == sorted(map(str, many))
        assert next_of(second) == ""
        assert 'content="noindex"' in second
        assert 'content="noindex"' not in first


def test_htmx_gets_the_list_alone_and_more_rows_at_its_end(many: list[UUID], client: FlaskClient) -> None:
    part = client.get("/needs?category=schooling", headers={"HX-Request": "true", "HX-Target": "results"}).text
    assert "<html" not in part
    assert len(shown(part)) == 1
    following = next_of(client.get("/needs").text)
    more = client.get(following, headers={"HX-Request": "true", "HX-Target": "more"}).text
    assert 'hx-swap-oob="beforeend:#rows"' in more
    assert len(shown(more)) == 3
    assert more.lstrip().startswith('<div id="more"')


def test_place_kind_and_words_narrow_the_list(many: list[UUID], client: FlaskClient) -> None:
    for query, count in (
        ("region=451028101", 1),
        (f"region={OTHER_VILLAGE}", 0),
        ("region=451028100", 20),
        ("category=schooling", 1),
        ("category=schooling&category=daily_necessities", 20),
        ("level=village", 0),
        ("status=fulfilled", 0),
        ("q=课桌", 1),
        ("q=没有这样的", 0),
        ("category=nonsense&level=nonsense&status=nonsense&sort=nonsense", 20),
    ):
        assert len(shown(client.get(f"/needs?{query}").text)) == count, query


def test_counts_stand_beside_places_kinds_and_tabs_but_never_beside_a_search(
    many: list[UUID], client: FlaskClient
) -> None:
    text = client.get("/needs?lang=en").text
    assert "Leye, 23 still needed" in text
    assert re.search(r"<span>Tongle</span><span class=\"jd-tree-count\">22</span>", text)
    assert re.search(r"Schooling <span class=\"jd-tree-count\">1</span>", text)
    searched = client.get("/needs?q=水壶&lang=en").text
    assert "jd-tree-count" not in searched
    assert "23" not in re.findall(r"<h2.*?</h2>", searched)[0]


def test_links_keep_the_filters(many: list[UUID], client: FlaskClient) -> None:
    text = client.get("/needs?region=451028100&category=daily_necessities&lang=en").text
    tabs = re.search(r'<nav class="jd-tabs".*?</nav>', text, re.DOTALL)
    assert tabs is not None
    assert "region=451028100000&amp;category=daily_necessities&amp;status=fulfilled" in tabs.group(0)
    assert '<input type="hidden" name="region" value="451028100000">' in text


def test_a_wrong_place_or_cursor_is_refused_politely(many: list[UUID], client: FlaskClient) -> None:
    assert client.get("/needs?region=459999").status_code == 404
    assert client.get("/needs?region=45x").status_code == 200
    assert client.get("/needs?cursor=nonsense").status_code == 422
    assert client.get("/fulfilled?month=2026-13").status_code == 422


def test_the_phone_s_pages_of_places_and_filters_lead_back_with_what_was_chosen(
    many: list[UUID], client: FlaskClient
) -> None:
    places = client.get("/needs/places?category=schooling").text
    assert "/needs?region=451028101000&amp;category=schooling" in places
    filters = client.get("/needs/filter?region=451028101").text
    assert '<input type="hidden" name="region" value="451028101000">' in filters
    assert re.search(r'type="checkbox" name="category" value="schooling"', filters)
