"""Encrypted columns, and blind indexes to find equal values without reading them."""

import hmac
import unicodedata
from collections.abc import Callable

from core.crypto.keyring import keyring

INDEX_LENGTH = 16


def encrypt_value(context: str, value: str) -> bytes:
    """Encrypt a column's value; `context` names table and column, so that it opens nowhere else."""
    return keyring().encrypt("value", value.encode(), context.encode())


def encryptor(context: str) -> Callable[[str], bytes]:
    """Return what encrypts many values of one column."""
    encrypt, bound_to = keyring().encryptor("value"), context.encode()
    return lambda value: encrypt(value.encode(), bound_to)


def decrypt_value(context: str, message: bytes) -> str:
    """Return the value, or raise NotDecipherable."""
    return keyring().decrypt("value", message, context.encode()).decode()


def blind_index(kind: str, value: str) -> bytes:
    """Return 16 bytes that are equal for equal values of one kind; never for values that can be guessed from few."""
    normal = value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()
    return hmac.digest(keyring().index_key, f"{kind}\0{normal}".encode(), "sha256")[:INDEX_LENGTH]
