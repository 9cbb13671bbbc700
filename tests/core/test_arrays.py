"""Arrays in the binary form arrive as what they were."""

import pytest

from core.arrays import ByteStrings, Texts
from tests.factories.recorded import World

WORDS = ["", "韦阿花", 'a"b\\{,}', None, "NULL", "\n\t"]
BYTES = [b"", b"\x00\xff", None, b"\\x00"]


@pytest.mark.parametrize("words", [WORDS, [], [None], ["one"]])
def test_texts_arrive(world: World, words: list[str | None]) -> None:
    with world.unit() as session:
        found = session.connection().exec_driver_sql("SELECT %(words)s::text[]", {"words": Texts(words)})
        assert found.scalar_one() == words


@pytest.mark.parametrize("parts", [BYTES, []])
def test_byte_strings_arrive(world: World, parts: list[bytes | None]) -> None:
    with world.unit() as session:
        found = session.connection().exec_driver_sql("SELECT %(parts)s::bytea[]", {"parts": ByteStrings(parts)})
        assert [None if part is None else bytes(part) for part in found.scalar_one()] == parts
