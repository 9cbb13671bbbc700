"""The JSON door against its own OpenAPI document: generated requests, no 5xx, answers as documented."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, not_a_server_error
from schemathesis.core.failures import FailureGroup

from tests.factories.world import INSIDE, World
from tests.plugins.web import make_app

DOCUMENT = "/api/v1/openapi.json"
CALLERS = ("anonymous", "village_officer", "county_officer", "pairing_cadre", "donor_admin")
EXAMPLES = 8
ALSO = (
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def door(peopled: World) -> tuple[Flask, World]:
    return make_app(), peopled


def headers_of(world: World, caller: str) -> dict[str, str]:
    found = world.people.get((caller, INSIDE))  # type: ignore[call-overload]  # a role is a text
    return {"Authorization": f"Bearer {found.token}"} if found else {}


def checks() -> list[Any]:
    return [not_a_server_error, *(CHECKS.get_by_names([name])[0] for name in ALSO)]


def operations(app: Flask) -> list[Any]:
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    return [found.ok() for found in schema.get_all_operations()]


def walk(operation: Any, headers: dict[str, str], known: dict[str, Any]) -> int:
    """Send generated requests for one operation; return how many were answered."""
    seen = []

    @BOUNDED
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        for number, name in enumerate(case.path_parameters or {}):
            if name in known and (len(seen) + number) % 2:
                case.path_parameters[name] = known[name]
        response = case.call(headers=headers)
        case.validate_response(response, checks=checks())
        seen.append(response.status_code)

    send()
    return len(seen)


def objects(world: World) -> dict[str, str]:
    names = {"need_id": "need", "donor_id": "donor_inside", "pairing_id": "pairing_household", "link_id": "link",
             "pledge_id": "pledge_offered", "delivery_id": "delivery", "invitation_id": "invitation"}  # fmt: skip
    return {name: str(world.ids[key]) for name, key in names.items()}


def test_generated_requests_are_answered_as_documented(door: tuple[Flask, World]) -> None:
    app, world = door
    faults, sent = [], 0
    for operation in operations(app):
        for caller in CALLERS:
            try:
                sent += walk(operation, headers_of(world, caller), objects(world))
            except Exception as fault:
                faults.append(f"{operation.method} {operation.path} as {caller}: {fault}")
    assert faults == [], "\n\n".join(faults)
    assert sent > 500


def wrong_shape() -> tuple[Any, int]:
    return {"items": [{"code": 45}], "next": 7}, 200


def unknown_status() -> tuple[Any, int]:
    return {"items": [], "next": None}, 218


def wrong_kind() -> tuple[Any, int, dict[str, str]]:
    return "<p>ok</p>", 200, {"Content-Type": "text/html"}


def crash() -> tuple[Any, int]:
    raise RuntimeError


BROKEN = {
    wrong_shape: "JsonSchemaError",
    unknown_status: "UndefinedStatusCode",
    wrong_kind: "UndefinedContentType",
    crash: "ServerError",
}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda view: view.__name__)
def test_an_answer_that_the_document_does_not_know_is_caught(
    door: tuple[Flask, World], broken: Callable[[], Any]
) -> None:
    """The check itself: the same walk over a view that was broken on purpose must not pass."""
    app, world = door
    operation = next(found for found in operations(app) if found.path == "/api/v1/regions")
    assert walk(operation, {}, objects(world)) > 0
    name = "regions_api.children"
    whole = app.view_functions[name]

    def view(**_given: Any) -> Any:
        return broken()

    view.__access__ = whole.__access__  # type: ignore[attr-defined]  # the door asks each view who may enter
    app.view_functions[name] = view
    with pytest.raises(FailureGroup) as caught:
        walk(operation, {}, objects(world))
    assert BROKEN[broken] in {type(failure).__name__ for failure in caught.value.exceptions}


def test_the_document_is_whole(app: Flask) -> None:
    document = app.test_client().get(DOCUMENT).json
    assert document["openapi"].startswith("3.")
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")} - {DOCUMENT}
    assert len(document["paths"]) == len(served)
    for path in document["paths"].values():
        for name, operation in path.items():
            if name in {"get", "post"}:
                assert operation.get("summary") or operation.get("description")
                assert {"400", "401", "403", "404", "409", "422"} <= set(operation["responses"])


KEYED = ("/donors", "/needs", "/pledges", "/pairings/{pairing_id}/invitations", "/pairings/{pairing_id}/links",
         "/pledges/{pledge_id}/deliveries", "/deliveries/{delivery_id}/confirmation-codes")  # fmt: skip


def test_posts_marked_k_want_a_key(door: tuple[Flask, World]) -> None:
    """Without the header 400, whatever else is sent (contracts.md)."""
    app, world = door
    document = app.test_client().get(DOCUMENT).json["paths"]
    roles = ["donor_admin", "village_officer", "pairing_cadre", "donor_admin"]
    for path in KEYED:
        parameters = document[f"/api/v1{path}"]["post"]["parameters"]
        assert [p["required"] for p in parameters if p["name"] == "Idempotency-Key"] == [True], path
        address = f"/api/v1{path.format(**objects(world))}"
        statuses = {app.test_client().post(address, json={}, headers=headers_of(world, r)).status_code for r in roles}
        assert 400 in statuses, path
