"""The pages of papers: print for a purpose, hand in what was signed, see whether a paper is of the newest version."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note, published_records
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household
from registry.queries.papers import PrintedVersion, papers_of
from registry.services.papers import record_print
from tests.factories.needs import People, make_household
from tests.factories.papers import photograph
from tests.factories.people import VILLAGE, acting, make_person, sign_in
from tests.reports.pdf_text import page_texts


@pytest.fixture
def household_id(people: People) -> UUID:
    return make_household(people.author, head_name="韦大妹")


def version_of(people: People, household_id: UUID) -> PrintedVersion:
    with acting(people.author):
        household = db.session.get_one(Household, household_id)
        return record_print(household, PaperKind.HOUSEHOLD_FORM, purpose=PrintPurpose.SIGNING)


def qr_path(version: PrintedVersion) -> str:
    return f"/v/{version.stream}/{version.seq}/{version.hash.hex()[:8]}"


def day() -> str:
    with unit_of_work(SYSTEM):
        return today().isoformat()


def test_a_paper_is_printed_for_a_purpose_and_kept_by_no_browser(people: People, app: Any, household_id: UUID) -> None:
    officer = sign_in(app.test_client(), people.author)
    path = f"/desk/households/{household_id}/papers"
    assert "打印表册" in officer.get(f"{path}?lang=zh").get_data(as_text=True)
    answer = officer.post(f"{path}/print", data={"paper": "handbook", "purpose": "copy", "language": "zh"})
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "application/pdf",
        "no-store",
    )
    assert "帮扶手册" in page_texts(answer.data)[0]
    with unit_of_work(SYSTEM):
        assert published_records(f"household/{household_id}", limit=1)[0].reason == "copy"


def test_without_a_purpose_nothing_is_printed(people: People, app: Any, household_id: UUID) -> None:
    officer = sign_in(app.test_client(), people.author)
    answer = officer.post(f"/desk/households/{household_id}/papers/print", data={"paper": "handbook", "language": "zh"})
    assert answer.status_code == 422
    with unit_of_work(SYSTEM):
        assert published_records(f"household/{household_id}", limit=1)[0].kind != "household.printed"


def test_the_code_on_a_paper_says_nothing_to_strangers(people: People, app: Any, household_id: UUID) -> None:
    version = version_of(people, household_id)
    assert app.test_client().get(qr_path(version)).status_code == 401
    assert app.test_client().get("/v/household/00000000-0000-0000-0000-000000000000/1/00000000").status_code == 401
    neighbour = make_person(Role.VILLAGE_OFFICER, "451028101200")
    assert sign_in(app.test_client(), neighbour).get(qr_path(version)).status_code == 404


def test_an_officer_sees_by_the_code_whether_the_paper_is_the_newest(
    people: People, app: Any, household_id: UUID
) -> None:
    version = version_of(people, household_id)
    officer = sign_in(app.test_client(), people.author)
    page = officer.get(f"{qr_path(version)}?lang=zh").get_data(as_text=True)
    assert "打印之后没有改动" in page
    with acting(people.author):
        note(db.session.get_one(Household, household_id), "living_conditions.created")
    page = officer.get(f"{qr_path(version)}?lang=zh").get_data(as_text=True)
    assert "打印之后改过 1 处" in page


def test_a_code_whose_stamp_was_altered_is_not_found(people: People, app: Any, household_id: UUID) -> None:
    version = version_of(people, household_id)
    path = f"/v/{version.stream}/{version.seq}/ffffffff"
    assert sign_in(app.test_client(), people.author).get(path).status_code == 404


def test_a_signed_paper_is_handed_in_and_looked_at(people: People, app: Any, household_id: UUID) -> None:
    version = version_of(people, household_id)
    officer = sign_in(app.test_client(), people.author)
    path = f"/desk/households/{household_id}/papers"
    assert version.number in officer.get(f"{path}?number={version.number}").get_data(as_text=True)
    body = {"number": version.number, "signed_on": day(), "pages": (BytesIO(photograph()), "one.jpg")}
    assert officer.post(path, data=body).status_code == 303
    with unit_of_work(SYSTEM):
        paper = papers_of(version.stream)[0]
    assert version.number in officer.get(path).get_data(as_text=True)
    assert officer.post(f"{path}/{paper.id}/show", data={}).status_code == 422
    shown = officer.post(f"{path}/{paper.id}/show", data={"purpose": "inspection"})
    assert (shown.status_code, shown.mimetype, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")


def test_a_wrong_number_stays_typed_with_its_reason_beside_it(people: People, app: Any, household_id: UUID) -> None:
    officer = sign_in(app.test_client(), people.author)
    body = {"number": "99-0000-0000", "signed_on": day(), "pages": (BytesIO(photograph()), "one.jpg")}
    answer = officer.post(f"/desk/households/{household_id}/papers?lang=zh", data=body)
    assert answer.status_code == 422
    assert "99-0000-0000" in answer.get_data(as_text=True)
    assert "没有打印过这个版本号" in answer.get_data(as_text=True)


def test_blank_forms_and_the_villages_form_are_printed(people: People, app: Any) -> None:
    officer = sign_in(app.test_client(), people.author)
    assert officer.get(f"/desk/villages/{VILLAGE}/papers").status_code == 200
    blank = officer.get("/desk/papers/blank/register/household_form.pdf?lang=zh")
    assert "贫困户登记表" in page_texts(blank.data)[0]
    printed = officer.post(f"/desk/villages/{VILLAGE}/papers/print", data={"year": "2013", "language": "zh"})
    assert "贫困村登记表" in page_texts(printed.data)[0]
    assert app.test_client().get("/desk/papers/blank/register/household_form.pdf").status_code == 401


def test_blank_forms_are_called_as_officials_call_them(people: People, app: Any) -> None:
    """Those of today first; the names of 2014 stand under their year."""
    page = sign_in(app.test_client(), people.author).get(f"/desk/villages/{VILLAGE}/papers?lang=zh").get_data(True)
    today_part, _, old_part = page.partition("2014 年建档立卡")
    for name in ("监测对象信息采集表", "帮扶手册", "帮扶明白卡", "受理回执", "民主评议会议记录", "公示表", "公告"):
        assert f">{name}</a>" in today_part, name
    for name in ("贫困户登记表", "扶贫手册", "扶贫明白卡", "贫困村登记表"):
        assert f">{name}</a>" in old_part, name
        assert name not in today_part


def test_a_signed_paper_stays_with_its_version_while_the_file_goes_on(
    people: People, app: Any, household_id: UUID
) -> None:
    """Print, change, hand in, print anew: the photograph belongs to what was signed, and the page says it is old."""
    old = version_of(people, household_id)
    officer, path = sign_in(app.test_client(), people.author), f"/desk/households/{household_id}/papers"
    with acting(people.author):
        note(db.session.get_one(Household, household_id), "living_conditions.created")
    new = version_of(people, household_id)
    for version, picture in ((old, photograph()), (new, photograph())):
        body = {"number": version.number, "signed_on": day(), "pages": (BytesIO(picture), "one.jpg")}
        assert officer.post(path, data=body).status_code == 303
    page = officer.get(f"{path}?lang=zh").get_data(as_text=True)
    newer, older = page.split(f"版本 {old.number}")
    assert "打印之后没有改动" in newer
    assert "打印之后又改过 1 处" in older
    with unit_of_work(SYSTEM):
        kept = {paper.seq: paper for paper in papers_of(old.stream)}
    assert (kept[old.seq].hash, kept[new.seq].hash) == (old.hash, new.hash)
    scanned = officer.get(f"{qr_path(old)}?lang=zh").get_data(as_text=True)
    assert "打印之后改过 1 处" in scanned
    assert "共 1 页" in scanned
    shown = officer.post(f"{path}/{kept[old.seq].id}/show", data={"purpose": "copy"})
    assert shown.mimetype == "image/jpeg"
    with unit_of_work(SYSTEM):
        row = published_records(old.stream, limit=1)[0]
    assert (row.kind, row.payload["seq"], row.reason) == ("household.paper_shown", old.seq, "copy")


def test_each_page_of_a_signed_paper_is_asked_for_with_one_purpose(
    people: People, app: Any, household_id: UUID
) -> None:
    version = version_of(people, household_id)
    officer, path = sign_in(app.test_client(), people.author), f"/desk/households/{household_id}/papers"
    pages = [(BytesIO(photograph()), "one.jpg"), (BytesIO(photograph()), "two.jpg")]
    assert officer.post(path, data={"number": version.number, "signed_on": day(), "pages": pages}).status_code == 303
    page = officer.get(path).get_data(as_text=True)
    with unit_of_work(SYSTEM):
        ids = [paper.id for paper in papers_of(version.stream)]
    assert [f'formaction="{path}/{key}/show"' in page for key in ids] == [True, True]
    assert page.count('id="purpose-') == 1
