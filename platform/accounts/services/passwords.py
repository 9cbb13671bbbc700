"""Passwords: argon2id, one cost for known and unknown names, no common ones."""

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import NotValid
from core.i18n import _l
from core.settings import current

LEAST_LENGTH = 8
MOST_LENGTH = 128
_COMMON = Path(__file__).resolve().parents[1] / "defaults" / "common_passwords.txt"


@cache
def _hasher(*, cheap: bool) -> PasswordHasher:
    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _dummy(*, cheap: bool) -> str:
    return _hasher(cheap=cheap).hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


def hash_password(password: str) -> str:
    """Return the argon2id hash; tests use a cheap profile."""
    return _hasher(cheap=current().testing).hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Return whether the password belongs to the hash; without a hash it costs the same and is never true."""
    cheap = current().testing
    try:
        _hasher(cheap=cheap).verify(stored or _dummy(cheap=cheap), password[: MOST_LENGTH * 4])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Return whether the hash was made with another cost than today's."""
    return _hasher(cheap=current().testing).check_needs_rehash(stored)


def check_password(password: str, *, username: str = "", field: str = "password") -> None:
    """Raise NotValid for a password that is too short, too long, common, or the user name."""
    if len(password) < LEAST_LENGTH:
        raise NotValid({field: [_l("A password has at least 8 characters.")]})
    if len(password) > MOST_LENGTH:
        raise NotValid({field: [_l("A password has at most 128 characters.")]})
    if password.lower() in _common() or password.lower() == username.lower() or len(set(password)) < 4:
        raise NotValid({field: [_l("This password is too easy to guess. Take several words, for example.")]})
