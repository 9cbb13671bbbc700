"""The desk's pages: from a household on file to a published need, with the wrong turns."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.specimens import make_resident_id
from needs.models import Need
from registry.queries import find_card, find_replacement
from tests.factories.needs import (
    OTHER_VILLAGE,
    VILLAGE,
    People,
    make_draft,
    make_household,
    make_published,
    make_survey,
    submit,
    verify,
)
from tests.factories.people import make_person, sign_in

Browser = Callable[[UUID], "Page"]


class Page:
    """A signed-in browser that checks title and heading of whatever it sees."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> str:
        return self._seen(self.client.get(path), status)

    def post(self, path: str, form: dict[str, Any] | None = None, status: int = 302) -> str:
        answer = self.client.post(path, data=self._token() | (form or {}), content_type="multipart/form-data")
        return answer.headers["Location"] if status == 302 and answer.status_code == 302 else self._seen(answer, status)

    def _token(self) -> dict[str, str]:
        text = self.client.get("/desk/needs").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        return {"csrf_token": found[1]} if found else {}

    def _seen(self, answer: Any, status: int) -> str:
        text = answer.get_data(as_text=True)
        assert answer.status_code == status, re.findall(r"<h1>.*?</h1>|jd-error.*", text)
        title, heading = re.search(r"<title>(.*?)</title>", text, re.S), re.findall(r"<h1>(.*?)</h1>", text, re.S)
        assert title is not None
        assert len(heading) == 1
        assert heading[0].strip() in title[1]
        return text


@pytest.fixture
def browse(app: Any) -> Browser:
    """Open a browser for an account."""
    return lambda account_id: Page(sign_in(app.test_client(), account_id))


def day_text(days: int = 0) -> str:
    with unit_of_work(SYSTEM):
        return (today() + timedelta(days=days)).isoformat()


def the_need(need_id: str) -> Need:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Need, UUID(need_id))


def picture() -> tuple[BytesIO, str]:
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "JPEG")
    content.seek(0)
    return content, "quilt.jpg"


def test_a_household_comes_on_file_with_survey_and_card(people: People, browse: Browser) -> None:
    author, team = browse(people.author), browse(people.verifier)
    form = {"region_code": VILLAGE, "household_no": "T-1", "size": "3", "head_name": "韦小山"}
    refused = author.post("/desk/households/new", form | {"id_number": "123"}, 422)
    assert 'id="id_number-error"' in refused
    page = author.post("/desk/households/new", form | {"id_number": make_resident_id(5)})
    assert "韦小山" not in author.get(page)
    assert author.get("/desk/households?number=T-").count("T-1") >= 1
    survey = {"surveyed_on": day_text(), "second_visitor": "驻村队员", "causes": ["illness"], "items": ["publish"]}
    consent = {"given_by": "韦小山", "method": "thumbprint", "valid_until": day_text(300)}
    assert 'id="witness-error"' in author.post(f"{page}/survey", survey | consent, 422)
    assert author.post(f"{page}/survey", survey | consent | {"witness": "村委"}) == page
    assert team.post(f"{page}/card", {"given_on": day_text()}) == page
    with unit_of_work(SYSTEM):
        assert find_card(UUID(page.rsplit("/", 1)[1])) is not None


def test_a_name_is_shown_for_a_purpose_only(people: People, household: UUID, browse: Browser) -> None:
    page = browse(people.author)
    path = f"/desk/households/{household}"
    assert "韦某某" not in page.get(path)
    assert "韦某某" not in page.post(f"{path}/reveal", {"purpose": ""}, 422)
    answer = page.client.post(f"{path}/reveal", data={"purpose": "delivery"} | page._token())
    assert "韦某某" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_writes_needs_down_does_not_hand_the_card_over(
    people: People, household: UUID, browse: Browser
) -> None:
    make_draft(people.author, household)
    browse(people.author).post(f"/desk/households/{household}/card", {"given_on": day_text()}, 409)


def test_seven_steps_make_a_need(people: People, household: UUID, browse: Browser) -> None:
    page = browse(people.author)
    assert str(household) in page.get("/desk/needs/new")
    assert "industry" in page.get(f"/desk/needs/new/category?subject={household}")
    item = f"/desk/needs/new/item?subject={household}"
    page.get(f"{item}&category=daily_necessities")
    form = {"category": "daily_necessities", "item_code": "winter_quilt", "title": "冬被 2 床", "unit": "床"}
    page.post(item, form | {"quantity": "0"}, 422)
    why = page.post(item, form | {"quantity": "2", "unit_price": "160"})
    assert why.endswith("/why")
    draft = why.removesuffix("/why")
    page.get(why)
    told = page.post(why, {"description": "电话 13912345678"}, 422)
    assert 'id="description-error"' in told
    assert page.post(why, {"description": "旧被子不够暖，送到村部就行。"}) == f"{draft}/when"
    page.get(f"{draft}/when")
    bad = {"urgency": "routine", "needed_from": day_text(9), "needed_by": day_text(3)}
    page.post(f"{draft}/when", bad, 422)
    assert page.post(f"{draft}/when", {"urgency": "routine"}) == f"{draft}/consent"
    page.get(f"{draft}/consent")
    assert page.post(f"{draft}/consent", {"visibility": "public"}) == f"{draft}/check"
    assert "冬被" in page.get(f"{draft}/check")
    page.get(f"{draft}/item")
    assert page.post(f"{draft}/item", form | {"quantity": "3"}) == why
    assert page.post(f"{draft}/check") == draft
    assert the_need(draft.rsplit("/", 1)[1]).quantity == 3
    assert "冬被" in page.get("/desk/needs")
    page.get(draft)
    page.get(f"{draft}/check", 409)


def test_a_luxury_is_stopped_on_the_last_step(people: People, household: UUID, browse: Browser) -> None:
    need_id = make_draft(people.author, household, title="茅台酒 2 箱", item_code=None)
    page = browse(people.author)
    assert 'role="alert"' in page.post(f"/desk/needs/{need_id}/check", status=422)


@pytest.mark.parametrize(("title", "unit", "beside"), [("茅台酒 2 箱", "箱", "title"), ("冬被 2 床", "箱茅台", "unit")])
def test_a_luxury_is_named_beside_the_field_that_holds_it(
    people: People, household: UUID, browse: Browser, title: str, unit: str, beside: str
) -> None:
    page, form = browse(people.author), {"category": "daily_necessities", "quantity": "2", "title": title, "unit": unit}
    draft = f"/desk/needs/{make_draft(people.author, household)}"
    for path in (f"/desk/needs/new/item?subject={household}", f"{draft}/item"):
        told = page.post(path, form, 422)
        assert [name for name in ("title", "unit") if f'id="{name}-error"' in told] == [beside]
    assert page.post(f"{draft}/why", {"description": "旧被子不够暖，送到村部就行。"}) == f"{draft}/when"


def test_without_a_survey_the_form_leads_there(people: People, browse: Browser) -> None:
    household_id = make_household(people.author)
    text = browse(people.author).get(f"/desk/needs/new/category?subject={household_id}")
    assert f"/desk/households/{household_id}/survey" in text


def test_a_need_is_verified_with_a_picture_and_approved(people: People, household: UUID, browse: Browser) -> None:
    need_id = make_draft(people.author, household, unit_price=None)
    submit(people.author, need_id)
    path = f"/desk/needs/{need_id}"
    team, township = browse(people.verifier), browse(people.approver)
    team.get(f"{path}/verify")
    visit = {"visited_on": day_text(), "second_visitor": "村委委员"}
    assert 'id="pictures-error"' in team.post(f"{path}/verify", visit, 422)
    assert 'id="visited_on-error"' in team.post(f"{path}/verify", visit | {"visited_on": day_text(2)}, 422)
    assert team.post(f"{path}/verify", visit | {"pictures": picture()}) == path
    shown = township.get(f"{path}/approve")
    assert "checked" not in shown.split('id="decision"')[1].split("</fieldset>")[0]
    preview = re.search(rf'src="({path}/evidence/[^"]+)"', shown)
    assert preview is not None
    assert township.client.get(preview[1].replace("&amp;", "&")).mimetype == "image/jpeg"
    missing = township.post(f"{path}/approve", {"decision": "approve"}, 422)
    assert 'id="reason_picture_dates-error"' in missing
    reasons = {"decision": "approve", "reason_picture_dates": "已向村里核对"}
    assert township.post(f"{path}/approve", reasons) == path
    assert the_need(str(need_id)).stage.value == "published"


def test_no_decision_is_an_error_and_a_return_needs_words(people: People, household: UUID, browse: Browser) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    page, path = browse(people.approver), f"/desk/needs/{need_id}"
    page.post(f"{path}/approve", {}, 422)
    page.post(f"{path}/approve", {"decision": "return"}, 422)
    page.post(f"{path}/approve", {"decision": "reject"}, 422)
    assert page.post(f"{path}/approve", {"decision": "return", "reason": "照片看不清"}) == path
    assert "照片看不清" in browse(people.author).get("/desk/needs")


def test_an_author_sees_why_he_cannot_verify_his_own_need(people: People, household: UUID, browse: Browser) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    page = browse(people.author)
    text = page.get(f"/desk/needs/{need_id}?lang=en")
    assert "You entered this need, so somebody else must verify it." in text
    visit = {"visited_on": day_text(), "second_visitor": "村委委员", "paper_no": "1"}
    page.post(f"/desk/needs/{need_id}/verify", visit, 409)


def test_another_village_sees_nothing(people: People, household: UUID, browse: Browser) -> None:
    need_id = make_published(people, household)
    page = browse(make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE))
    for path in (f"/desk/households/{household}", f"/desk/needs/{need_id}", f"/desk/villages/{VILLAGE}"):
        page.get(path, 404)


def test_a_sheet_approves_ticked_lines_and_a_drawn_one_is_visited(people: People, browse: Browser) -> None:
    for _ in range(2):
        household_id = make_household(people.author)
        make_survey(people.author, household_id)
        need_id = make_draft(people.author, household_id)
        submit(people.author, need_id)
        verify(people.verifier, need_id)
    page, path = browse(people.approver), f"/desk/villages/{VILLAGE}"
    assert f"{path}/sheet" in page.get(path)
    lines = re.findall(r'name="need_ids"[^>]*value="([^"]+)"', page.get(f"{path}/sheet"))
    assert len(lines) == 2
    page.post(f"{path}/sheet", {}, 422)
    assert page.post(f"{path}/sheet", {"need_ids": lines}) == f"{path}/sheet"
    drawn = [line for line in lines if the_need(line).revisit_drawn]
    assert len(drawn) == 1
    page.get(f"/desk/needs/{drawn[0]}/revisit")
    seen = {"visited_on": day_text(), "finding": "as_written"}
    assert page.post(f"/desk/needs/{drawn[0]}/revisit", seen) == f"/desk/needs/{drawn[0]}"


def test_a_village_has_its_own_survey_and_needs(people: People, browse: Browser) -> None:
    page, path = browse(people.author), f"/desk/villages/{VILLAGE}"
    page.get(f"{path}/survey")
    page.post(f"{path}/survey", {"surveyed_on": day_text()}, 422)
    assert page.post(f"{path}/survey", {"surveyed_on": day_text(), "second_visitor": "驻村队员"}) == path
    page.get(f"/desk/needs/new/category?subject={VILLAGE}")


def test_officers_withdraw_with_a_reason_and_take_down_at_the_households_word(
    people: People, household: UUID, browse: Browser
) -> None:
    first, second = make_published(people, household), make_published(people)
    page = browse(people.author)
    page.get(f"/desk/needs/{second}/withdraw")
    page.post(f"/desk/needs/{second}/withdraw", {"reason": ""}, 422)
    page.post(f"/desk/needs/{second}/withdraw", {"reason": "已由公家解决"})
    page.post(f"/desk/households/{household}/withdraw-consent")
    assert {the_need(str(need_id)).stage.value for need_id in (first, second)} == {"withdrawn"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_speaks_both_languages(people: People, household: UUID, browse: Browser, language: str) -> None:
    need_id = make_draft(people.author, household)
    page = browse(people.author)
    for path in (
        "/desk/households",
        "/desk/households/new",
        f"/desk/households/{household}",
        f"/desk/households/{household}/survey",
        f"/desk/households/{household}/card",
        "/desk/needs",
        "/desk/needs/new",
        f"/desk/needs/{need_id}",
        f"/desk/needs/{need_id}/check",
        f"/desk/villages/{VILLAGE}",
    ):
        text = page.get(f"{path}?lang={language}")
        assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}"' in text


def test_replacing_a_card_names_a_second_officer(people: People, household: UUID, browse: Browser) -> None:
    team, path = browse(people.verifier), f"/desk/households/{household}/card"
    team.post(path, {"given_on": day_text()})
    assert 'id="second_officer-error"' in team.post(path, {"reason": "lost"}, 422)
    team.post(path, {"reason": "lost", "second_officer": str(people.author)})
    with unit_of_work(SYSTEM):
        card, wish = find_card(household), find_replacement(household)
        assert card is not None
        assert wish is not None
        assert (card.second_officer, wish.asked_by, wish.second_officer) == (None, people.verifier, people.author)
