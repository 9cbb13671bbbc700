"""Several PDFs as one: pages in their order, whatever stands in them; anything that we did not write is refused."""

import pytest

from core.pdf_joining import NotOurs, joined_pdfs
from core.print import print_pdf
from tests.reports.pdf_text import page_texts

SLIP = dict.fromkeys(("lang", "site", "demo", "running", "subtitle", "record", "printed", "qr", "missing"), "")


def sheet(title: str, pages: int) -> dict[str, object]:
    blocks = [{"kind": "words", "paragraphs": [f"{title} (2 0 R) \\"]}, {"kind": "page"}] * pages
    return {**SLIP, "lang": "zh", "title": title, "wide": False, "page": "{page}/{pages}", "blocks": blocks}


def made(title: str, pages: int) -> bytes:
    return print_pdf("reports/print/form.typ", {"sheets": [sheet(title, pages)]}, tagged=False)


def test_the_pages_of_all_parts_follow_one_another() -> None:
    parts = [made("甲", 2), made("乙", 1), made("丙", 3)]
    assert page_texts(joined_pdfs(parts)) == [page for part in parts for page in page_texts(part)]


def test_each_object_is_found_where_the_table_says() -> None:
    whole = joined_pdfs([made("甲", 1)] * 3)
    table = int(whole.rsplit(b"startxref", 1)[1].split()[0])
    offsets = [int(line.split()[0]) for line in whole[table:].splitlines()[3:] if line.endswith(b"n ")]
    assert len(offsets) > 20
    assert all(whole[at:].startswith(b"%d 0 obj" % number) for number, at in enumerate(offsets, 1))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"x" * 3000])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotOurs):
        joined_pdfs([content])
