"""What the source may not do anywhere, read from its syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "platform").rglob("*.py"))
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Lists of words that are data of the demo and of tests, kept as Python because they are small.
DATA = frozenset({"platform/web/demo/names.py", "platform/web/demo/wishes.py"})
COMMITS = ("platform/core/db.py",)
# Roles, databases and migrations are made outside any unit of work.
OUTSIDE = ("platform/core/provision/", "platform/web/door/request.py", "platform/core/embedded_postgres/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield name_of(path), ast.parse(path.read_text("utf-8"))


def places(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in trees():
        yield from ((name, node) for node in ast.walk(tree) if isinstance(node, kind))


def test_no_python_file_says_anything_in_chinese() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, node in places(ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
        if name not in DATA
    ]
    assert found == [], "say it in English and put the Chinese into the catalogue"


def test_only_the_unit_of_work_commits() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, node in places(ast.Call)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        if name not in COMMITS and not name.startswith(OUTSIDE)
    ]
    assert found == [], "services never commit; the door does"


def assigned(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what an assignment writes to."""
    if isinstance(node, ast.Assign):
        yield from node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        yield node.target


def test_only_the_workflow_sets_a_stage() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        for target in assigned(node)
        if isinstance(target, ast.Attribute) and target.attr == "stage" and name != "platform/core/workflow.py"
    ]
    assert found == [], "fire a transition instead"


def test_no_call_sets_a_stage_past_the_workflow() -> None:
    """`setattr`, and bulk statements that name the column."""
    found = []
    for name, node in places(ast.Call):
        assert isinstance(node, ast.Call)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if called == "setattr" and "stage" in words:
            found.append(f"{name}:{node.lineno}")
        if called == "values" and any(keyword.arg == "stage" for keyword in node.keywords):
            found.append(f"{name}:{node.lineno}")
    assert found == []


STATEMENT = re.compile(r"UPDATE\s+\w+\s+SET\s[^;]*?\bstage\s*=", re.IGNORECASE)


def test_no_statement_in_text_sets_a_stage() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, node in places(ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value)
    ]
    assert found == []


APPEND = re.compile(r"\brecords\s*\.\s*append\s*\(|\bINTO\s+records\s*\.\s*(record|head|sealed)\b", re.IGNORECASE)


def test_only_the_record_writer_calls_the_append_function() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, node in places(ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and APPEND.search(node.value)
        if not name.startswith("platform/core/records/")
    ]
    assert found == []


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_nobody_else_takes_the_appending_module() -> None:
    found = [
        name
        for name, tree in trees()
        for imported in imports(tree)
        if imported.startswith("core.records.appending") and not name.startswith("platform/core/records/")
    ]
    assert found == []


DOOR = re.compile(r"^platform/(?!core/|web/)\w+/(views|api|cli|jobs|forms|schemas)(/|\.py)")


def test_doors_do_not_import_sqlalchemy() -> None:
    found = [
        f"{name}: {imported}"
        for name, tree in trees()
        if DOOR.match(name)
        for imported in imports(tree)
        if imported.split(".")[0] == "sqlalchemy"
    ]
    assert found == []


BELOW = re.compile(r"^platform/(?!core/|web/)\w+/(services|queries|policy|workflow|models|rules|text_checks)(/|\.py)")


def test_nobody_below_the_doors_imports_flask() -> None:
    found = [
        f"{name}: {imported}"
        for name, tree in trees()
        if BELOW.match(name)
        for imported in imports(tree)
        if imported.split(".")[0] in {"flask", "werkzeug", "wtforms", "flask_smorest"}
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (CHINESE, "需求"),
        (STATEMENT, "UPDATE need SET version = 2, stage = 'published'"),
        (APPEND, "SELECT records.append(:stream)"),
        (APPEND, "INSERT INTO records.record VALUES (1)"),
        (DOOR, "platform/needs/views/places.py"),
        (BELOW, "platform/needs/services/gate.py"),
    ],
)
def test_the_patterns_see_what_they_forbid(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
