"""The three roles, the database and the rights of each, made by an administrator's connection."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Error as DriverError
from psycopg import sql
from sqlalchemy import URL, Connection, text

from core.errors import StartupRefused
from core.provision.connecting import cause, driver, run, run_composed

RECORDS, OWNER, APP = "jiedui_records", "jiedui_owner", "jiedui_app"


def derived_password(admin_password: str, role: str) -> str:
    """Return the role's password: the same for every checkout that knows the administrator's."""
    salt = f"jiedui/{role}".encode()
    return hashlib.scrypt(admin_password.encode(), salt=salt, n=2**14, r=8, p=1, dklen=24).hex()


def role_address(admin: URL, role: str) -> URL:
    """Return where a role connects to the database that the administrator's address names."""
    password = None if admin.password is None else derived_password(str(admin.password), role)
    name = admin.database or "jiedui"
    return URL.create(admin.drivername, role, password, admin.host, admin.port, name, query=admin.query)


def make_roles(server: Connection, admin: URL) -> None:
    """Make the roles that are missing; give those with a login their password where one is used."""
    try:
        for role, login in ((RECORDS, False), (OWNER, True), (APP, True)):
            _make_role(server, role, login=login)
            if login and admin.password is not None:
                _set_password(server, role, derived_password(str(admin.password), role))
        if not server.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
            run(server, "GRANT {owner} TO CURRENT_USER", owner=OWNER)
    except DriverError as failure:
        raise StartupRefused(f"DATABASE_URL must be an administrator's address: {cause(failure)}") from failure
    server.commit()


def _make_role(server: Connection, role: str, *, login: bool) -> None:
    if server.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
        server.commit()
        return
    run(
        server,
        f"CREATE ROLE {{role}} NOSUPERUSER NOCREATEDB NOCREATEROLE {'LOGIN' if login else 'NOLOGIN'}",
        role=role,
    )


def _set_password(server: Connection, role: str, password: str) -> None:
    """Set a role's password; it travels as a verifier, so that no server log holds it in clear."""
    verifier = driver(server).pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier.decode()))
    run_composed(server, statement)


def make_database(server: Connection, name: str) -> None:
    """Make the database where it is missing; an existing one is taken as it is."""
    exists = server.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
    server.commit()
    if exists:
        return
    connection = driver(server)
    connection.autocommit = True
    try:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    finally:
        connection.autocommit = False


def give_schema(connection: Connection, database: str) -> None:
    """Give the migrating role the schema `public` and the right to make a schema; the others only what they need."""
    owner = connection.scalar(text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public'"))
    if owner != OWNER:
        run(connection, "ALTER SCHEMA public OWNER TO {owner}", owner=OWNER)
    question = text("SELECT has_database_privilege(:owner, current_database(), 'CREATE')")
    if not connection.scalar(question, {"owner": OWNER}):
        run(
            connection,
            "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {name} TO {owner}",
            name=database,
            owner=OWNER,
        )
        run(connection, "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}", name=database, app=APP)
    connection.commit()


@contextmanager
def owner_may_become_records(server: Connection) -> Iterator[None]:
    """Lend the records' role to the migrating role, for the time of a migration only."""
    run(server, "GRANT {records} TO {owner}", records=RECORDS, owner=OWNER)
    try:
        yield
    finally:
        server.rollback()
        run(server, "REVOKE {records} FROM {owner}", records=RECORDS, owner=OWNER)


def may_become_records(connection: Connection) -> bool:
    """Return whether the connected role may write the schema of the update records."""
    question = text("SELECT count(*) FROM pg_roles WHERE rolname = :role AND pg_has_role(current_user, oid, 'MEMBER')")
    found = connection.scalar(question, {"role": RECORDS})
    connection.rollback()
    return bool(found)
