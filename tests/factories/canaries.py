"""A word of its own in every personal column, written past all triggers: who meets one in an answer, sees a leak."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Enum, Text, Uuid, create_engine, text
from sqlalchemy.exc import IntegrityError

from core.crypto import encrypt_value
from core.db import Base, db
from core.privacy import Visibility, field_of
from core.types import EncryptedText
from tests.plugins.server import admin_url

MARK = "kanarie"
# Codes by which rows are found, or by which the application decides; words of people stand in none of them.
STRUCTURE = re.compile(
    r"(^|\.)(\w*region_code|subject|language|purpose|kind|sha256|content_type|owner|key|password_hash)$"
)
PERSONAL = {Visibility.P2, Visibility.P3}
OWNED = {"api_token", "credential", "message", "sign_in"}
# An organisation that agreed to be named is public by its name; the unit that helps a whole village tells of nobody.
NAMED = {"donor.name": "NOT named_publicly", "helper_link.unit_name": "subject NOT LIKE 'village/%'"}


def canary_of(column: Column[Any]) -> str:
    return f"{MARK}-{column.table.name}-{column.name}".replace("_", "")


def personal_columns() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            field = field_of(column)
            if field is None or field.visibility not in PERSONAL or STRUCTURE.search(column.name):
                continue
            if isinstance(column.type, Text | EncryptedText) and not isinstance(column.type, Enum):
                yield column


def plant() -> list[str]:
    """Write the canaries past all triggers; return them."""
    name = db.engine.url.database
    engine = create_engine(admin_url().set(database=name))
    try:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            return [canary_of(column) for column in personal_columns() if fill(connection, column)]
    finally:
        engine.dispose()


def fill(connection: Connection, column: Column[Any]) -> bool:
    """Write the canary into all rows, or, where the table does not let it, into those that have a value."""
    word = canary_of(column)
    encrypted = isinstance(column.type, EncryptedText)
    value: Any = encrypt_value(column.type.context, word) if encrypted else word
    unique = "" if encrypted else f" || {behind(column)}"
    statement = f"UPDATE {column.table.name} SET {column.name} = :value{unique} WHERE {NAMED.get(str(column), 'true')}"
    for condition in ("", f" AND {column.name} IS NOT NULL"):
        try:
            with connection.begin_nested():
                return connection.execute(text(statement + condition), {"value": value}).rowcount > 0
        except IntegrityError:
            continue
    return False


def behind(column: Column[Any]) -> str:
    """Return the expression that tells whose a word is: an account or a place, then the row, for names must differ."""
    columns = column.table.c
    if column.table.name in OWNED:
        return "'.' || account_id::text"
    row = "'.' || id::text" if isinstance(columns.get("id", column).type, Uuid) else "''"
    return f"'.' || region_code || {row}" if "region_code" in columns else row
