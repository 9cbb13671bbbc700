"""Passwords and user names, without a database (security.md, rows 36 and 46)."""

import pytest

from accounts.services.accounts import clean_email, clean_phone, clean_username
from accounts.services.passwords import check_password
from core.errors import NotValid


@pytest.mark.parametrize("password", ["short", "password1", "11111111", "12341234", "abababab", "x" * 129])
def test_easy_passwords_are_refused(password):
    with pytest.raises(NotValid):
        check_password(password)


def test_a_password_is_not_the_user_name():
    with pytest.raises(NotValid):
        check_password("zhuping.officer", username="Zhuping.Officer")


@pytest.mark.parametrize("password", ["green hills and rice", "竹坪村的雨天真长", "x9!kQ2#v"])
def test_words_and_signs_of_any_kind_make_a_password(password):
    check_password(password, username="officer")


@pytest.mark.parametrize(
    "username", ["ab", "-abc", "abc-", "with space", "a" * 41, "\u5f20\u4e09\u4e09", "abc\u200bdef", "a/b/c"]
)
def test_user_names_are_plain(username):
    with pytest.raises(NotValid):
        clean_username(username)


@pytest.mark.parametrize("phone", ["138 0000-1234", "+8613800001234", "１３８００００１２３４"])
def test_a_phone_number_has_one_form(phone):
    assert clean_phone(phone) == "13800001234"


@pytest.mark.parametrize("address", ["nobody", "a@b", "a b@c.de", "a@b@c.de"])
def test_an_address_without_its_parts_is_refused(address):
    with pytest.raises(NotValid):
        clean_email(address)
