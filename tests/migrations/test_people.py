"""The migration of people goes down and up with rows in every table that it makes, and names its donors again."""

from sqlalchemy import make_url, text

from accounts.models import Account, Role
from accounts.reset_models import ResetKind
from accounts.services import MessageKind, agree_reset, ask_reset, notify
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.provision import Prepared, prepare
from core.provision.roles import owner_may_become_records
from core.settings import configure, current
from tests.factories.donors import make_donor
from tests.factories.people import acting, make_person
from tests.factories.recorded import admin_address, engine_of, scratch_database, settings_for, unique_name
from tests.migrations.test_migrations import moved
from tests.plugins.server import settings_at
from web.composition import wire

NEW_TABLES = ("access_reset", "donor_name", "message", "reset_link")


def fill(prepared: Prepared) -> None:
    """Let people work on the database."""
    configure(settings_at(prepared.app_url))
    db.configure(prepared.app_url)
    wire()
    make_donor(name="天坑公益基金会")
    lost = make_person(Role.VILLAGE_OFFICER)
    with acting(make_person(Role.TOWNSHIP_OFFICER)) as actor:
        reset = ask_reset(db.session.get_one(Account, lost), ResetKind.PASSWORD, actor=actor, reason="He came.")
    with acting(make_person(Role.COUNTY_OFFICER)) as actor:
        agree_reset(db.session.merge(reset), actor=actor)
    with unit_of_work(SYSTEM):
        notify([lost], MessageKind.OVERDUE, link="/desk")
    db.dispose()


def test_rows_do_not_stand_in_the_way_and_donors_keep_their_keys() -> None:
    before = current()
    with scratch_database(unique_name()) as url:
        prepared = prepare(settings_for(url), demo=False)
        fill(prepared)
        server, owner = engine_of(admin_address().set(database="postgres")), engine_of(make_url(prepared.owner_url))
        with server.connect() as lender, owner_may_become_records(lender), owner.connect() as connection:
            counts = [connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in NEW_TABLES]
            keys = connection.execute(text("SELECT * FROM donor_name")).all()
            connection.commit()
            moved(connection, "0011", up=False)
            moved(connection, "head", up=True)
            again = connection.execute(text("SELECT * FROM donor_name")).all()
        owner.dispose()
        server.dispose()
    configure(before)
    assert counts == [1, 1, 1, 1]
    assert again == keys
