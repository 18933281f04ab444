"""The world of a test: the demo's people in a fresh data folder, and a clock that moves when it is told to."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from peewee import AutoField, Database, PostgresqlDatabase

from portal import schema
from portal.config import Settings
from portal.database import connect, database
from portal.demo import seed
from portal.demo.clock import StillClock
from portal.demo.kit import DemoKit, pack_demo
from portal.kit import Kit
from portal.models.tables import TABLES
from portal.models.user import User

POSTGRES = os.environ.get("PORTAL_TEST_DATABASE", "")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # a hash says itself what it costs to check


def settings_for(folder: Path, **more: Any) -> Settings:
    return Settings(**{"mode": "demo", "url": "http://localhost", "data": folder, "database": POSTGRES, **more})


def kit_of(settings: Settings) -> DemoKit:
    """The kit that the settings ask for, with the clock of the tests in it."""
    return pack_demo(settings, StillClock(settings.data / "clock", NOON))


class Beginning:
    """The demo as it is at the beginning, made once and copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kit = kit_of(settings_for(folder))
        connect(kit.settings)
        seed.reset(kit)
        with database.connection_context():
            User.update(password=CHEAP.hash(seed.PASSWORD)).execute()
            if POSTGRES:  # a test that loses its data with the machine loses nothing
                name = database.execute_sql("SELECT current_database()").fetchone()[0]
                database.execute_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
            self.rows = [(table, list(table.select().dicts())) for table in TABLES] if POSTGRES else []
        close(database.obj)

    def copy(self, folder: Path) -> Kit:
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        kit = kit_of(settings_for(folder))
        connect(kit.settings)
        if POSTGRES:
            self.put_back()
        return kit

    def put_back(self) -> None:
        """Empty tables and the rows of the beginning: quicker than to make the tables anew."""
        with database.connection_context(), database.atomic():
            for table in reversed(TABLES):
                table.delete().execute()
            for table, rows in self.rows:
                table.insert_many(
                    [{k.removesuffix("_id"): v for k, v in row.items()} for row in rows]
                ).execute() if rows else 0
            for table in TABLES:  # explicit ids do not move a sequence on
                if isinstance(table._meta.primary_key, AutoField):
                    name = table._meta.table_name
                    newest = f'SELECT coalesce(max(id), 0) + 1 FROM "{name}"'  # noqa: S608, our own tables
                    database.execute_sql(
                        f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), ({newest}), false)"
                    )


def close(made: Database) -> None:
    with suppress(Exception):
        made.close()
    if isinstance(made, PostgresqlDatabase):
        made.close_all()


def fresh_tables(settings: Settings) -> None:
    """An empty, migrated database where `settings` say."""
    connect(settings)
    with database.connection_context():
        schema.drop_all()
    schema.migrate(settings)
