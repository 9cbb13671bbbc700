"""The migration of the registers: households that stand become a head, a membership and a description."""

from sqlalchemy import make_url, select, text

from accounts.models import Role
from core.clock import local_day
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.provision import Prepared, prepare
from core.provision.roles import owner_may_become_records
from core.records import verify_stream
from core.settings import configure, current
from donors.specimens import make_resident_id
from registry.choices import PovertyStatus, Relation, Sex
from registry.models import Household
from registry.queries import members_on, profile_on
from registry.services import add_member, save_profile
from tests.factories.needs import make_household, make_places
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.recorded import admin_address, engine_of, scratch_database, settings_for, unique_name
from tests.migrations.test_migrations import moved
from tests.plugins.server import settings_at
from web.composition import wire

NUMBER = make_resident_id(42)


def fill(prepared: Prepared) -> None:
    """Put a household with phone and group on file, and one that was never described further."""
    configure(settings_at(prepared.app_url))
    db.configure(prepared.app_url)
    wire()
    make_places()
    author = make_person(Role.VILLAGE_OFFICER, VILLAGE)
    make_household(author, head_name="韦大山", id_number=NUMBER, phone="13911112222", group_no="5", size=4)
    make_household(author, phone=None, household_no="SECOND")


def checked() -> None:
    """Look at what the migration wrote, by the queries that everybody uses."""
    with unit_of_work(SYSTEM) as session:
        found = {row.household_no: row for row in session.scalars(select(Household))}
        first = next(row for number, row in found.items() if number != "SECOND")
        day = local_day(first.created_at)
        (head,) = members_on(first.id, day)
        assert (head.member.name, head.member.id_number, head.member.id_index) == ("韦大山", NUMBER, first.id_index)
        assert head.member.birth_date == f"{NUMBER[6:10]}-{NUMBER[10:12]}-{NUMBER[12:14]}"
        assert head.member.sex is (Sex.MALE if int(NUMBER[16]) % 2 else Sex.FEMALE)
        assert head.membership.relation_to_head is Relation.HEAD
        profile = profile_on(first.id, day)
        assert profile is not None
        assert (profile.phone, profile.group_no, profile.poverty_status) == ("13911112222", "5", PovertyStatus.NONE)
        other = profile_on(found["SECOND"].id, day)
        assert other is not None
        assert other.phone is None
        assert verify_stream(f"household/{first.id}").ok


def goes_on() -> None:
    """The rows that the migration made are worked with as any others."""
    author = make_person(Role.VILLAGE_OFFICER, VILLAGE)
    with acting(author) as actor:
        household = db.session.scalars(select(Household).where(Household.household_no == "SECOND")).one()
        day = local_day(household.created_at)
        save_profile(household, {"main_cause": "illness"}, actor=actor, valid_from=day, expected_revision=1)
        add_member(household, {"name": "韦小山", "relation_to_head": "son"}, actor=actor, valid_from=day)
        assert len(members_on(household.id, day)) == 2


def test_households_on_file_move_into_the_registers() -> None:
    before = current()
    with scratch_database(unique_name()) as url:
        prepared = prepare(settings_for(url), demo=False)
        fill(prepared)
        db.dispose()
        server, owner = engine_of(admin_address().set(database="postgres")), engine_of(make_url(prepared.owner_url))
        with server.connect() as lender, owner_may_become_records(lender), owner.connect() as connection:
            moved(connection, "0013", up=False)
            tables = connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tablename = 'member'"))
            connection.commit()
            moved(connection, "head", up=True)
        owner.dispose()
        server.dispose()
        db.configure(prepared.app_url)
        checked()
        goes_on()
        db.dispose()
    configure(before)
    assert tables == 0
