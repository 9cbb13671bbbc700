"""Figures that are public: nothing small can be worked out, counters agree with what is there."""

from collections.abc import Callable, Iterator
from itertools import product
from xml.etree import ElementTree

from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db import unit_of_work
from core.policy import SYSTEM
from pages.jobs import renew_open_data
from pages.queries.open_data import FORMATS, file_of, find_snapshot
from pages.queries.suppression import FEW, hidden_rows, is_small, sums_hidden
from pages.services.open_data import write_open_data
from pledges.choices import Outcome
from tests.factories.needs import make_published
from tests.factories.people import TOWNSHIP, VILLAGE, acting
from tests.factories.pledges import Scene

ATOM = "{http://www.w3.org/2005/Atom}"

rows_of = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (max(pair), min(pair))), min_size=1, max_size=4
)


def file_text(client: FlaskClient, kind: str) -> str:
    with client.get(f"/open-data/needs.{kind}") as response:
        assert response.status_code == 200
        return response.text


def splits(total: int, parts: int, least: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to split a sum into so many parts of at least so much."""
    if parts == 1:
        if total >= least:
            yield (total,)
        return
    for first in range(least, total - least * (parts - 1) + 1):
        for rest in splits(total - first, parts - 1, least):
            yield (first, *rest)


@settings(max_examples=300, deadline=None)
@given(rows_of)
def test_no_hidden_cell_can_be_worked_out_from_the_rows_and_sums_that_are_shown(rows: list[tuple[int, int]]) -> None:
    table = {number: row for number, row in enumerate(rows) if row[0]}
    hidden = sorted(hidden_rows(table))
    assert all(key in hidden for key, row in table.items() if is_small(row))
    sums = tuple(sum(row[level] for row in table.values()) for level in (0, 1))
    if not hidden or sums_hidden(sums, table):
        return
    left = [sums[level] - sum(row[level] for key, row in table.items() if key not in hidden) for level in (0, 1)]
    # Every table that fits: upper levels of at least one need each, the lower level within them.
    fitting = [
        worlds
        for worlds in product(splits(left[0], len(hidden), 1), splits(left[1], len(hidden), 0))
        if all(low <= high for high, low in zip(*worlds, strict=True))
    ]
    for place in range(len(hidden)):
        uppers = {worlds[0][place] for worlds in fitting}
        assert max(uppers) - min(uppers) >= FEW - 1, (rows, hidden)
        lowers = {worlds[1][place] for worlds in fitting}
        assert len(lowers) > 1 or lowers == {0} or min(lowers) >= FEW, (rows, hidden)


def test_a_table_whose_sums_would_give_the_only_small_row_away_hides_its_sums() -> None:
    assert sums_hidden((3, 0, 0, 0), {"a": (3, 0, 0, 0)})
    assert not sums_hidden((13, 9, 9, 9), {"a": (13, 9, 9, 9)})
    assert hidden_rows({"a": (3, 0, 0, 0), "b": (9, 0, 0, 0), "c": (40, 9, 9, 9)}) == {"a", "b"}


def test_a_place_that_its_county_hides_shows_nothing_of_itself_either(
    scene: Scene, client: FlaskClient, settle: Callable[[], None]
) -> None:
    for number in range(9):
        make_published(scene.people, item_code=None, title=f"书桌 {number}")
    settle()
    county = client.get("/api/v1/stats?region=451028").json
    assert county["suppressed_below"] == 5
    assert [figure["value"] for figure in county["figures"]] == [10, 0, 0, 0]
    assert [row["suppressed"] for row in county["places"]] == [False]
    village = client.get(f"/api/v1/stats?region={VILLAGE}").json
    assert [figure["level"] for figure in village["figures"]] == ["verified", "pledged", "delivered", "confirmed"]


def test_levels_include_those_after_them_and_small_ones_are_null(
    scene: Scene, client: FlaskClient, settle: Callable[[], None]
) -> None:
    _delivery, slip = scene.awaiting("6")
    scene.say(slip.digits, Outcome.RECEIVED)
    settle()
    stats = client.get("/api/v1/stats").json
    assert stats["region"]["code"] == "451028000000"
    assert [figure["value"] for figure in stats["figures"]] == [None] * 4
    assert (stats["places"], stats["categories"], stats["sums"]) == ([], [], [])
    assert client.get("/api/v1/stats?region=12345").status_code == 422
    assert client.get("/api/v1/stats?region=999999").status_code == 404


def test_the_feed_is_atom_with_the_newest_need_and_keeps_to_place_and_category(
    scene: Scene, client: FlaskClient
) -> None:
    feed = ElementTree.fromstring(client.get("/feeds/needs.atom").data)
    assert feed.tag == f"{ATOM}feed"
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [f"urn:uuid:{scene.need_id}"]
    for filters, count in (
        (f"region={TOWNSHIP}", 1),
        ("region=451028101", 0),
        ("category=daily_necessities", 1),
        ("category=schooling", 0),
    ):
        feed = ElementTree.fromstring(client.get(f"/feeds/needs.atom?{filters}").data)
        assert len(feed.findall(f"{ATOM}entry")) == count, filters


def test_a_title_with_marks_stays_a_title_in_page_and_feed(scene: Scene, client: FlaskClient) -> None:
    title = "桌 <b>&\"'</b> **一张**"
    need_id = make_published(scene.people, scene.household_id, item_code=None, title=title)
    feed = ElementTree.fromstring(client.get("/feeds/needs.atom").data)
    assert any(title in (entry.findtext(f"{ATOM}title") or "") for entry in feed.iter(f"{ATOM}entry"))
    assert "<b>" not in client.get(f"/needs/{need_id}").text


def test_the_open_data_file_holds_what_is_published_and_goes_when_a_household_withdraws(
    scene: Scene, client: FlaskClient
) -> None:
    from needs.services import withdraw_publication_consent

    with unit_of_work(SYSTEM):
        assert write_open_data() == 1
    snapshot = find_snapshot()
    assert snapshot is not None
    assert snapshot.rows == 1
    for kind in FORMATS:
        text = file_text(client, kind)
        assert str(scene.need_id) in text
        assert str(scene.household_id) not in text
    with acting(scene.people.author) as actor:
        withdraw_publication_consent(scene.household_id, actor=actor)
    assert not any(file_of(kind).exists() for kind in FORMATS)
    assert client.get("/open-data/needs.csv").status_code == 404
    renew_open_data(timestamp=0)
    renewed = find_snapshot()
    assert renewed is not None
    assert renewed.rows == 0
    renew_open_data(timestamp=0)
    assert find_snapshot() == renewed, "a fresh file is left as it is"


def test_a_spreadsheet_takes_no_title_for_a_formula(scene: Scene, client: FlaskClient) -> None:
    make_published(scene.people, scene.household_id, item_code=None, title="=1+1")
    with unit_of_work(SYSTEM):
        write_open_data()
    assert ",'=1+1," in file_text(client, "csv")
    assert '"title":"=1+1"' in file_text(client, "jsonl")


def test_records_come_in_order_a_page_at_a_time(scene: Scene, client: FlaskClient) -> None:
    stream = f"/api/v1/records?stream=need/{scene.need_id}"
    whole = client.get(stream).json
    assert whole["next"] is None
    assert [row["seq"] for row in whole["items"]] == list(range(1, len(whole["items"]) + 1))
    first = client.get(f"{stream}&limit=2").json
    second = client.get(f"{stream}&limit=2&cursor={first['next']}").json
    assert first["items"] + second["items"] == whole["items"][:4]
    assert set(whole["items"][0]) == {
        "stream", "seq", "at", "actor", "role", "kind", "reason", "public", "sealed", "prev", "alg", "hash",
    }  # fmt: skip
    assert client.get("/api/v1/records?stream=need/1").status_code == 422
    assert client.get("/api/v1/records").status_code == 422
