"""`jiedui keys` and `jiedui erasure`: what the operator of the server may do."""

import json
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from accounts.models import Account, Role
from core.crypto import Keyring, keyring, use_keyring
from core.db import db, unit_of_work
from core.errors import NotFound, Refused
from core.policy import SYSTEM
from core.records import open_payload, published_records
from registry.models import Household
from tests.factories.needs import make_household, make_places
from tests.factories.people import COUNTY, VILLAGE, make_person
from web.key_commands import erasure, keys

NEW = bytes([7]) * 32


@pytest.fixture
def household_id(database: object) -> UUID:
    make_places()
    return make_household(make_person(Role.VILLAGE_OFFICER, VILLAGE))


def run(group: Any, *arguments: str) -> Any:
    result = CliRunner().invoke(group, [*arguments, "--json"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_keys_are_wrapped_anew_and_the_answer_says_what_still_needs_the_old_one(household_id: UUID) -> None:
    before = keyring()
    try:
        use_keyring(Keyring((NEW, *before.keys), before.index_key))
        answer = run(keys, "rewrap")
        assert answer["rewrapped"] > 0
        assert answer["left"] == 0
        assert answer["values_under_older_keys"]["household.head_name"] == 1
        assert run(keys, "rewrap")["rewrapped"] == 0
        use_keyring(Keyring((NEW,), before.index_key))
        with unit_of_work(SYSTEM):
            records = published_records(f"household/{household_id}", limit=5)
            (registered,) = (record for record in records if record.kind == "household.created")
            assert open_payload(registered.stream, registered.seq)["size"] == 4
    finally:
        use_keyring(before)


def test_an_erasure_names_two_officials(household_id: UUID) -> None:
    for name in ("first", "second"):
        make_person(Role.COUNTY_OFFICER, COUNTY, username=name)
    order = run(erasure, "ask", str(household_id), "--reason", "entered_wrongly", "--by", "first")
    assert [row["id"] for row in run(erasure, "list", "--by", "second")["items"]] == [order["id"]]
    with pytest.raises(Refused) as refusal:
        run(erasure, "agree", order["id"], "--by", "first")
    assert refusal.value.code == "four_eyes"
    assert run(erasure, "agree", order["id"], "--by", "second")["state"] == "done"
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Household, household_id).head_name == ""
        assert db.session.query(Account).count() >= 2


def test_an_unknown_official_is_named(household_id: UUID) -> None:
    with pytest.raises(NotFound):
        run(erasure, "ask", str(household_id), "--reason", "moved_away", "--by", "nobody")
