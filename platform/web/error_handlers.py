"""Errors become answers once, here: problem+json at the JSON door, a page in the reader's language elsewhere."""

import json
from decimal import Decimal
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, render_template
from psycopg.errors import DeadlockDetected, QueryCanceled, SerializationFailure
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from accounts.models import Role
from core.api import is_api_request, plain_decimal
from core.db import UnitOfWork
from core.errors import ChangedMeanwhile, Refused, refusal_for_constraint
from core.i18n import _l, label
from core.settings import current

log = structlog.get_logger("web")

BUSY_SECONDS = 30
TITLES = {
    400: _l("The request could not be read"),
    401: _l("Please sign in"),
    403: _l("Your role may not do this"),
    404: _l("This page is not here"),
    405: _l("This page cannot be used that way"),
    409: _l("This is not possible now"),
    410: _l("This was taken down"),
    413: _l("The file is too large"),
    415: _l("This kind of content cannot be read"),
    422: _l("Something is missing or not valid"),
    429: _l("Too many attempts"),
    500: _l("Something went wrong on our side"),
    503: _l("Busy now"),
    507: _l("No space left for files"),
}
DETAILS = {
    400: _l("Please go back and try again."),
    404: _l("This page does not exist, or has expired and was taken down."),
    405: _l("Please go back to the page you came from."),
    413: _l("Please choose a smaller file."),
    500: _l("It has been noted. Please try again later."),
    503: _l("Busy now; please try again in 30 seconds. What you typed is kept."),
}


class Busy(Refused):
    """The database did not answer in time; trying again is safe."""

    status = 503
    code = "busy"
    detail = DETAILS[503]
    retry_after = BUSY_SECONDS


def install_error_handlers(app: Flask) -> None:
    """Register one function for each family of errors."""
    app.register_error_handler(Refused, answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(DBAPIError, lambda error: answer_refusal(refusal_of(error)))
    app.register_error_handler(StaleDataError, lambda error: answer_refusal(refusal_of(error)))
    app.register_error_handler(Exception, _answer_unexpected)


def refusal_of(error: Exception) -> Refused:
    """Return the refusal that a database error means; raise it again if it is our mistake."""
    if isinstance(error, StaleDataError):
        return ChangedMeanwhile()
    cause = getattr(error, "orig", None)
    if isinstance(error, IntegrityError):
        name = getattr(getattr(cause, "diag", None), "constraint_name", None)
        log.warning("constraint refused", constraint=name)
        return refusal_for_constraint(name)
    if isinstance(cause, (DeadlockDetected, SerializationFailure, QueryCanceled)) or isinstance(
        error, OperationalError
    ):
        return Busy()
    raise error


def answer_refusal(refusal: Refused) -> Response:
    """Return the answer to a refused request."""
    facts = {name: value for name, value in refusal.facts.items() if name not in {"permission", "roles"}}
    errors = {name: [str(m) for m in found] for name, found in getattr(refusal, "errors", {}).items()}
    response = _answer(
        refusal.status, str(refusal.detail), code=refusal.code, errors=errors, facts=facts, refusal=refusal
    )
    if refusal.status in {429, 503}:
        response.headers["Retry-After"] = str(getattr(refusal, "retry_after", BUSY_SECONDS))
    if refusal.status == 401 and is_api_request():
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    original = error.get_response()
    if status < 400:
        return make_response(original)
    messages = getattr(error, "data", {}).get("messages", {}) if hasattr(error, "data") else {}
    if status == 422 and "headers" in messages:
        status = 400  # a missing Idempotency-Key (contracts.md)
    detail = str(DETAILS.get(status) or TITLES.get(status) or error.name)
    code = _slug(error.name) if status == error.code else "malformed"
    response = _answer(status, detail, code=code, errors=_flat(messages))
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in original.headers:
            response.headers[name] = original.headers[name]
    return response


def _answer_unexpected(error: Exception) -> Response:
    log.error("unexpected error", error=type(error).__name__, exc_info=error)
    return _answer(500, str(DETAILS[500]), code="unexpected")


def _answer(
    status: int,
    detail: str,
    *,
    code: str,
    errors: dict[str, list[str]] | None = None,
    facts: dict[str, Any] | None = None,
    refusal: Refused | None = None,
) -> Response:
    _abandon()
    if is_api_request():
        return problem(status, detail, code=code, errors=errors, facts=facts)
    roles = [label(Role(role)) for role in refusal.facts.get("roles", ())] if refusal else []
    page = render_template(
        "errors/error.html",
        status=status,
        heading=str(TITLES.get(status, TITLES[500])),
        detail=detail,
        errors=errors or {},
        facts=facts or {},
        roles=roles,
        request_number=g.get("request_number", ""),
        phone=current().supervision_phone,
    )
    return make_response(page, status)


def _abandon() -> None:
    """Roll back first: what was half built must not be flushed by a question of the error page."""
    unit: UnitOfWork | None = g.get("unit")
    if unit is not None:
        unit.rollback()


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    errors: dict[str, list[str]] | None = None,
    facts: dict[str, Any] | None = None,
) -> Response:
    """Return an RFC 9457 problem in the caller's language."""
    body: dict[str, Any] = {
        "type": f"urn:jiedui:problem:{code}",
        "title": str(TITLES.get(status, TITLES[500])),
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    body.update(facts or {})
    text = json.dumps(body, ensure_ascii=False, default=_plain)
    return Response(text, status=status, content_type="application/problem+json")


def _plain(value: Any) -> str:
    """Return a fact as the JSON door writes it elsewhere: quantities without needless zeros."""
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)


def _flat(messages: Any) -> dict[str, list[str]]:
    """Return webargs' messages as field → list; malformed JSON has a list instead of a dict."""
    found: dict[str, list[str]] = {}
    for place in messages.values() if isinstance(messages, dict) else ():
        for name, value in place.items() if isinstance(place, dict) else (("body", place),):
            found[str(name)] = [str(item) for item in (value if isinstance(value, list) else [value])]
    return found


def _slug(name: str) -> str:
    return name.lower().replace(" ", "_")
