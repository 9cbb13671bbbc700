"""Credit codes, ID numbers, phones: domain.md 8.1 and 8.2 with their traps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from donors.identity import (
    CHARACTERS,
    IdentityError,
    IdentityWarning,
    check_phone,
    check_resident_id,
    check_uscc,
    kinds_of_uscc,
    organisation_check_digit,
)
from donors.models import DonorKind
from donors.specimens import make_resident_id, make_uscc

TODAY = date(2026, 11, 23)
ORGANISATIONS = [kind for kind in DonorKind if kind is not DonorKind.INDIVIDUAL]
credit_codes = st.builds(make_uscc, st.sampled_from(ORGANISATIONS), st.integers(0, 999_999))
id_numbers = st.builds(make_resident_id, st.integers(0, 19_999_999))
positions = st.integers(0, 17)


def with_check_digit(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43"])
def test_the_vectors_of_the_standard_are_valid_credit_codes(code: str) -> None:
    assert check_uscc(code, kind=DonorKind.ENTERPRISE).is_valid


@pytest.mark.parametrize(
    "typed",
    [
        "91110000600037341l",
        "９１１１００００６０００３７３４１Ｌ",
        " 9111 0000 6000 3734 1L",
        "91110000-60003734-1L",
        "9111\u200b0000600037341L\ufeff",
    ],
)
def test_a_credit_code_has_one_form_however_it_was_typed(typed: str) -> None:
    assert check_uscc(typed).normalised == "91110000600037341L"
    assert check_uscc(typed).is_valid


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", IdentityError.USCC_LENGTH),
        ("9111000060003734", IdentityError.USCC_LENGTH),
        ("91110000600037341LL", IdentityError.USCC_LENGTH),
        ("91110000600O37341L", IdentityError.USCC_CHARACTERS),
        ("9111000A600037341L", IdentityError.USCC_CHARACTERS),
        ("91110000600037341K", IdentityError.USCC_CHECK_DIGIT),
    ],
)
def test_a_wrong_credit_code_is_refused_with_its_reason(code: str, error: IdentityError | None) -> None:
    assert check_uscc(code).error is error


@given(credit_codes, positions, st.sampled_from(sorted(CHARACTERS)))
def test_every_change_of_one_character_of_a_credit_code_is_detected(code: str, position: int, character: str) -> None:
    changed = code[:position] + character + code[position + 1 :]
    assert check_uscc(changed).is_valid is (changed == code)


@given(credit_codes, st.integers(0, 16))
def test_two_neighbours_that_change_places_in_a_credit_code_are_detected(code: str, position: int) -> None:
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert check_uscc(swapped).is_valid is (swapped == code)


def test_an_inner_digit_that_is_wrong_is_only_a_warning() -> None:
    body = "91459999QX0000010"
    assert organisation_check_digit("QX000001") != "0"
    checked = check_uscc(body + uscc.calc_check_digit(body), kind=DonorKind.ENTERPRISE)
    assert checked.is_valid
    assert checked.warnings == (IdentityWarning.ORGANISATION_DIGIT,)


def test_the_collective_of_a_village_has_a_valid_code_though_it_begins_with_a_letter() -> None:
    body = "N2451028MF000001" + organisation_check_digit("MF000001")
    code = body + uscc.calc_check_digit(body)
    assert check_uscc(code, kind=DonorKind.FARMER_COOPERATIVE).is_valid
    assert not uscc.is_valid(code)


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_the_claimed_kind_must_fit_the_first_two_characters(kind: DonorKind) -> None:
    foundation = check_uscc(make_uscc(DonorKind.FOUNDATION, 7), kind=kind)
    free = {DonorKind.VOLUNTEER_GROUP, DonorKind.OVERSEAS_NGO, DonorKind.FOUNDATION}
    assert foundation.is_valid is (kind in free)


def test_a_code_that_does_not_show_its_kind_is_left_to_the_verifier() -> None:
    body = "59459999QX000001" + organisation_check_digit("QX000001")
    checked = check_uscc(body + uscc.calc_check_digit(body), kind=DonorKind.FOUNDATION)
    assert checked.warnings == (IdentityWarning.KIND_NOT_DERIVED,)


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_invented_codes_fit_their_kind_and_never_repeat(kind: DonorKind) -> None:
    codes = {make_uscc(kind, n) for n in range(300)}
    assert len(codes) == 300
    assert all(check_uscc(code, kind=kind).is_valid for code in codes)
    assert all(not kinds_of_uscc(code) or kind in kinds_of_uscc(code) | {DonorKind.VOLUNTEER_GROUP} for code in codes)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "360426199101010071",
    ],
)
def test_the_vectors_of_the_standard_are_valid_id_numbers(number: str) -> None:
    assert check_resident_id(number, today=TODAY).is_valid


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("360426910101007", IdentityError.ID_OLD_FORM),
        ("36042619910101007", IdentityError.ID_LENGTH),
        ("36042619910101007A", IdentityError.ID_CHARACTERS),
        ("X60426199101010071", IdentityError.ID_CHARACTERS),
        ("360426199101010072", IdentityError.ID_CHECK_DIGIT),
        (with_check_digit("45102819900230001"), IdentityError.ID_DATE),
        (with_check_digit("45102818991231001"), IdentityError.ID_DATE),
        (with_check_digit("45102819061122001"), None),
        (with_check_digit("45102819051122001"), IdentityError.ID_DATE),
        (with_check_digit("45102820261123001"), None),
        (with_check_digit("45102820261124001"), IdentityError.ID_DATE),
        (with_check_digit("45102820300101001"), IdentityError.ID_DATE),
    ],
)
def test_an_id_number_needs_eighteen_digits_and_a_possible_birth(number: str, error: IdentityError | None) -> None:
    assert check_resident_id(number, today=TODAY).error is error


def test_real_people_whom_the_library_refuses_are_accepted() -> None:
    born_before_the_county_code = with_check_digit("45102819900101001")
    assert check_resident_id(born_before_the_county_code, today=TODAY).is_valid
    for permit in ("810000", "820000", "830000"):
        checked = check_resident_id(with_check_digit(f"{permit}19900101001"), today=TODAY)
        assert checked.is_valid
        assert checked.warnings == ()


def test_a_place_that_is_unknown_today_is_a_warning_and_never_an_error() -> None:
    number = with_check_digit("45262819700101001")
    checked = check_resident_id(number, today=TODAY, is_known_place=lambda place: place == "451028")
    assert checked.is_valid
    assert checked.warnings == (IdentityWarning.PLACE_UNKNOWN,)
    assert check_resident_id(number, today=TODAY).warnings == ()
    nowhere = check_resident_id(with_check_digit("99000019700101001"), today=TODAY)
    assert nowhere.warnings == (IdentityWarning.PLACE_UNKNOWN,)


@given(id_numbers, positions, st.sampled_from("0123456789X"))
def test_every_change_of_one_digit_of_an_id_number_is_detected(number: str, position: int, digit: str) -> None:
    changed = number[:position] + digit + number[position + 1 :]
    assert check_resident_id(changed, today=TODAY).is_valid is (changed == number)


@given(st.integers(0, 19_999_999))
def test_invented_id_numbers_are_valid_and_their_place_does_not_exist(n: int) -> None:
    number = make_resident_id(n)
    assert check_resident_id(number, today=TODAY).is_valid
    assert number.startswith("459999")


def test_invented_id_numbers_never_repeat() -> None:
    assert len({make_resident_id(n) for n in range(30_000)}) == 30_000


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        "１３８００００１２３４",
        "138 0000 1234",
        "138-0000-1234",
        "+86 13800001234",
        "0086 138 0000 1234",
    ],
)
def test_a_phone_has_one_form_however_it_was_typed(typed: str) -> None:
    assert check_phone(typed).normalised == "13800001234"
    assert check_phone(typed).is_valid


@pytest.mark.parametrize(
    "typed", ["", "12800001234", "1380000123", "138000012345", "0776-5551234", "８６", "1380000123٣"]
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    assert check_phone(typed).error is IdentityError.PHONE


def test_a_fixed_line_is_taken_only_where_it_is_allowed() -> None:
    assert check_phone("0776-5551234", landline=True).normalised == "07765551234"
    assert check_phone("(0776) 5551234", landline=True).is_valid
