"""Public pages: a title that is the heading, the right status, nobody's identity, both languages."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from core.db import db, unit_of_work
from core.policy import SYSTEM
from needs.models import Need
from needs.services import withdraw_need, withdraw_publication_consent
from pledges.choices import Outcome
from tests.factories.needs import make_published
from tests.factories.people import VILLAGE, acting, sign_in
from tests.factories.pledges import Scene

PAGES = (
    "/",
    "/needs",
    "/needs?region=451028100&category=daily_necessities&level=household",
    "/needs?status=fulfilled",
    "/needs/places",
    "/needs/filter",
    "/fulfilled",
    "/stats",
    "/stats?region=451028100",
    "/open-data",
    "/help",
    *(
        f"/help/{audience}"
        for audience in (
            "household",
            "public",
            "person",
            "organisation",
            "cadre",
            "village-officer",
            "township",
            "county",
            "evaluator",
        )
    ),
    "/report",
    "/report/sent",
    f"/villages/{VILLAGE}",
    f"/villages/{VILLAGE}?tab=fulfilled",
    "/villages/451028100000",
    "NEED",
    "RECORDS",
)


def address_of(page: str, scene: Scene) -> str:
    return {"NEED": f"/needs/{scene.need_id}", "RECORDS": f"/records/need/{scene.need_id}"}.get(page, page)


def found_in(page: str, pattern: str) -> str:
    match = re.search(pattern, page, re.DOTALL)
    assert match is not None, f"nothing like {pattern}"
    return " ".join(unescape(re.sub(r"<[^>]+>", "", match.group(1))).replace("\u00a0", " ").split())


def test_every_page_has_one_heading_which_is_its_title_in_both_languages(scene: Scene, client: FlaskClient) -> None:
    for language, name in (("zh", "结对"), ("en", "Jiedui")):
        for page in PAGES:
            url = address_of(page, scene)
            response = client.get(f"{url}{'&' if '?' in url else '?'}lang={language}")
            assert (url, response.status_code) == (url, 200)
            heading = found_in(response.text, r"<h1>(.*?)</h1>")
            assert len(re.findall("<h1", response.text)) == 1, url
            assert found_in(response.text, r"<title>(.*?)</title>") == f"{heading} - {name}", url
            assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in response.text


def test_an_english_page_holds_no_chinese_but_names_and_texts_that_people_wrote(
    scene: Scene, client: FlaskClient
) -> None:
    for page in ("/help", "/help/public", "/help/cadre", "/report", "/open-data"):
        text = client.get(f"{page}?lang=en").text
        assert re.findall("[\u4e00-\u9fff]", text[text.index("<main") : text.index("</main>")]) == [], page


def test_empty_pages_say_so_and_work(client: FlaskClient) -> None:
    for page in ("/", "/needs", "/needs/places", "/needs/filter", "/fulfilled", "/stats", "/open-data"):
        assert client.get(page).status_code == 200


NOBODY = "00000000-0000-4000-8000-000000000000"


def test_what_is_not_there_is_404(scene: Scene, client: FlaskClient) -> None:
    for page in (
        "/villages/451028",
        "/villages/abc",
        "/villages/999999999999",
        "/help/nobody",
        "/open-data/needs.exe",
        "/records/need/1",
        "/records/pairing/x",
        "/records/nothing/y",
        f"/needs/{NOBODY}",
        f"/records/need/{NOBODY}",
        f"/needs/{scene.need_id}/photos/{NOBODY}",
    ):
        assert (page, client.get(page).status_code) == (page, 404)


def test_no_public_page_or_file_names_the_household_the_cadre_or_the_contact(
    scene: Scene, client: FlaskClient, settle: Callable[[], None]
) -> None:
    scene.awaiting("2")
    settle()
    urls = [address_of(page, scene) for page in PAGES]
    urls += ["/feeds/needs.atom", f"/records/need/{scene.need_id}/export", "/api/v1/stats"]
    urls += [f"/api/v1/records?stream=need/{scene.need_id}"]
    texts = {url: client.get(url).text for url in urls}
    for canary in ("韦某某", "13900000000", str(scene.cadre), str(scene.household_id), str(scene.pairing_id)):
        assert [url for url, text in texts.items() if canary in text] == [], canary


def test_a_need_s_page_shows_sums_chain_checks_and_history(scene: Scene, client: FlaskClient) -> None:
    delivery_id, slip = scene.awaiting("2")
    scene.say(slip.digits, Outcome.RECEIVED)
    text = client.get(f"/needs/{scene.need_id}?lang=en").text
    plain = unescape(re.sub(r"<[^>]+>", "", text)).replace("\u00a0", " ")
    for words in (
        "4 quilts still needed",
        "Paired cadre, county unit",
        "Pledged 2 quilts, delivered 2 quilts, confirmed 2 quilts.",
        "The household confirmed 2 quilts",
        "Checked on site",
        "neither the author nor the verifier",
        "records",
    ):
        assert words in plain, words


def test_a_need_whose_household_withdrew_its_consent_is_gone_everywhere_at_once(
    scene: Scene, client: FlaskClient
) -> None:
    with acting(scene.people.author) as actor:
        withdraw_publication_consent(scene.household_id, actor=actor)
    for url in (f"/needs/{scene.need_id}", f"/records/need/{scene.need_id}", f"/records/need/{scene.need_id}/export"):
        assert client.get(url).status_code == 410, url
    assert client.get(f"/api/v1/records?stream=need/{scene.need_id}").status_code == 410
    assert str(scene.need_id) not in client.get("/needs").text + client.get("/feeds/needs.atom").text


def test_a_withdrawn_need_keeps_its_page_only_where_something_was_pledged(scene: Scene, client: FlaskClient) -> None:
    other = make_published(scene.people, scene.household_id, item_code=None, title="书桌一张")
    delivered = scene.deliver(scene.agreed("2"))
    assert delivered
    for need_id in (scene.need_id, other):
        withdraw(scene.people.approver, need_id)
    response = client.get(f"/needs/{scene.need_id}")
    assert response.status_code == 200
    assert "旧被子不够暖" not in response.text
    assert client.get(f"/needs/{other}").status_code == 404


def withdraw(approver: UUID, need_id: UUID) -> None:
    with acting(approver) as actor:
        withdraw_need(db.session.get_one(Need, need_id), actor=actor, reason="not_needed")


def test_a_fully_pledged_need_offers_to_follow_the_place_instead_of_the_form(scene: Scene, client: FlaskClient) -> None:
    scene.agreed("6")
    text = client.get(f"/needs/{scene.need_id}?lang=en").text
    assert "Everything is pledged" in text
    # A village with fewer than five households shows as its township (workflows.md, doubts 9).
    assert "/feeds/needs.atom?region=451028100000" in text
    assert 'data-sticky="#pledge"' not in text


def test_the_records_page_tells_that_the_chain_holds_and_offers_what_checks_it(
    scene: Scene, client: FlaskClient, tmp_path: Any
) -> None:
    page = client.get(f"/records/need/{scene.need_id}?lang=en")
    assert "link up and are unchanged" in page.text
    export = client.get(f"/records/need/{scene.need_id}/export")
    verifier = client.get("/records/verifier")
    (tmp_path / "export.jsonl").write_text(export.text, encoding="utf-8")
    (tmp_path / "verify_records.py").write_text(verifier.text, encoding="utf-8")
    import subprocess
    import sys

    run = [sys.executable, "-I", str(tmp_path / "verify_records.py"), str(tmp_path / "export.jsonl")]
    assert subprocess.run(run, capture_output=True, check=False).returncode == 0
    lines = export.text.replace('"role":"', '"role":"x', 1)
    (tmp_path / "export.jsonl").write_text(lines, encoding="utf-8")
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1


def test_streams_of_pairings_households_and_accounts_are_not_there_for_the_public(
    scene: Scene, client: FlaskClient
) -> None:
    streams = (f"pairing/{scene.pairing_id}", f"household/{scene.household_id}", f"account/{scene.cadre}")
    for stream in streams:
        assert client.get(f"/records/{stream}").status_code == 404
        assert client.get(f"/api/v1/records?stream={stream}").status_code == 404
    sign_in(client, scene.people.author)
    assert client.get(f"/records/pairing/{scene.pairing_id}").status_code == 200
    assert client.get(f"/records/household/{scene.household_id}").status_code == 200


def test_a_report_is_taken_without_a_name_and_refused_without_words(scene: Scene, client: FlaskClient) -> None:
    assert client.get("/report?page=/needs/1").text.count("/needs/1") > 0
    refused = client.post("/report", data={"text": "", "page": "/needs/1"})
    assert refused.status_code == 422
    assert "/needs/1" in refused.text
    sent = client.post("/report", data={"text": "村部说还没到，页面写着已送达。"})
    assert (sent.status_code, sent.location) == (303, "/report/sent")


def test_a_pledge_s_record_names_who_agreed_to_be_named(scene: Scene, client: FlaskClient) -> None:
    scene.offer("2")
    with unit_of_work(SYSTEM):
        from donors.queries import find_donor, public_name

        name = public_name(find_donor(scene.donor_id))  # type: ignore[arg-type]  # it is there
    assert name in unescape(client.get(f"/needs/{scene.need_id}").text)
