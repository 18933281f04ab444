"""The connection to SQLite (the default) or PostgreSQL, and the ways in which the models use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database, DatabaseProxy, PostgresqlDatabase, SqliteDatabase
from playhouse.db_url import parse as parse_url
from playhouse.pool import PooledPostgresqlDatabase

from portal.config import Settings

database: Any = DatabaseProxy()

# Writers of one process wait here for one another, which is quicker than SQLite's busy handler.
_writers = threading.RLock()

ONE_WRITER = 7_017_251  # any number, the same in every process of ours

# FULL: a save that was answered with success survives a power cut (measured: NORMAL lost one in three).
PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": "full"}


def connect(settings: Settings) -> Database:
    """Make the database of `settings` the one that all models speak to. No connection is opened yet."""
    if settings.database:
        args = parse_url(settings.database, unquote_password=True)
        made: Database = PooledPostgresqlDatabase(
            args.pop("database"),
            max_connections=32,
            stale_timeout=300,
            timeout=10,
            prefer_psycopg3=True,
            **args,
        )
    else:
        settings.data.mkdir(parents=True, exist_ok=True)
        made = SqliteDatabase(str(settings.data / "portal.sqlite3"), pragmas=PRAGMAS, lock_type="IMMEDIATE", timeout=10)
    database.initialize(made)
    return made


def is_postgres() -> bool:
    return isinstance(database.obj, PostgresqlDatabase)


def open_for_request() -> None:
    database.connect(reuse_if_open=True)


def close_after_request(error: BaseException | None) -> None:
    """PostgreSQL: back to the pool. SQLite: one long-lived connection for each thread, as a new one for each
    request makes even reads fail on a full disk."""
    if is_postgres() or error:
        database.close()


@contextmanager
def at_hand() -> Iterator[None]:
    """A connection for work beside the requests, kept or given back as theirs are."""
    open_for_request()
    try:
        yield
    except BaseException as error:
        close_after_request(error)
        raise
    close_after_request(None)


@contextmanager
def writing() -> Iterator[None]:
    """The one transaction that may write: it reads what is true until it commits, and writers queue for it. SQLite
    has it so by nature; PostgreSQL gets it by a lock, so that both behave alike and nothing can deadlock.

    Within it a further one is the same: all is committed together, or nothing is.
    """
    if database.in_transaction():
        yield
    elif is_postgres():
        with database.atomic():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (ONE_WRITER,))
            yield
    else:
        with _writers, database.atomic():
            yield
