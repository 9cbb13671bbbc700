"""Texts of needs: security.md 5, domain.md 7.3 and 7.4. Two corpora, and properties over invented writings."""

from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needs.text_checks import FindingCode, finding_codes, findings

FOLDER = Path(__file__).parent


def corpus(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


EVASIONS = [tuple(line.split("\t", 1)) for line in corpus("evasions")]
HARMLESS = corpus("harmless")

WRITINGS = {digit: [digit, chr(ord("０") + int(digit))] for digit in "0123456789"}
for numerals in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨"):
    for number, character in enumerate(numerals):
        WRITINGS[str(number)].append(character)
GAPS = ["", "", "", " ", "-", ".", "·", "—", "★", "\u200b", "\u00ad", "_", "/", "转", "🌸"]


@st.composite
def written(draw: st.DrawFn, digits: str) -> str:
    """A number with each digit written in some way and something between some of them."""
    parts = [draw(st.sampled_from(WRITINGS[digit])) + draw(st.sampled_from(GAPS)) for digit in digits]
    return "".join(parts)


mobiles = st.builds(
    lambda second, rest: f"1{second}{rest}",
    st.sampled_from("3456789"),
    st.from_regex(r"[0-9]{9}", fullmatch=True),
)


def test_the_corpora_are_large_and_every_finding_has_its_evasions() -> None:
    assert len(EVASIONS) >= 200
    assert len(HARMLESS) >= 60
    assert {code for code, _ in EVASIONS} == {code.value for code in FindingCode}


@pytest.mark.parametrize(("code", "text"), EVASIONS, ids=[text for _, text in EVASIONS])
def test_an_evasion_is_seen(code: str, text: str) -> None:
    assert FindingCode(code) in finding_codes(text)


@pytest.mark.parametrize("text", HARMLESS, ids=HARMLESS)
def test_a_harmless_text_has_no_finding(text: str) -> None:
    assert findings(text) == []


def test_all_harmless_texts_together_have_no_finding() -> None:
    assert findings("。\n".join(HARMLESS)) == []


@given(mobiles.flatmap(written), st.sampled_from(HARMLESS[:20]))
def test_a_mobile_number_is_seen_however_it_is_written(number: str, text: str) -> None:
    """Beside other numbers it may read as one longer number; it never passes."""
    seen = {FindingCode.PHONE, FindingCode.ID_NUMBER, FindingCode.BANK_NUMBER}
    assert seen & finding_codes(f"{text}。{number}。")


@given(st.from_regex(r"6[0-9]{15,18}", fullmatch=True), st.sampled_from(["", " ", "-", "."]))
def test_an_account_number_is_seen_in_groups_of_four(number: str, gap: str) -> None:
    grouped = gap.join(number[i : i + 4] for i in range(0, len(number), 4))
    assert {FindingCode.BANK_NUMBER, FindingCode.ID_NUMBER} & finding_codes(f"农行 {grouped}")


@given(st.integers(50, 400), st.integers(50, 400), st.integers(1, 300), st.sampled_from(["厘米", "cm", "毫米"]))
def test_sizes_are_never_numbers_of_somebody(width: int, length: int, height: int, unit: str) -> None:
    assert findings(f"木床 1 张（{width}×{length}×{height} {unit}）") == []


@given(st.integers(1, 5000), st.decimals("0.1", "99", places=1), st.sampled_from(["床", "套", "袋", "株", "米"]))
def test_amounts_are_never_findings(count: int, weight: Decimal, unit: str) -> None:
    assert findings(f"要 {count} {unit}，每{unit} {weight} 公斤，共 {count} {unit}") == []


def test_a_span_points_into_the_text_as_it_was_typed() -> None:
    text = "缺冬被\u200b，请打１３８－０\u200b０００－１２３４，谢谢"
    (phone,) = [finding for finding in findings(text) if finding.code is FindingCode.PHONE]
    assert text[slice(*phone.span)] == "１３８－０\u200b０００－１２３４"


def test_the_x_at_the_end_belongs_to_the_id_number() -> None:
    text = "证件 45000019900101001X 的人"
    (number,) = findings(text)
    assert text[slice(*number.span)] == "45000019900101001X"


def test_findings_come_in_the_order_of_the_text() -> None:
    found = findings("加V：abc123，打 13800001234，六为村 3 组")
    assert [finding.code for finding in found] == [
        FindingCode.CONTACT,
        FindingCode.PHONE,
        FindingCode.EXACT_ADDRESS,
    ]
    assert found == sorted(found)


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in (finding.span for finding in findings(text)))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "一", "村", "孩子", "a", "微", "孙女小学", "1×", "第三", "@a.", "儿子abc"]
)
def test_a_long_text_of_one_piece_costs_no_more_than_its_square(piece: str) -> None:
    """Three times the length may cost nine times; a pattern that tries everything costs far more than sixteen."""
    short, long = (min(_cost(piece * (length // len(piece))) for _ in range(3)) for length in (600, 1800))
    assert long < 16 * short


def _cost(text: str) -> float:
    """Return the processor time of one look, whatever else the machine does."""
    started = process_time()
    findings(text)
    return process_time() - started
