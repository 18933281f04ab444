"""The audit log as a chain: whoever edits, removes or inserts a row without the keys is found."""

import time

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.models.event import Event
from portal.record import chain
from portal.record.writing import record


@pytest.fixture
def log(kit):
    """A hundred events."""
    for number in range(100):
        record(kit, "code.sent", channel="text", ending=f"{number:02}")
    return kit


def test_an_untouched_log_is_whole(log):
    assert chain.verify(log) == chain.head()


def test_one_changed_byte_is_found(log):
    Event.update(address="6.6.6.6").where(Event.id == 50).execute()
    with pytest.raises(chain.Broken, match="Event 50 "):
        chain.verify(log)


def test_a_changed_detail_is_found(log):
    Event.update(details={"channel": "call", "ending": "49"}).where(Event.id == 50).execute()
    with pytest.raises(chain.Broken):
        chain.verify(log)


def test_a_missing_row_is_found(log):
    Event.delete().where(Event.id == 50).execute()
    with pytest.raises(chain.Broken, match="Event 51 "):
        chain.verify(log)


def test_an_inserted_row_is_found(log):
    row = Event.get_by_id(50)
    Event.create(at=row.at, kind=row.kind, address="", details=row.details, hash=row.hash)
    with pytest.raises(chain.Broken):
        chain.verify(log)


def test_two_rows_that_changed_places_are_found(log):
    first, second = Event.get_by_id(50), Event.get_by_id(51)
    for row, other in ((first, second), (second, first)):
        Event.update(details=other.details, hash=other.hash).where(Event.id == row.id).execute()
    with pytest.raises(chain.Broken):
        chain.verify(log)


def test_ten_rows_cut_off_are_found_against_an_earlier_head(log):
    head = chain.head()
    Event.delete().where(Event.id > 90).execute()
    assert chain.verify(log).events == 90
    with pytest.raises(chain.Broken, match="cut off"):
        chain.verify(log, head)


def test_a_log_that_went_on_holds_an_earlier_head(log):
    head = chain.head()
    record(log, "code.sent")
    assert chain.verify(log, head).events == 101


def portal(kit, *words):
    world = {"PORTAL_MODE": "demo", "PORTAL_DATABASE": kit.settings.database}
    return CliRunner().invoke(main, [*words, "--data", str(kit.settings.data)], env=world, catch_exceptions=False)


def test_the_command_says_that_it_is_whole_and_prints_the_head(log):
    head = portal(log, "audit", "head").output.strip()
    answer = portal(log, "audit", "verify", "--head", head)
    assert (answer.exit_code, head in answer.output) == (0, True)


def test_the_command_fails_where_it_is_not(log):
    Event.update(kind="code.refused").where(Event.id == 7).execute()
    assert portal(log, "audit", "verify").exit_code == 1


@pytest.mark.slow
def test_a_hundred_thousand_events_are_verified_in_seconds(kit):
    before, row = chain.newest_hash(), Event(at=kit.now, kind="code.sent", address="", details={"channel": "text"})
    rows = []
    for _ in range(100_000):
        before = kit.keys.digest("event", row.content(before))
        rows.append({"at": row.at, "kind": row.kind, "address": "", "details": row.details, "hash": before})
    for start in range(0, len(rows), 1000):
        Event.insert_many(rows[start : start + 1000]).execute()
    began = time.monotonic()
    assert chain.verify(kit).events >= 100_000
    assert time.monotonic() - began < 30
    Event.update(address="6.6.6.6").where(Event.id == 77_777).execute()
    with pytest.raises(chain.Broken, match="Event 77777 "):
        chain.verify(kit)
