"""The tables of the database, brought up to date by numbered migrations that run once, under a lock."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import Runner, template
from playhouse.schema_diff import diff_models

from portal.config import Settings
from portal.database import database, is_postgres
from portal.models.tables import TABLES

FOLDER = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_017_250  # any number, the same in every process of ours


def migrate(settings: Settings) -> list[str]:
    """Apply what is missing, one process at a time; the names of what was applied."""
    with database.connection_context(), alone(settings):
        applied: list[str] = runner().up()
        return applied


def pending() -> list[str]:
    return [each.name for each in runner().status() if not each.applied]


def drift() -> str:
    """How the database differs from the models, in words; empty where it does not."""
    difference = diff_models(database.obj, list(TABLES))
    return str(difference) if difference else ""


def write_migration(name: str) -> str:
    """A new migration from the present database to the models; its path. For maintainers."""
    path: str = runner().create(name, body=template(diff_models(database.obj, list(TABLES))))
    return path


def drop_all() -> None:
    """Remove every table, with what is in it. For the demo and the tests."""
    history = runner().History
    database.drop_tables([*reversed(TABLES), history], safe=True)


def runner() -> Runner:
    return Runner(database.obj, str(FOLDER))


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """The runner has no lock of its own: three workers that start together would apply everything thrice."""
    if is_postgres():
        database.execute_sql("SELECT pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (ADVISORY_LOCK,))
    else:
        with (settings.data / "migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
