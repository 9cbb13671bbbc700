"""Idempotency at the door: a repeated request gets its first answer again."""

from urllib.parse import urlencode

from flask import Response, current_app, g, request

from core.idempotency import Answer, claim, keep, request_hash
from core.policy import Actor

FORM_FIELD = "idempotency_key"
_UNHASHED = {"csrf_token"}


def claim_key(actor: Actor) -> Response | None:
    """Claim the request's key, if it has one; return the earlier answer of the same request."""
    key = _key()
    if key is None:
        return None
    owner = actor.key if actor.is_signed_in and not _is_nameless() else f"anonymous/{request.path}"
    earlier = claim(owner, key, request_hash(request.method, request.full_path, _body()))
    if earlier is not None:
        return _replay(earlier)
    g.idempotency = (owner, key)
    return None


def _is_nameless() -> bool:
    """Return whether the route forgets who is signed in, so that its keys name nobody either."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "__nameless__", False)


def _key() -> str | None:
    if request.method not in {"POST", "PUT", "PATCH"}:
        return None
    return request.headers.get("Idempotency-Key") or request.form.get(FORM_FIELD) or None


def _body() -> bytes:
    if request.form or request.files:
        pairs = sorted((k, v) for k, v in request.form.items(multi=True) if k not in _UNHASHED)
        names = sorted((k, f.filename or "") for k, f in request.files.items(multi=True))
        return urlencode([*pairs, *names]).encode()
    return request.get_data(cache=True)


def _replay(answer: Answer) -> Response:
    response = Response(answer.body, status=answer.status, content_type=answer.content_type)
    if answer.location:
        response.headers["Location"] = answer.location
    response.headers["Idempotent-Replay"] = "true"
    return response


def keep_answer(response: Response) -> None:
    """Store the answer of a claimed key, in the same transaction."""
    claimed = g.pop("idempotency", None)
    if claimed is None or response.direct_passthrough:
        return
    owner, key = claimed
    content_type = response.content_type or "text/html; charset=utf-8"
    keep(owner, key, Answer(response.status_code, content_type, response.headers.get("Location"), response.get_data()))
