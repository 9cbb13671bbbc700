"""Registering: numbers, duplicates, names, the county that checks (domain.md 8; security.md, rows 3, 38, 46)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from accounts.models import Account, Role
from accounts.queries import accounts_of_donor
from core.db import db, unit_of_work
from core.errors import NotValid, Refused, TooManyRequests
from core.i18n import use_locale
from core.policy import SYSTEM
from donors.cities import city_choices, city_name
from donors.models import Donor, DonorKind, PhoneCode
from donors.queries import public_name, search_donors
from donors.services import Contact, change_contact, prove_phone, register_donor, send_phone_code
from donors.services.phone import PER_NUMBER, _digits, send_code
from donors.specimens import make_resident_id, make_uscc
from tests.factories.donors import county_officer, donor_of, make_donor, registration
from tests.factories.people import acting, make_account, make_person

pytestmark = pytest.mark.usefixtures("database")


def register(**overrides):
    head = make_account()
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, head)
        return register_donor(registration(**overrides), actor=SYSTEM, account=account).id


def errors_of(**overrides):
    with pytest.raises(NotValid) as refusal:
        register(**overrides)
    return set(refusal.value.errors)


def test_whoever_registers_becomes_the_head_of_the_donor():
    county_officer()
    donor_id = register()
    with unit_of_work(SYSTEM):
        assert len(accounts_of_donor(donor_id, Role.DONOR_ADMIN)) == 1


WRONG_FIELDS = [
    ({"uscc": "91110000600037341M"}, {"uscc"}),
    ({"uscc": make_uscc(DonorKind.ENTERPRISE, 1)}, {"uscc"}),
    ({"kind": DonorKind.INDIVIDUAL, "id_number": "11010519491231002"}, {"id_number"}),
    ({"kind": DonorKind.INDIVIDUAL, "contact_phone": "0771-5551234"}, {"contact_phone"}),
    ({"contact_phone": "12345"}, {"contact_phone"}),
    ({"name": "x"}, {"name"}),
    ({"name": "Found\u202eation"}, {"name"}),
    ({"name": "Found\u200bation"}, {"name"}),
    ({"contact_name": "\u0007 Bell"}, {"contact_name"}),
    ({"region": "451027"}, {"region"}),
    ({"uscc": "", "name": "", "contact_phone": ""}, {"uscc", "name", "contact_phone"}),
]


def test_every_wrong_field_is_named_at_once():
    county_officer()
    for overrides, fields in WRONG_FIELDS:
        assert errors_of(**overrides) == fields, overrides


def full_width(code):
    return "".join(chr(ord(sign) + 0xFEE0) for sign in code)


def test_one_number_registers_once_however_it_is_written():
    code = make_uscc(DonorKind.FOUNDATION, 900)
    county_officer()
    register(uscc=code)
    for variant in (code, code.lower(), full_width(code), f" {code[:9]} {code[9:]} "):
        assert errors_of(uscc=variant) == {"uscc"}, variant


def test_a_group_shares_the_code_of_its_unit_but_not_its_name():
    county_officer()
    code = make_uscc(DonorKind.ASSOCIATION, 901)
    register(kind=DonorKind.ASSOCIATION, uscc=code)
    register(kind=DonorKind.VOLUNTEER_GROUP, uscc=code, name="Sunday group")
    register(kind=DonorKind.VOLUNTEER_GROUP, uscc=code, name="Monday group")
    with pytest.raises(NotValid):
        register(kind=DonorKind.VOLUNTEER_GROUP, uscc=code, name="Monday group")


def test_numbers_and_contacts_are_stored_encrypted():
    county_officer()
    number = make_resident_id(902)
    register(kind=DonorKind.INDIVIDUAL, id_number=number, contact_name="Canary Person", contact_phone="13900009999")
    with unit_of_work(SYSTEM) as session:
        row = session.execute(text("SELECT donor::text FROM donor")).scalar_one()
        stored = session.execute(text("SELECT id_number || contact_name || contact_phone FROM donor")).scalar_one()
    for canary in (number, "Canary Person", "13900009999"):
        assert canary not in row
        assert canary.encode() not in bytes(stored)


def test_without_any_county_office_the_county_must_be_named():
    with pytest.raises(NotValid) as refusal:
        register()
    assert set(refusal.value.errors) == {"region"}


def test_an_officer_of_the_county_cannot_be_the_head_of_a_donor():
    officer = county_officer()
    with pytest.raises(Refused) as refusal, unit_of_work(SYSTEM):
        register_donor(registration(), actor=SYSTEM, account=db.session.get_one(Account, officer))
    assert refusal.value.code == "roles_conflict"


@pytest.mark.parametrize(
    ("kind", "overrides", "english"),
    [
        (DonorKind.INDIVIDUAL, {"city_code": "450100000000"}, "a citizen of Nanning"),
        (DonorKind.INDIVIDUAL, {"city_code": "123400000000"}, "a citizen"),
        (DonorKind.ENTERPRISE, {"named_publicly": False, "city_code": "450100000000"}, "Enterprise in Nanning"),
        (DonorKind.FOUNDATION, {"name": "River Foundation"}, "River Foundation"),
    ],
)
def test_who_is_not_to_be_named_is_called_by_kind_and_city(kind, overrides, english):
    donor_id, _head = make_donor(kind, **overrides)
    with unit_of_work(SYSTEM), use_locale("en"):
        assert public_name(db.session.get_one(Donor, donor_id)) == english


def test_a_donor_that_is_not_verified_is_not_named():
    from donors.models import DonorStage

    donor_id, _head = make_donor(stage=DonorStage.SUBMITTED, name="River Foundation", city_code="450100000000")
    with unit_of_work(SYSTEM), use_locale("en"):
        assert public_name(db.session.get_one(Donor, donor_id)) == "Foundation in Nanning"


def test_every_city_has_a_name_in_both_languages():
    for language in ("zh", "en"):
        with use_locale(language):
            assert all(city_name(code) == name and name for code, name in city_choices())


def test_a_search_finds_named_and_verified_organisations_only():
    donor_id, _head = make_donor(name="River Foundation")
    make_donor(name="River Hidden", named_publicly=False)
    make_donor(DonorKind.INDIVIDUAL, name="River Person")
    with acting(make_person(Role.PAIRING_CADRE)) as actor:
        assert [donor.id for donor in search_donors(actor, "river")] == [donor_id]
        assert search_donors(actor, "%%") == []
        assert [donor.id for donor in search_donors(actor, str(donor_of(donor_id).uscc))] == [donor_id]


def person():
    from donors.models import DonorStage

    return make_donor(DonorKind.INDIVIDUAL, stage=DonorStage.REGISTERED)


def ask_for_code(donor_id, head):
    with acting(head) as actor:
        return send_phone_code(db.session.get_one(Donor, donor_id), actor=actor).id


def let_pause_pass():
    with unit_of_work(SYSTEM) as session:
        session.execute(text("UPDATE phone_code SET issued_at = issued_at - interval '61 seconds'"))


def prove(donor_id, head, code):
    with acting(head) as actor:
        prove_phone(db.session.get_one(Donor, donor_id), code, actor=actor)


def test_the_code_reaches_the_phone_and_proves_it_once(monkeypatch):
    sent = []
    monkeypatch.setattr("donors.services.phone.send_text", lambda phone, body: sent.append((phone, body)))
    donor_id, head = person()
    code_id = ask_for_code(donor_id, head)
    send_code(code_id=str(code_id))
    assert sent[0][0] == donor_of(donor_id).contact_phone
    assert _digits(code_id) in sent[0][1]
    prove(donor_id, head, f" {_digits(code_id)[:3]} {_digits(code_id)[3:]} ")
    assert donor_of(donor_id).phone_verified_at is not None
    with pytest.raises(NotValid):
        prove(donor_id, head, _digits(code_id))


def test_a_newer_code_replaces_the_older_one():
    donor_id, head = person()
    old = ask_for_code(donor_id, head)
    let_pause_pass()
    new = ask_for_code(donor_id, head)
    with pytest.raises(NotValid):
        prove(donor_id, head, _digits(old))
    prove(donor_id, head, _digits(new))


def test_a_code_for_the_number_before_proves_nothing():
    donor_id, head = person()
    code_id = ask_for_code(donor_id, head)
    with acting(head) as actor:
        contact = Contact("Same Person", "13911112222", "", named_publicly=False)
        change_contact(db.session.get_one(Donor, donor_id), contact, actor=actor)
    with pytest.raises(NotValid):
        prove(donor_id, head, _digits(code_id))


def test_a_new_number_must_be_proven_anew():
    donor_id, head = make_donor(DonorKind.INDIVIDUAL)
    with acting(head) as actor:
        contact = Contact("Same Person", "13911112222", "", named_publicly=True)
        change_contact(db.session.get_one(Donor, donor_id), contact, actor=actor)
    donor = donor_of(donor_id)
    assert (donor.phone_verified_at, donor.named_publicly) == (None, False)


def test_a_code_runs_out():
    donor_id, head = person()
    code_id = ask_for_code(donor_id, head)
    with unit_of_work(SYSTEM) as session:
        code = session.get_one(PhoneCode, code_id)
        code.expires_at = code.issued_at
    with pytest.raises(NotValid):
        prove(donor_id, head, _digits(code_id))


def test_codes_are_capped_by_pause_and_by_day():
    donor_id, head = person()
    ask_for_code(donor_id, head)
    with pytest.raises(TooManyRequests) as refusal:
        ask_for_code(donor_id, head)
    assert 0 < refusal.value.retry_after <= 60
    for _number in range(PER_NUMBER - 1):
        let_pause_pass()
        ask_for_code(donor_id, head)
    let_pause_pass()
    with pytest.raises(TooManyRequests) as refusal:
        ask_for_code(donor_id, head)
    assert refusal.value.retry_after == 3600


def test_codes_asked_for_at_the_same_moment_do_not_slip_past_the_pause():
    donor_id, head = person()

    def ask(_number):
        try:
            ask_for_code(donor_id, head)
        except TooManyRequests:
            return "wait"
        return "sent"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(ask, range(12)))
    assert (found.count("sent"), found.count("wait")) == (1, 11)


def test_the_queue_holds_neither_code_nor_number():
    donor_id, head = person()
    code_id = ask_for_code(donor_id, head)
    with unit_of_work(SYSTEM) as session:
        rows = str(session.execute(text("SELECT args::text FROM procrastinate_jobs")).scalars().all())
    assert _digits(code_id) not in rows
    assert donor_of(donor_id).contact_phone not in rows
