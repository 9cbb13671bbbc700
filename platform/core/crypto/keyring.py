"""The keys of this deployment. The first encrypts, all decrypt, so that a key can be replaced while in use."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import StartupRefused
from core.settings import Secrets, current

FORMAT = b"\x01"
KEY_ID = 4
NONCE = 12
KEY = 32


class NotDecipherable(Exception):
    """The ciphertext was changed, belongs elsewhere, or its key is not on the keyring."""


@dataclass(frozen=True)
class Keyring:
    """Key-encryption keys, newest first, and the key of the blind indexes."""

    keys: tuple[bytes, ...]
    index_key: bytes

    @classmethod
    def of(cls, values: Secrets) -> "Keyring":
        """Return the keyring of the settings, or raise StartupRefused."""
        if not values.encryption_keys:
            raise StartupRefused("ENCRYPTION_KEYS is empty: give at least one key of 32 bytes in URL-safe base64.")
        keys = tuple(_key(text, "ENCRYPTION_KEYS") for text in values.encryption_keys)
        return cls(keys, _key(values.index_key, "INDEX_KEY"))

    @property
    def newest_id(self) -> bytes:
        """The id of the key that encrypts from now on; every message carries the id of its own key."""
        return _key_id(self.keys[0])

    def encrypt(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Return format byte, key id, nonce and ciphertext; `bound_to` must be given again to decrypt."""
        return self.encryptor(purpose)(plaintext, bound_to)

    def encryptor(self, purpose: str) -> Callable[[bytes, bytes], bytes]:
        """Return what encrypts many messages of one purpose: a plaintext and what it is bound to."""
        head, cipher, fresh = FORMAT + self.newest_id, _cipher(self.keys[0], purpose).encrypt, secrets.token_bytes

        def encrypt(plaintext: bytes, bound_to: bytes) -> bytes:
            nonce = fresh(NONCE)
            return head + nonce + cipher(nonce, plaintext, bound_to)

        return encrypt

    def decrypt(self, purpose: str, message: bytes, bound_to: bytes) -> bytes:
        """Return the plaintext, or raise NotDecipherable."""
        wanted, rest = message[1 : 1 + KEY_ID], message[1 + KEY_ID :]
        for key in self.keys:
            if _key_id(key) == wanted and message[:1] == FORMAT:
                return open_with(_cipher(key, purpose), rest, bound_to)
        raise NotDecipherable("no such key on the keyring")


def _key(text: str, name: str) -> bytes:
    try:
        found = urlsafe_b64decode(text)
    except (NotBase64, ValueError):
        found = b""
    if len(found) != KEY:
        raise StartupRefused(f"{name} must hold keys of 32 bytes in URL-safe base64.")
    return found


def open_with(cipher: AESGCM, nonce_and_text: bytes, bound_to: bytes) -> bytes:
    """Return the plaintext of nonce and ciphertext, or raise NotDecipherable."""
    try:
        return cipher.decrypt(nonce_and_text[:NONCE], nonce_and_text[NONCE:], bound_to)
    except (InvalidTag, ValueError) as failure:
        raise NotDecipherable("the ciphertext does not fit") from failure


@lru_cache(maxsize=64)
def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"jiedui/key-id" + key).digest()[:KEY_ID]


@lru_cache(maxsize=64)
def _cipher(key: bytes, purpose: str) -> AESGCM:
    return AESGCM(hmac.digest(key, f"jiedui/{purpose}".encode(), "sha256"))


_installed: list[Keyring] = []


def keyring() -> Keyring:
    """Return the keyring of this process; the first call reads the settings."""
    if not _installed:
        _installed.append(Keyring.of(current().secrets))
    return _installed[0]


def use_keyring(ring: Keyring | None) -> None:
    """Use this keyring from now on; None reads the settings again at next use."""
    _installed[:] = [] if ring is None else [ring]
