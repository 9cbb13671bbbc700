"""Every route: who may enter, and how its address is written."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from core.errors import StartupRefused
from core.policy import Access, public
from web.app import refuse_undeclared_routes

ALLOWED_KINDS = {"public", "signed_in", "permission"}
SEGMENT = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$")
PARAMETER = re.compile(r"<(?:(?P<type>[a-z_]+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
# Held by people and printed on slips: their form is checked where they are looked up.
UNTYPED: set[str] = set()


def rules(app: Flask) -> Iterator[Rule]:
    yield from sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def test_every_route_declares_who_may_enter(app: Flask) -> None:
    found = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "__access__", None) for rule in rules(app)}
    assert len(found) > 30
    assert [name for name, access in found.items() if not isinstance(access, Access)] == []
    assert {access.kind for access in found.values() if access} <= ALLOWED_KINDS


def test_every_permission_of_a_route_is_one_that_somebody_holds(app: Flask) -> None:
    from core.policy import roles_with

    declared = {app.view_functions[rule.endpoint].__access__ for rule in rules(app)}  # type: ignore[attr-defined]
    wanted = {access.permission for access in declared if access.kind == "permission"}
    assert [permission for permission in sorted(wanted) if not roles_with(permission)] == []


def test_addresses_are_written_with_hyphens_and_small_letters(app: Flask) -> None:
    segments = {s for rule in rules(app) for s in rule.rule.split("/") if s and "<" not in s}
    assert [segment for segment in sorted(segments) if not SEGMENT.match(segment)] == []


def test_parameters_say_their_type(app: Flask) -> None:
    found = [
        rule.rule
        for rule in rules(app)
        for match in PARAMETER.finditer(rule.rule)
        if match["type"] is None and rule.endpoint not in UNTYPED
    ]
    assert found == [], "write <uuid:need_id>, <int:year>, <path:name>, <string:code>"


def test_ids_in_addresses_cannot_be_counted_up(app: Flask) -> None:
    found = [rule.rule for rule in rules(app) if "<int:" in rule.rule and "_id>" in rule.rule]
    assert found == []


def test_no_two_routes_answer_the_same_address(app: Flask) -> None:
    seen: dict[tuple[str, str], str] = {}
    clashes = []
    for rule in rules(app):
        bare = PARAMETER.sub("<>", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            other = seen.setdefault((bare, method), rule.endpoint)
            if other != rule.endpoint:
                clashes.append(f"{method} {rule.rule}: {other} and {rule.endpoint}")
    assert clashes == []


def unsafe(rule: Rule) -> bool:
    return bool((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"})


def test_what_changes_something_is_never_a_get(app: Flask) -> None:
    found = [rule.rule for rule in rules(app) if unsafe(rule) and "GET" in (rule.methods or set())]
    assert found == [], "one function to show, one to change"


def probe(view: Any) -> Flask:
    blueprint = Blueprint("probe", __name__)
    blueprint.get("/probe")(view)
    app = Flask("probe", static_folder=None)
    app.register_blueprint(blueprint)
    return app


def test_an_undeclared_route_stops_the_start() -> None:
    with pytest.raises(StartupRefused, match=r"probe\.forgotten: add @public"):
        refuse_undeclared_routes(probe(forgotten))


def forgotten() -> str:
    return "open to all"


def test_a_declared_one_does_not() -> None:
    refuse_undeclared_routes(probe(public(lambda: "open to all")))
