"""The database: declarative base, engine, and the unit of work that alone commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Engine, MetaData, Numeric, Text, create_engine, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

if TYPE_CHECKING:
    from core.policy import Actor

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models. Text is unbounded text, times know their zone, money has two places."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text,
        datetime: DateTime(timezone=True),
        Decimal: Numeric(14, 2),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class NoUnitOfWork(RuntimeError):
    """The database was used outside a unit of work."""


class Database:
    """The one engine of this process and the session of the current unit of work."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
        self._current: ContextVar[Session | None] = ContextVar("session", default=None)

    def configure(self, url: str, *, pool_size: int = 4, max_overflow: int = 4) -> Engine:
        """Point this process at a database as the application's role."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC", "connect_timeout": 10, "client_encoding": "utf8"},
        )
        self._sessions.configure(bind=self._engine)
        return self._engine

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise NoUnitOfWork("db.configure was not called")
        return self._engine

    @property
    def sessions(self) -> sessionmaker[Session]:
        """The session factory, for listeners."""
        return self._sessions

    @property
    def session(self) -> Session:
        """The session of the current unit of work."""
        session = self._current.get()
        if session is None:
            raise NoUnitOfWork("open a unit_of_work first")
        return session

    @property
    def is_open(self) -> bool:
        return self._current.get() is not None

    def answers(self) -> bool:
        """Return whether the database answers a question."""
        try:
            with self.engine.connect() as connection:
                return bool(connection.execute(text("SELECT 1")).scalar() == 1)
        except SQLAlchemyError:
            return False

    def abandon(self) -> None:
        """Roll the current transaction back and go on reading: a refused service may have half built something."""
        self.session.rollback()

    def dispose(self) -> None:
        """Close all connections."""
        if self._engine is not None:
            self._engine.dispose()

    def begin(self, actor: "Actor") -> "UnitOfWork":
        """Open a unit of work by hand; doors that end it themselves use this."""
        return UnitOfWork(self, self._sessions(), actor)

    def _enter(self, session: Session) -> Token[Session | None]:
        return self._current.set(session)

    def _leave(self, token: Token[Session | None]) -> None:
        self._current.reset(token)


class UnitOfWork:
    """One transaction of one actor. Ends by `commit` or `rollback`, always by `close`."""

    def __init__(self, database: Database, session: Session, actor: "Actor") -> None:
        self._database = database
        self._token = database._enter(session)
        self.session = session
        self.become(actor)

    def become(self, actor: "Actor") -> None:
        """Say who acts from now on in this transaction."""
        act_as(self.session, actor)

    def commit(self) -> None:
        self.session.commit()

    def rollback(self) -> None:
        self.session.rollback()

    def close(self) -> None:
        self._database._leave(self._token)
        self.session.close()


def act_as(session: Session, actor: "Actor") -> None:
    """Tell the session, and through it the append function, who acts."""
    session.info["actor"] = actor
    session.info.pop("acting_role", None)


def tell_actor(session: Session) -> None:
    """Set `app.actor` and `app.role` for this transaction; the record writer calls it before it appends."""
    actor: Actor = session.info["actor"]
    session.execute(
        text("SELECT set_config('app.actor', :actor, true), set_config('app.role', :role, true)"),
        {"actor": actor.key, "role": session.info.get("acting_role") or actor.role_name},
    )


db = Database()


@contextmanager
def unit_of_work(actor: "Actor") -> Iterator[Session]:
    """Run one transaction for `actor`: commit at the end, roll back on any exception."""
    unit = db.begin(actor)
    try:
        yield unit.session
        unit.commit()
    except BaseException:
        unit.rollback()
        raise
    finally:
        unit.close()
