"""Encryption at rest: single values, sealed payloads with one key per subject, and blind indexes."""

from core.crypto.keyring import Keyring, NotDecipherable, keyring, use_keyring
from core.crypto.subjects import SubjectErased, SubjectKey, open_sealed, seal
from core.crypto.values import blind_index, decrypt_value, encrypt_value, encryptor

__all__ = [
    "Keyring",
    "NotDecipherable",
    "SubjectErased",
    "SubjectKey",
    "blind_index",
    "decrypt_value",
    "encrypt_value",
    "encryptor",
    "keyring",
    "open_sealed",
    "seal",
    "use_keyring",
]
