"""Secrets that are derived, not stored: what is printed once can be printed again, and the database never holds it."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from core.settings import current


def derived_token(purpose: str, row_id: UUID) -> str:
    """Return 128 bits as 22 URL-safe characters, always the same for one purpose and row."""
    return urlsafe_b64encode(_derive(purpose, row_id)[:16]).rstrip(b"=").decode()


def derived_digits(purpose: str, row_id: UUID, count: int) -> str:
    """Return `count` decimal digits, always the same for one purpose and row."""
    return f"{int.from_bytes(_derive(purpose, row_id), 'big') % 10**count:0{count}d}"


def token_hash(purpose: str, token: str) -> bytes:
    """Return the keyed hash under which a token is stored and looked up (32 bytes)."""
    key = f"token/{purpose}/{current().secrets.index_key}".encode()
    return hmac.new(key, token.encode(), sha256).digest()


def _derive(purpose: str, row_id: UUID) -> bytes:
    key = f"derive/{purpose}/{current().secrets.secret_key}".encode()
    return hmac.new(key, row_id.bytes, sha256).digest()
