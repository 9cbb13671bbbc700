"""Public lists: order, filters, keyset, search, and who finds what."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.db import db, unit_of_work
from core.errors import Gone, NotFound, NotValid
from core.policy import ANONYMOUS, SYSTEM
from needs.bigrams import query_text, vector_text
from needs.choices import Category, NeedVisibility
from needs.models import Need
from needs.queries import (
    Sort,
    counters,
    facets,
    fulfilled_needs,
    fulfilled_summary,
    hill_figures,
    least_helped_villages,
    published_need,
    published_needs,
    village_overview,
)
from needs.queries import search as search_plans
from needs.services import (
    add_confirmed,
    add_delivered,
    freeze_village_shares,
    hold,
    rebuild_counters,
    roll_up_counters,
    withdraw_publication_consent,
)
from tests.factories.needs import (
    OTHER_VILLAGE,
    VILLAGE,
    People,
    approve,
    make_draft,
    make_published,
    make_survey,
    submit,
    verify,
)
from tests.factories.people import TOWNSHIP

DESKS: dict[str, Any] = {
    "category": Category.SCHOOLING,
    "item_code": "desk",
    "title": "书桌 2 张",
    "unit_price": Decimal(260),
}


def listed(**filters: object) -> list[UUID]:
    with unit_of_work(ANONYMOUS):
        return [need.id for need in published_needs(**filters).items]  # type: ignore[arg-type]  # filters of the test


def fulfil(need_id: UUID, quantity: int = 2) -> None:
    with unit_of_work(SYSTEM):
        for step in (hold, add_delivered, add_confirmed):
            step(need_id, Decimal(quantity))


def test_newest_needs_come_first_and_pages_join_without_gap(people: People) -> None:
    made = [make_published(people) for _ in range(5)]
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        with unit_of_work(ANONYMOUS):
            page = published_needs(limit=2, cursor=cursor)
        seen += [need.id for need in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == made[::-1]


@pytest.mark.parametrize("region", ["45", "4510", "451028", "451028100", "451028000000", ""])
def test_a_need_is_found_at_every_level_of_its_place(people: People, region: str) -> None:
    need_id = make_published(people)
    assert listed(region=region) == [need_id]
    assert listed(region="451029") == []


def test_a_place_that_is_no_whole_segment_is_refused(people: People) -> None:
    with pytest.raises(NotValid):
        listed(region="451")


def test_filters_work_together(people: People) -> None:
    first = make_published(people)
    desk = make_published(
        people, category=Category.SCHOOLING, item_code="desk", title="书桌 2 张", unit_price=Decimal(260)
    )
    fulfil(desk)
    assert listed(category="schooling") == [desk]
    assert listed(category=["schooling", "daily_necessities"]) == [desk, first]
    assert listed(status="fulfilled", category="schooling") == [desk]
    assert listed(status=["open", "partly_held"]) == [first]
    assert listed(level="village") == []


def test_a_small_village_shows_its_township_and_a_larger_one_itself(people: People) -> None:
    made = [make_published(people) for _ in range(5)]
    with unit_of_work(ANONYMOUS):
        places = [published_need(need_id).place for need_id in made]
    assert places == [TOWNSHIP + "000"] * 4 + [VILLAGE]
    assert listed(region=VILLAGE) == [made[-1]]


def test_a_need_of_the_village_shows_the_village(people: People) -> None:

    make_survey(people.author, None)

    need_id = make_draft(
        people.author, None, category=Category.INFRASTRUCTURE, item_code=None, title="水管 15 米", unit="米"
    )
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    approve(people.approver, need_id)
    with unit_of_work(ANONYMOUS):
        assert published_need(need_id).place == VILLAGE
    assert listed(level="village", region=VILLAGE) == [need_id]


def test_two_chinese_characters_find_a_need_by_both_plans(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    quilt = make_published(people)
    make_published(people, **DESKS)
    monkeypatch.setattr(search_plans, "_size", lambda: 1e12)
    looked_up = [listed(q=words) for words in ("冬被", "冬", "被", "冬被 床", "同乐", "没有的", "，")]
    monkeypatch.setattr(search_plans, "_size", lambda: 0.0)
    walked = [listed(q=words) for words in ("冬被", "冬", "被", "冬被 床", "同乐", "没有的", "，")]
    assert looked_up == walked
    assert looked_up[0] == [quilt]
    assert len(looked_up[4]) == 2
    assert looked_up[5:] == [[], []]


def test_every_pair_of_a_text_is_in_its_vector_and_nothing_can_break_out() -> None:
    assert query_text("冬被 A4'纸") == "'冬被' & 'a4':* & '纸':*"
    assert vector_text("冬被 6 床") == "'6' '冬被' '床' '被'"


def test_villages_helped_least_come_first_and_the_night_is_frozen(people: People) -> None:
    others = People(OTHER_VILLAGE)
    helped = make_published(people)
    waiting = make_published(others, region=OTHER_VILLAGE)
    also_helped = make_published(people)
    fulfil(helped)
    with unit_of_work(SYSTEM):
        freeze_village_shares()
    order = {"region": "451028", "sort": Sort.LEAST_HELPED}
    assert listed(**order) == [waiting, also_helped, helped]
    with unit_of_work(ANONYMOUS):
        first = published_needs(region="451028", sort=Sort.LEAST_HELPED, limit=1)
    fulfil(waiting)
    with unit_of_work(ANONYMOUS):
        rest = published_needs(region="451028", sort=Sort.LEAST_HELPED, cursor=first.next)
        assert [need.id for need in rest.items] == [also_helped, helped]
        assert least_helped_villages("451028")[0].code == OTHER_VILLAGE[:9] + "000"


def test_a_place_that_is_new_since_the_night_is_not_lost(people: People) -> None:
    with unit_of_work(SYSTEM):
        freeze_village_shares()
    need_id = make_published(people)
    assert listed(region="451028", sort=Sort.LEAST_HELPED) == [need_id]


def test_above_a_county_the_order_is_newest_first(people: People) -> None:
    made = [make_published(people), make_published(people)]
    assert listed(region="45", sort=Sort.LEAST_HELPED) == made[::-1]


def test_counters_follow_changes_and_agree_with_the_list(people: People) -> None:
    first, second = make_published(people), make_published(people)
    with unit_of_work(SYSTEM):
        assert roll_up_counters() == 2
    fulfil(first)
    with unit_of_work(SYSTEM):
        hold(second, Decimal(1))
        assert roll_up_counters() == 4
        assert roll_up_counters() == 0
        counts = counters("451028")
        assert (counts.fulfilled, counts.partly_held, counts.open, counts.total) == (1, 1, 0, 2)
        assert counters() == counts
        found = facets("451028", status="fulfilled", children=[TOWNSHIP + "000"])
        assert found.statuses == {"fulfilled": 1, "partly_held": 1}
        assert (found.total, found.places) == (1, {TOWNSHIP + "000": 1})
        assert [(hill.code, hill.confirmed, hill.pledged) for hill in hill_figures("451028")] == [
            ("451028100000", 1, 1),
            ("451028101000", 0, 0),
        ]
        rebuild_counters()
        assert counters() == counts
        overview = village_overview(TOWNSHIP + "000")
        assert (overview.households, overview.counts.total) == (None, 2)


def test_fulfilled_needs_come_with_their_days(people: People) -> None:
    done = make_published(people)
    make_published(people)
    fulfil(done)
    with unit_of_work(ANONYMOUS):
        page = fulfilled_needs(region="451028", month=f"{datetime.now(UTC) + timedelta(hours=8):%Y-%m}")
        assert [(need.id, need.days) for need in page.items] == [(done, 0)]
        assert fulfilled_needs(month="2020-01").items == []
        assert fulfilled_summary().count == 1
    with pytest.raises(NotValid), unit_of_work(ANONYMOUS):
        fulfilled_needs(month="2026-13")


def test_needs_for_verified_helpers_are_in_no_public_list(people: People) -> None:
    need_id = make_published(people, visibility=NeedVisibility.DONORS)
    assert listed() == []
    with pytest.raises(NotFound), unit_of_work(ANONYMOUS):
        published_need(need_id)
    with unit_of_work(SYSTEM):
        roll_up_counters()
        assert counters().total == 0


def test_after_consent_is_withdrawn_the_page_is_gone(people: People, household: UUID) -> None:
    waiting = make_published(people, household)
    done = make_published(people, household, item_code=None, title="碗柜 2 个")
    fulfil(done)
    with unit_of_work(SYSTEM):
        assert withdraw_publication_consent(household, actor=SYSTEM) == 2
    assert listed() == []
    for need_id in (waiting, done):
        with pytest.raises(Gone), unit_of_work(ANONYMOUS):
            published_need(need_id)
    with unit_of_work(SYSTEM):
        assert fulfilled_needs().items == []
        assert db.session.get_one(Need, done).stage.value == "published"
