"""The JSON door: one Api with problem+json errors, its OpenAPI document and its own pages."""

from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template
from flask_smorest import Api

from core.policy import public
from web.composition import blueprints
from web.door.query import learn_fields

pages = Blueprint("api_docs", __name__, url_prefix="/api")
_PROBLEM = "application/problem+json"
_PROMISES = (
    "A field of a body or a query that an operation does not name is refused with 422, so that a misspelt filter is"
    " never answered with more than was asked for. `lang` (zh or en) is understood in every query."
)
_ERROR_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
_DOCUMENTED = {
    "400": "Malformed",
    "401": "Who are you",
    "403": "Not you",
    "404": "Not there or not yours to see",
    "409": "Not in this state",
    "415": "Not JSON",
    "422": "Understood but not valid",
    "429": "Slow down",
    "503": "Try again",
}


class ProblemApi(Api):
    """flask-smorest without its own error handlers; `web.error_handlers` answers for all doors."""

    def _register_error_handlers(self) -> None:
        return None


_api: list[ProblemApi] = []


def install_api(app: Flask) -> list[Any]:
    """Register the JSON blueprints below /api/v1 and the documentation; return those blueprints.

    They take a token instead of a cookie, so they need no CSRF token.
    """
    app.config.update(
        API_TITLE="Jiedui",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
        API_SPEC_OPTIONS={
            "info": {"description": _PROMISES},
            "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        },
    )
    api = ProblemApi(app)
    found = list(blueprints("api"))
    for blueprint in found:
        api.register_blueprint(blueprint, url_prefix="/api/v1" + (blueprint.url_prefix or ""))
    _document_errors(api)
    learn_fields(api.spec.to_dict()["paths"])
    _api[:] = [api]
    app.register_blueprint(pages)
    return found


def _document_errors(api: ProblemApi) -> None:
    api.spec.components.schema("Problem", _ERROR_SCHEMA)
    answer = {"content": {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for path in api.spec._paths.values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].pop("default", None)
                for status, words in _DOCUMENTED.items():
                    operation["responses"][status] = {"description": words, **answer}
                operation.setdefault("security", [{}, {"bearer": []}])


@pages.get("/v1/openapi.json")
@public
def openapi() -> Response:
    return jsonify(_api[0].spec.to_dict())


@pages.get("/docs")
@public
def docs() -> str:
    return render_template("api_docs.html")
