"""The tables: made by migrations alone, which run once however many processes ask for them."""

import subprocess
import sys
from pathlib import Path

import pytest
from house.world import POSTGRES, settings_for

from portal import schema
from portal.database import connect, database
from portal.models.tables import TABLES
from portal.models.user import User

ROOT = Path(__file__).parent.parent


@pytest.fixture
def empty(kit):
    """A database without any table."""
    with database.connection_context():
        schema.drop_all()
    yield kit.settings
    schema.migrate(kit.settings)


def tables() -> set[str]:
    with database.connection_context():
        return set(database.get_tables())


def shape() -> list[object]:
    """Every column and index of every table, as the database tells it."""
    with database.connection_context():
        names = sorted(table._meta.table_name for table in TABLES)
        columns = [
            sorted((c.table, c.name, c.data_type.lower(), c.null) for c in database.get_columns(n)) for n in names
        ]
        indexes = [sorted((i.table, tuple(i.columns), i.unique) for i in database.get_indexes(n)) for n in names]
    return [columns, indexes]


def test_migrations_make_every_table(empty):
    schema.migrate(empty)
    assert {table._meta.table_name for table in TABLES} <= tables()


def test_a_migrated_database_is_what_the_models_say(empty):
    schema.migrate(empty)
    with database.connection_context():
        assert schema.drift() == ""
        assert schema.pending() == []


def test_a_migrated_database_equals_a_fresh_one(empty):
    schema.migrate(empty)
    migrated = shape()
    with database.connection_context():
        schema.drop_all()
        database.create_tables(TABLES)
    assert shape() == migrated
    with database.connection_context():
        database.drop_tables([*reversed(TABLES)])


def test_a_second_run_applies_nothing(empty):
    assert schema.migrate(empty)
    assert schema.migrate(empty) == []


def test_a_run_keeps_what_is_there(kit):
    before = User.select().count()
    schema.migrate(kit.settings)
    assert User.select().count() == before == 7


def test_three_processes_at_once_apply_each_migration_once(empty):
    command = [sys.executable, "-m", "portal.cli", "migrate", "--data", str(empty.data)]
    environment = {"PORTAL_MODE": "demo", "PORTAL_DATABASE": POSTGRES}
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    applied = [line for out, _ in said for line in out.splitlines() if line.startswith("applied")]
    assert len(applied) == len(set(applied)) == len(list(schema.FOLDER.glob("[0-9]*.py")))


def test_a_drift_is_seen(kit):
    with database.connection_context():
        database.execute_sql("ALTER TABLE company ADD COLUMN surprise INTEGER")
        assert "surprise" in schema.drift()
        database.execute_sql("ALTER TABLE company DROP COLUMN surprise")


@pytest.mark.skipif(bool(POSTGRES), reason="about SQLite")
def test_sqlite_keeps_what_it_confirmed(kit):
    said = {
        name: database.execute_sql(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.skipif(bool(POSTGRES), reason="about SQLite")
def test_a_folder_that_is_not_there_is_made(tmp_path):
    connect(settings_for(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b").is_dir()
