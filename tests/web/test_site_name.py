"""The place that stands under the mark."""

import pytest
from flask.testing import FlaskClient

from core.db import unit_of_work
from core.policy import SYSTEM
from needs.services import roll_up_counters
from tests.factories.needs import People, make_places, make_published
from tests.plugins.web import make_app
from web import site_name


def test_the_place_of_all_needs_stands_under_the_mark(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_name, "LOOK_AGAIN_SECONDS", 0)
    make_places()
    assert "<small></small>" in client.get("/login").text
    make_published(People())
    with unit_of_work(SYSTEM):
        roll_up_counters()
    assert "<small>百色市乐业县</small>" in client.get("/login").text


def test_a_name_that_was_set_stands_first(database: object) -> None:
    assert "<small>示范县</small>" in make_app(site_name="示范县").test_client().get("/login").text
