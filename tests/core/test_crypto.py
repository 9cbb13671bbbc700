"""Encryption at rest: bound to its place, with keys that can be replaced."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from core.crypto import (
    Keyring,
    NotDecipherable,
    SubjectErased,
    blind_index,
    decrypt_value,
    encrypt_value,
    open_sealed,
    seal,
    use_keyring,
)
from core.crypto.rotating import rewrap_subjects, subjects_left
from core.errors import Refused, StartupRefused
from core.records import erase_subject
from core.settings import Secrets
from tests.factories.recorded import KEYS, World

OLD, NEW = bytes(32), bytes([1]) * 32


def written(key: bytes) -> str:
    return urlsafe_b64encode(key).decode()


@pytest.fixture(autouse=True)
def _keys() -> None:
    use_keyring(KEYS)


@given(st.text())
def test_a_value_comes_back_as_it_was(value: str) -> None:
    assert decrypt_value("household.name", encrypt_value("household.name", value)) == value


def test_equal_values_have_different_ciphertexts() -> None:
    assert encrypt_value("household.name", "韦某") != encrypt_value("household.name", "韦某")


def test_a_ciphertext_opens_only_in_its_own_column() -> None:
    with pytest.raises(NotDecipherable):
        decrypt_value("household.phone", encrypt_value("household.name", "韦某"))


@given(place=st.integers(0, 200), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_noticed(place: int, bit: int) -> None:
    message = bytearray(encrypt_value("household.name", "韦某"))
    message[place % len(message)] ^= 1 << bit
    with pytest.raises(NotDecipherable):
        decrypt_value("household.name", bytes(message))


def test_a_new_key_encrypts_while_the_old_one_still_decrypts() -> None:
    use_keyring(Keyring((OLD,), OLD))
    before = encrypt_value("a.b", "value")
    use_keyring(Keyring((NEW, OLD), OLD))
    assert decrypt_value("a.b", before) == "value"
    after = encrypt_value("a.b", "value")
    use_keyring(Keyring((NEW,), OLD))
    assert decrypt_value("a.b", after) == "value"
    with pytest.raises(NotDecipherable):
        decrypt_value("a.b", before)


@pytest.mark.parametrize("keys", [(), ("short",), (written(bytes(16)),), ("!" * 44,)])
def test_a_key_that_is_none_ends_the_start_with_one_line(keys: tuple[str, ...]) -> None:
    with pytest.raises(StartupRefused, match="ENCRYPTION_KEYS"):
        Keyring.of(Secrets("key", keys, written(OLD)))


def test_a_blind_index_is_equal_for_equal_values_of_one_kind() -> None:
    assert blind_index("id", "４５１０２８") == blind_index("id", " 451028 ")
    assert blind_index("id", "451028") != blind_index("phone", "451028")
    assert blind_index("id", "451028") != blind_index("id", "451029")
    assert len(blind_index("id", "451028")) == 16


def test_a_blind_index_changes_with_its_key_only() -> None:
    first = blind_index("id", "451028")
    use_keyring(Keyring((NEW,), KEYS.index_key))
    assert blind_index("id", "451028") == first
    use_keyring(Keyring(KEYS.keys, NEW))
    assert blind_index("id", "451028") != first


def test_what_is_sealed_for_a_subject_opens_for_it_alone_and_in_its_place(world: World) -> None:
    with world.unit():
        message = seal("household/1", "need/1", b"personal")
        seal("household/2", "need/1", b"other")
        assert open_sealed("household/1", "need/1", message) == b"personal"
        for subject, place in (("household/2", "need/1"), ("household/1", "need/2")):
            with pytest.raises(NotDecipherable):
                open_sealed(subject, place, message)


def test_equal_payloads_have_different_commitments(world: World) -> None:
    with world.unit():
        assert seal("household/1", "need/1", b"same") != seal("household/1", "need/1", b"same")


def test_a_subjects_key_lies_wrapped_and_is_one_for_all_its_payloads(world: World) -> None:
    with world.unit():
        first = seal("household/1", "need/1", b"first")
    with world.unit():
        seal("household/1", "need/1", b"second")
        assert open_sealed("household/1", "need/1", first) == b"first"
    with world.admin.connect() as connection:
        rows = connection.execute(text("SELECT subject, octet_length(wrapped) FROM subject_key")).all()
    assert rows == [("household/1", 1 + 4 + 12 + 32 + 16)]


def test_after_erasure_nothing_can_be_opened_or_sealed_for_the_subject(world: World) -> None:
    with world.unit():
        message = seal("household/1", "need/1", b"personal")
    with world.unit():
        assert erase_subject("household/1")
        with pytest.raises(SubjectErased):
            open_sealed("household/1", "need/1", message)
        with pytest.raises(SubjectErased):
            seal("household/1", "need/1", b"more")


def test_a_key_made_in_an_undone_savepoint_is_not_used_afterwards(world: World) -> None:
    with world.unit() as session:
        savepoint = session.begin_nested()
        seal("household/1", "need/1", b"undone")
        savepoint.rollback()
        message = seal("household/1", "need/1", b"kept")
    with world.unit():
        assert open_sealed("household/1", "need/1", message) == b"kept"


def test_after_a_rotation_subject_keys_are_wrapped_anew_and_the_old_key_can_go(world: World) -> None:
    use_keyring(Keyring((OLD,), OLD))
    with world.unit():
        messages = {f"household/{n}": seal(f"household/{n}", "need/1", b"personal") for n in range(5)}
        erase_subject("household/4")
    use_keyring(Keyring((NEW, OLD), OLD))
    with world.unit():
        assert subjects_left() == 4
        assert rewrap_subjects(limit=3) == 3  # cut off here, and begun again
    with world.unit():
        late = seal("household/9", "need/1", b"late")
        assert rewrap_subjects(limit=3) == 1
    with world.unit():
        assert (rewrap_subjects(), subjects_left()) == (0, 0)
    use_keyring(Keyring((NEW,), OLD))
    with world.unit():
        for n in range(4):
            assert open_sealed(f"household/{n}", "need/1", messages[f"household/{n}"]) == b"personal"
        assert open_sealed("household/9", "need/1", late) == b"late"
        with pytest.raises(SubjectErased):
            open_sealed("household/4", "need/1", messages["household/4"])


def test_without_the_old_key_nothing_is_wrapped_anew_and_nothing_is_lost(world: World) -> None:
    use_keyring(Keyring((OLD,), OLD))
    with world.unit():
        message = seal("household/1", "need/1", b"personal")
    use_keyring(Keyring((NEW,), OLD))
    with pytest.raises(Refused) as refusal, world.unit():
        rewrap_subjects()
    assert refusal.value.code == "key_missing"
    use_keyring(Keyring((NEW, OLD), OLD))
    with world.unit():
        assert rewrap_subjects() == 1
        assert open_sealed("household/1", "need/1", message) == b"personal"
