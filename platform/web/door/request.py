"""One transaction per request: opened before the view, committed below 400, rolled back otherwise."""

from uuid import uuid4

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from accounts.queries import actor_for_sign_in, actor_for_token
from core.db import UnitOfWork, db
from core.errors import NotSignedIn
from core.http import is_bearer, sign_in_cookie
from core.i18n import set_locale
from core.policy import ANONYMOUS, Access, Actor, admit
from web.door.language import choose_language
from web.door.query import refuse_unknown_fields
from web.door.replay import claim_key, keep_answer
from web.error_handlers import answer_refusal, refusal_of


def install_language(app: Flask) -> None:
    """Choose the reader's language first of all, so that whoever refuses the request speaks it."""
    app.before_request(_listen)


def _listen() -> None:
    g.request_number = uuid4().hex[:12]
    g.language = choose_language()
    set_locale(g.language)


def install_door(app: Flask) -> None:
    """Install the door; it is registered last, so that its commit runs before other after_request functions."""
    app.before_request(_open)
    app.after_request(_close)
    app.teardown_request(_leave)


def _open() -> Response | None:
    if request.endpoint in {"web.static", "web.healthz"}:
        return None
    g.unit = db.begin(ANONYMOUS)
    g.actor = _identify()
    g.unit.become(g.actor)
    admit(_access(), g.actor)
    refuse_unknown_fields()
    return claim_key(g.actor)


def _identify() -> Actor:
    if is_bearer():
        found = actor_for_token(request.headers["Authorization"][7:].strip())
        if found is None:
            raise NotSignedIn
        return found
    token = request.cookies.get(sign_in_cookie()) if not request.path.startswith("/api/") else None
    return (actor_for_sign_in(token) if token else None) or ANONYMOUS


def _access() -> Access:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "__access__", Access("public"))


def _close(response: Response) -> Response:
    unit: UnitOfWork | None = g.pop("unit", None)
    if unit is None:
        return response
    try:
        response = _end(unit, response)
    finally:
        unit.close()
    return response


def _end(unit: UnitOfWork, response: Response) -> Response:
    if response.status_code >= 400:
        unit.rollback()
        return response
    try:
        keep_answer(response)
        unit.commit()
    except (DBAPIError, StaleDataError) as error:
        unit.rollback()
        return answer_refusal(refusal_of(error))
    return response


def _leave(error: BaseException | None) -> None:
    unit: UnitOfWork | None = g.pop("unit", None)
    if unit is not None:
        unit.rollback()
        unit.close()
