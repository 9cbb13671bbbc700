"""Every column says how far its value may travel."""

import pytest
from sqlalchemy import Column, Enum, LargeBinary, MetaData, Table, Text

from core.db import Base
from core.privacy import Visibility, field_of, public, undeclared_columns
from core.types import EncryptedText
from web.composition import load_models

# Nobody can read it back: argon2.
HASHED = {"credential.password_hash"}


@pytest.fixture(scope="module")
def metadata() -> MetaData:
    load_models()
    return Base.metadata


def test_every_column_declares_its_class(metadata: MetaData) -> None:
    assert list(undeclared_columns(metadata)) == []


def test_a_column_without_a_class_is_found() -> None:
    table = Table("probe", MetaData(), Column("open", Text, info=public()), Column("forgotten", Text))
    assert list(undeclared_columns(table.metadata)) == ["probe.forgotten"]


def test_encrypted_columns_are_not_public(metadata: MetaData) -> None:
    found = [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
        if getattr(field_of(column), "visibility", None) not in {Visibility.P2, Visibility.P3}
    ]
    assert found == []


def test_text_of_the_highest_class_is_encrypted(metadata: MetaData) -> None:
    found = [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if getattr(field_of(column), "visibility", None) is Visibility.P3
        if isinstance(column.type, Text) and not isinstance(column.type, EncryptedText | LargeBinary | Enum)
        if str(column) not in HASHED
    ]
    assert found == []
