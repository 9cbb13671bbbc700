"""Files of runs: every wrong cell named, every place there once (issue 3, quotas)."""

import pytest

from core.db import unit_of_work
from core.i18n import use_locale
from core.policy import SYSTEM
from identification.quotas.columns import column_word, columns
from identification.quotas.input_files import CellError, WrongCells, read_table
from identification.quotas.levels import QuotaLevel
from identification.services.quotas import decoded, read_inputs
from regions.services import close_region
from tests.factories.places import COUNTY, lay_places
from tests.factories.quotas import COUNTIES_CSV, VILLAGES_CSV, WEIGHTS

FACTORS = tuple(WEIGHTS)


def said(errors: list[CellError]) -> list[tuple[int, str, str]]:
    with use_locale("en"):
        return [(error.line, error.column, str(error.message)) for error in errors]


def village_errors(text: str) -> list[tuple[int, str, str]]:
    return said(read_table(QuotaLevel.VILLAGES, text.splitlines(), factors=FACTORS).wrong)


def test_every_wrong_cell_is_named() -> None:
    head = VILLAGES_CSV.splitlines()[0]
    found = village_errors(
        f"{head}\n45102,x,400,40,0.3,,0.8,\n451028100201,980,26,40,much,-1,0.6,\n\n451028100201,1,1,1,1e3,,.5,\n"
    )
    assert found == [
        (2, "code", "“45102” is no region code."),
        (2, "population", "“x” is no whole number."),
        (3, "sampled", "More households were sampled (40) than there are (26)."),
        (3, "dilapidated_houses", "“much” is no decimal number."),
        (3, "dilapidated_houses_se", "“-1” is no decimal number."),
        (5, "code", "451028100201 stands in the file a second time."),
        (5, "dilapidated_houses", "“1e3” is no decimal number."),
        (5, "farmland", "“.5” is no decimal number."),
    ]


def test_missing_columns_are_named_at_once() -> None:
    assert village_errors("code,population\n451028100200,1\n") == [
        (1, name, "The column is missing.") for name in ("households", "sampled", "dilapidated_houses", "farmland")
    ]


def test_numbers_are_read_as_people_write_them() -> None:
    read = read_table(QuotaLevel.COUNTIES, ["code,population,incidence", '４５１０２８,"320,000", 18.2% '])
    assert read.wrong == []
    assert (read.lines[0].code, read.lines[0].population) == ("451028000000", 320_000)
    assert read.lines[0].inputs == {"incidence": "0.182"}


def test_an_incidence_is_a_part_of_one() -> None:
    read = read_table(QuotaLevel.COUNTIES, ["code,population,incidence", "451028,320000,18.2"])
    assert [error.column for error in read.wrong] == ["incidence"]


def test_a_larger_float_needs_its_approval() -> None:
    rows = ["code,published,statistic,float,approval_ref", "45,100,200,0.3,", "46,100,200,0.3,No. 7", "44,1,1,,"]
    read = read_table(QuotaLevel.PROVINCES, rows)
    assert [(error.line, error.column) for error in read.wrong] == [(2, "approval_ref")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("level", list(QuotaLevel))
def test_headings_may_be_words_of_either_language(level: QuotaLevel, language: str) -> None:
    names = columns(level, FACTORS)
    with use_locale(language):
        head = ",".join(f'"{column_word(name)}"' for name in names)
    assert [error for error in read_table(level, [head], factors=FACTORS).wrong if error.line == 1] == []


def test_a_village_where_nobody_was_visited_says_so_in_one_line() -> None:
    read = read_table(QuotaLevel.VILLAGES_BY_SCORE, ["code,points,persons", "451028100200,,0", "451028100201,57,3"])
    assert read.wrong == []
    assert [line.inputs["scores"] for line in read.lines] == [[], [[57, 3]]]


def test_excel_files_of_chinese_offices_are_read() -> None:
    assert decoded("编码,户籍人口".encode("gb18030")) == "编码,户籍人口"
    assert decoded("\ufeffcode".encode()) == "code"
    with pytest.raises(WrongCells):
        decoded(b"\xff\xff\xff")


def refusals(text: str, level: QuotaLevel = QuotaLevel.VILLAGES, place: str = COUNTY) -> list[tuple[int, str, str]]:
    factors = FACTORS if level is QuotaLevel.VILLAGES else ()
    with unit_of_work(SYSTEM), pytest.raises(WrongCells) as refused:
        read_inputs(text, region_code=f"{place:0<12}", level=level, factors=factors)
    return said(refused.value.wrong)


@pytest.mark.usefixtures("database")
def test_places_that_are_missing_unknown_or_closed_are_named() -> None:
    lay_places()
    with unit_of_work(SYSTEM):
        from core.clock import today

        close_region("451028101201", on=today(), successors=["451028101200"])
    lines = VILLAGES_CSV.splitlines()
    strange = lines[1].replace("451028100200", "451029100200")
    assert refusals("\n".join([lines[0], strange, *lines[2:]])) == [
        (0, "code", "九利村民委员会 (451028100200) is missing."),
        (2, "code", "451029100200 is no place that takes part here."),
        (5, "code", "451028101201 was closed: the register has no such place any more."),
    ]


@pytest.mark.usefixtures("database")
def test_counties_must_all_be_there() -> None:
    lay_places()
    head, first, _second = COUNTIES_CSV.splitlines()
    assert [column for _line, column, _words in refusals(f"{head}\n{first}\n", QuotaLevel.COUNTIES, "45")] == ["code"]
    assert refusals("", QuotaLevel.COUNTIES, "45")[0][1:] == ("code", "The column is missing.")
