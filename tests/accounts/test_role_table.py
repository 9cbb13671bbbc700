"""The role table names exactly the permissions, roles and relations that exist."""

from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

import pytest

from accounts.models import Role
from accounts.role_rows import ROWS, reach_labels
from accounts.roles import ROLE_TABLE, role_table_rows
from core.policy import ANYWHERE, REGION, known_relations
from web.composition import PACKAGES


def permissions():
    for package in PACKAGES:
        if find_spec(package) is not None and find_spec(f"{package}.policy") is not None:
            for name, found in vars(import_module(f"{package}.policy")).items():
                if isinstance(found, type) and issubclass(found, StrEnum) and name.endswith("Permission"):
                    yield from (str(member) for member in found)


def test_every_permission_has_a_row_and_every_row_a_permission():
    known = set(permissions())
    assert known - set(ROWS) == set(), "add a row to accounts/role_rows.py"
    assert set(ROWS) - known == set(), "no package knows this permission: take the row out"


def test_rows_name_roles_once():
    for permission, holders in ROWS.items():
        assert len(set(holders)) == len(holders), permission
        assert {role for role, _reach in holders} <= set(Role), permission


@pytest.mark.usefixtures("database")
def test_every_reach_is_answered_by_somebody():
    assert {rule.reach for rule in ROLE_TABLE} - {REGION, ANYWHERE} <= known_relations()


def test_every_reach_has_words_for_the_printed_table():
    assert {rule.reach for rule in ROLE_TABLE} <= set(reach_labels)


def test_security_and_system_admins_see_no_case():
    watched = {"need", "household", "donor", "pairing", "link", "pledge", "delivery", "confirmation", "survey"}
    for permission, holders in ROWS.items():
        if permission.partition(":")[0] in watched:
            assert not {role for role, _reach in holders} & {Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN}, permission


def test_who_watches_changes_nothing():
    for permission, holders in ROWS.items():
        if not permission.partition(":")[2].startswith("read"):
            assert not {role for role, _reach in holders} & {Role.AUDITOR}, permission


def test_the_printed_table_is_the_table(client):
    page = client.get("/roles?lang=en").text
    for _resource, rows in role_table_rows():
        for permission, _holders in rows:
            assert permission in page
