"""A paper of an earlier day: what was so then, in the words of its time (domain.md 2.1, 12.1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotValid
from core.policy import SYSTEM
from core.records import published_records
from registry.choices import Cause
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household
from registry.queries.papers import version_of
from registry.services import change_head, save_profile
from reports.services import print_household
from tests.factories.needs import People
from tests.factories.people import acting, sign_in
from tests.factories.registers import SINCE, Family
from tests.reports.pdf_text import page_texts

THEN = date(2020, 12, 31)


@pytest.fixture
def family(people: People) -> Family:
    return Family(people)


def text_on(family: Family, day: date | None, kind: PaperKind = PaperKind.HOUSEHOLD_FORM) -> str:
    with acting(family.people.author) as actor:
        household = db.session.get_one(Household, family.id)
        wish: dict[str, Any] = {"purpose": PrintPurpose.COPY, "language": "zh", "as_of": day}
        return "".join(page_texts(print_household(household, kind, actor=actor, **wish))).replace(" ", "")


def test_a_form_of_the_registers_time_says_so_and_shows_what_was_so(family: Family) -> None:
    with family.opened() as (household, actor):
        save_profile(household, {"cause_note": "旧时的话"}, actor=actor, valid_from=SINCE)
        new = {"cause_note": "如今的话", "main_cause": Cause.ILLNESS}
        save_profile(household, new, actor=actor, valid_from=today())
    then, now = text_on(family, THEN), text_on(family, None)
    assert ("贫困户登记表" in then, "监测对象信息采集表" in now) == (True, True)
    assert ("旧时的话" in then, "如今的话" in then) == (True, False)
    assert ("旧时的话" in now, "如今的话" in now) == (False, True)
    assert "2020年12月31日的情况" in then.replace("\u00a0", "")
    assert "A4姓名" in then
    assert "A4" not in now


def test_the_handbook_of_then_is_called_as_it_was(family: Family) -> None:
    assert "扶贫手册" in text_on(family, THEN, PaperKind.HANDBOOK)


def test_the_head_of_then_stands_on_the_paper_of_then(family: Family) -> None:
    with family.opened() as (household, actor):
        family.with_number(family.spouse, n=202, born=date(1972, 1, 31), actor=actor)
        change_head(household, family.member(family.spouse), actor=actor, happened_on=today(), reason="外出")
    assert "户主韦大山" in text_on(family, THEN)
    assert "户主黄小妹" in text_on(family, None)


@pytest.mark.parametrize("day", [SINCE - timedelta(days=1), date(2100, 1, 1)])
def test_no_paper_of_a_day_on_which_nothing_was_on_file(family: Family, day: date) -> None:
    with pytest.raises(NotValid) as refusal:
        text_on(family, day)
    assert list(refusal.value.errors) == ["as_of"]


def test_the_record_of_a_print_says_of_which_day_it_speaks(family: Family) -> None:
    days = []
    for day in (None, THEN):
        text_on(family, day)
        with unit_of_work(SYSTEM):
            days.append(version_of(published_records(f"household/{family.id}", limit=1)[0]).as_of)
    assert days == [None, THEN]


def test_the_page_asks_for_the_day_and_refuses_one_too_early(family: Family, app: Any) -> None:
    officer, path = sign_in(app.test_client(), family.people.author), f"/desk/households/{family.id}/papers"
    assert f'value="{today_of()}"' in officer.get(path).get_data(as_text=True)
    sent = {"paper": "handbook", "purpose": "copy", "language": "zh"}
    assert officer.post(f"{path}/print", data=sent | {"as_of": "2020-12-31"}).mimetype == "application/pdf"
    assert officer.post(f"{path}/print", data=sent).mimetype == "application/pdf"
    refused = officer.post(f"{path}/print?lang=zh", data=sent | {"as_of": "2019-01-01"})
    assert refused.status_code == 422
    assert "这一天还没有这户的档案" in refused.get_data(as_text=True)


def today_of() -> str:
    with unit_of_work(SYSTEM):
        return today().isoformat()
