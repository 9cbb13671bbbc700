"""A signed paper comes back as photographs bound to the version that was printed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotValid
from core.files import StoredFile, read_file
from core.policy import SYSTEM
from core.records import note, published_records
from registry.choices import ErasureReason
from registry.choices.papers import PaperKind, PrintPurpose
from registry.models import Household, SignedPaper
from registry.queries.papers import PrintedVersion, changes_after, find_version, papers_of, read_number
from registry.services import agree_erasure, ask_erasure
from registry.services.papers import keep_paper, record_print, show_paper
from tests.factories.needs import People, make_household
from tests.factories.papers import photograph
from tests.factories.people import acting, make_person


def printed(household_id: UUID, people: People) -> PrintedVersion:
    with acting(people.author):
        household = db.session.get_one(Household, household_id)
        return record_print(household, PaperKind.HOUSEHOLD_FORM, purpose=PrintPurpose.SIGNING)


def kept(household_id: UUID, people: People, number: str, **overrides: Any) -> list[UUID]:
    with acting(people.author) as actor:
        days = overrides.pop("days", 0)
        values = {"signed_on": today() + timedelta(days=days), "pages": [photograph(), photograph()]} | overrides
        household = db.session.get_one(Household, household_id)
        return [paper.id for paper in keep_paper(household, actor=actor, number=number, **values)]


@pytest.fixture
def household_id(people: People) -> UUID:
    return make_household(people.author)


def test_a_print_is_a_record_and_its_number_names_it(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    with unit_of_work(SYSTEM):
        newest = published_records(f"household/{household_id}", limit=1)[0]
        found = find_version(version.stream, *(read_number(version.number) or (0, "")))
    assert (newest.kind, newest.reason, newest.hash) == ("household.printed", "signing", version.hash)
    assert found is not None
    assert (found.hash, found.kind, found.purpose) == (version.hash, PaperKind.HOUSEHOLD_FORM, "signing")


@pytest.mark.parametrize("words", ["17-3fa9-c2d4", " 17-3FA9 C2D4", "17-3fa9c2d4"])
def test_a_number_is_read_as_people_type_it(words: str) -> None:
    assert read_number(words) == (17, "3fa9c2d4")


@pytest.mark.parametrize("words", ["", "17", "17-3fa9", "x-3fa9c2d4", "17-3fa9c2dg", "-3fa9c2d4"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert read_number(words) is None


def test_a_signed_paper_keeps_the_hash_of_its_version(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    kept(household_id, people, version.number)
    with unit_of_work(SYSTEM):
        papers = papers_of(version.stream)
        newest = published_records(version.stream, limit=1)[0]
    assert [(paper.seq, paper.hash, paper.page_no) for paper in papers] == [
        (version.seq, version.hash, 1),
        (version.seq, version.hash, 2),
    ]
    assert (newest.kind, newest.payload["seq"], newest.payload["pages"]) == ("household.paper_kept", version.seq, 2)


def test_further_pages_of_a_paper_are_counted_on(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    kept(household_id, people, version.number)
    kept(household_id, people, version.number, pages=[photograph()])
    with unit_of_work(SYSTEM):
        assert [paper.page_no for paper in papers_of(version.stream)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "1-00000000"}, "number"),
        ({"number": "nothing"}, "number"),
        ({"days": 1}, "signed_on"),
        ({"days": -1}, "signed_on"),
        ({"pages": []}, "pages"),
        ({"pages": [b"no picture"]}, "pages"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    people: People, household_id: UUID, change: dict[str, Any], field: str
) -> None:
    version = printed(household_id, people)
    values = {"number": version.number} | change
    with pytest.raises(NotValid) as refusal:
        kept(household_id, people, **values)
    assert list(refusal.value.errors) == [field]


def test_the_paper_of_another_household_is_refused(people: People, household_id: UUID) -> None:
    version = printed(make_household(people.author), people)
    with pytest.raises(NotValid):
        kept(household_id, people, version.number)


def test_what_was_said_anew_after_the_signature_is_counted(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    printed(household_id, people)
    with unit_of_work(SYSTEM):
        assert changes_after(version.stream, version.seq) == []
    with acting(people.author):
        note(db.session.get_one(Household, household_id), "living_conditions.created")
    with unit_of_work(SYSTEM):
        assert [row.kind for row in changes_after(version.stream, version.seq)] == ["living_conditions.created"]


def test_the_photograph_is_sealed_and_a_look_at_it_recorded(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    paper_id = kept(household_id, people, version.number)[0]
    with acting(people.author) as actor:
        paper = db.session.get_one(SignedPaper, paper_id)
        assert not read_file(paper.file_id)[1].startswith(b"\xff\xd8")
        household = db.session.get_one(Household, household_id)
        mime, content = show_paper(paper, household, actor=actor, purpose=PrintPurpose.INSPECTION)
    assert (mime, content[:2]) == ("image/jpeg", b"\xff\xd8")
    with unit_of_work(SYSTEM):
        assert published_records(version.stream, limit=1)[0].kind == "household.paper_shown"


def test_papers_go_with_the_household(people: People, household_id: UUID) -> None:
    version = printed(household_id, people)
    file_ids = []
    for paper_id in kept(household_id, people, version.number):
        with unit_of_work(SYSTEM):
            file_ids.append(db.session.get_one(SignedPaper, paper_id).file_id)
    with acting(people.county) as actor:
        household = db.session.get_one(Household, household_id)
        order = ask_erasure(household, actor=actor, reason=ErasureReason.ENTERED_WRONGLY)
    with acting(make_person(Role.COUNTY_OFFICER)) as actor:
        agree_erasure(db.session.merge(order), actor=actor)
    with unit_of_work(SYSTEM):
        assert papers_of(version.stream) == []
        assert db.session.get_one(StoredFile, file_ids[0]).caption == ""
