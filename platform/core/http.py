"""What doors need of the request: the actor, the form as it was typed, where to go next."""

from typing import cast
from urllib.parse import urlsplit

from flask import g, request

from core.policy import ANONYMOUS, Actor
from core.settings import current


def actor() -> Actor:
    """Return who makes this request."""
    return cast(Actor, g.get("actor", ANONYMOUS))


def is_bearer() -> bool:
    """Return whether the request carries an API token."""
    return request.headers.get("Authorization", "").startswith("Bearer ")


def sign_in_cookie() -> str:
    """Return the name of the cookie that carries a session's token; over HTTPS it is bound to this host."""
    return "__Host-sign_in" if current().secure_cookies else "sign_in"


def client_address() -> str:
    """Return the address that limits count by."""
    return request.remote_addr or "unknown"


def safe_next(target: str | None, default: str) -> str:
    """Return `target` if it is a path on this site, else `default`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if any(ord(character) < 33 or character == "\\" for character in target):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def wants_fragment() -> bool:
    """Return whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
