"""`jiedui quotas split`: contracts.md, Commands."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.errors import Refused
from identification.cli import quotas
from identification.quotas.weights_file import WrongFile

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a call that writes a file and splits it."""

    def call(text: str, *arguments: str, total: int = 1200, encoding: str = "utf-8") -> Result:
        path = tmp_path / "weights.csv"
        path.write_bytes(text.encode(encoding))
        return CliRunner().invoke(quotas, ["split", str(path), "--total", str(total), *arguments])

    return call


VILLAGES = "code,weight,cap\nb,319.2,\na,333.2,\nc,265.2,\nd,320,300\n"


def test_the_quotas_come_in_the_order_of_the_file(run: Run) -> None:
    result = run(VILLAGES)
    assert result.exit_code == 0
    assert result.stdout == "code,quota\nb,313\na,327\nc,260\nd,300\n"


def test_a_file_and_an_answer_for_machines(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run(VILLAGES, "--out", str(out), "--json", "--method", "webster")
    assert json.loads(result.stdout)["method"] == "webster"
    assert sum(json.loads(result.stdout)["quotas"].values()) == 1200
    assert out.read_text(encoding="utf-8").startswith("code,quota\nb,")


def test_fractions_spaces_and_a_byte_order_mark_are_read(run: Run) -> None:
    result = run("\ufeffcap,name,weight,code\n,甲村,1/3,x\n5, 乙村 , 2/3 ,y\n", total=6)
    assert result.stdout == "code,quota\nx,2\ny,4\n"


def test_every_wrong_line_is_named(run: Run) -> None:
    result = run("code,weight,cap\na,1,\na,x,\n,1/0,\nb,-1,2.5\nc,1e3,\nd,,\n")
    assert isinstance(result.exception, WrongFile)
    assert str(result.exception.detail).splitlines() == [
        "line 3, code: a comes a second time",
        "line 3, weight: x is no decimal and no fraction such as 2/3",
        "line 4, code: a code is needed",
        "line 4, weight: 1/0 is no decimal and no fraction such as 2/3",
        "line 5, weight: -1 is no decimal and no fraction such as 2/3",
        "line 5, cap: 2.5 is no whole number of persons",
        "line 6, weight: 1e3 is no decimal and no fraction such as 2/3",
        "line 7, weight: nothing is no decimal and no fraction such as 2/3",
    ]


def test_a_missing_column_is_named(run: Run) -> None:
    result = run("code,cap\na,1\n", "--json")
    assert json.loads(result.stdout) == {
        "errors": [{"line": 1, "column": "weight", "message": "the column is missing"}]
    }


def test_another_encoding_is_said(run: Run) -> None:
    result = run("code,weight,cap\n甲,1,\n", encoding="gbk")
    assert (result.exit_code, "UTF-8" in result.stderr) == (1, True)


def test_no_room_for_all_is_refused(run: Run) -> None:
    result = run("code,weight,cap\na,1,5\n")
    assert isinstance(result.exception, Refused)
    assert result.exception.facts == {"total": 1200, "most": 5}


@pytest.mark.parametrize("arguments", [["--method", "adams"], ["--total", "-1"]])
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    assert run(VILLAGES, *arguments).exit_code == 2
