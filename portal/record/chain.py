"""The chain: each event carries a keyed hash over itself and the one before, so that nobody without the keys can edit,
remove or insert a row without its showing.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.kit import Kit
from portal.models.event import Event

BATCH = 1000  # rows that a walk of the log holds at once


class Known:
    """The hash of the newest event, as far as this process knows: the statement that appends one holds it against the
    table, so that a wrong one costs another look and nothing else."""

    hash = ""


def append(kit: Kit, event: Event) -> None:
    """Put `event` behind the newest one, in the caller's transaction, in which nobody else writes."""
    if not put_behind(kit, event, Known.hash):
        put_behind(kit, event, newest_hash())
    Known.hash = event.hash


def put_behind(kit: Kit, event: Event, before: str) -> bool:
    """False where `before` is not the hash of the newest event."""
    event.hash = kit.keys.digest("event", event.content(before))
    return event.put_behind(before)


def newest_hash() -> str:
    newest = Event.select(Event.hash).order_by(Event.id.desc()).first()
    return newest.hash if newest else ""


@dataclass(frozen=True)
class Head:
    """Where the log ends: kept elsewhere, it shows later whether rows were cut off or the log was replaced."""

    events: int
    last: int
    hash: str

    def __str__(self) -> str:
        return f"{self.events} {self.last} {self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """Raises ValueError for what is no head."""
        events, last, found = text.split()
        return cls(int(events), int(last), found)


def head() -> Head:
    """Where the log ends now."""
    newest = Event.select().order_by(Event.id.desc()).first()
    return Head(Event.select().count(), newest.id, newest.hash) if newest else Head(0, 0, "-")


class Broken(Exception):
    """The log is not what was written; the message says from which event on."""


def verify(kit: Kit, earlier: Head | None = None) -> Head:
    """Walk the whole chain, and hold it against a head taken `earlier`. Raises Broken.

    It proves that nobody without the keys has edited, removed or inserted a row; that none was cut off at the end
    only as far as the earlier head goes.
    """
    before, count, last, met = "", 0, 0, earlier is None
    while batch := list(Event.select().where(Event.id > last).order_by(Event.id).limit(BATCH)):
        for event in batch:
            if not kit.keys.matches(event.hash, "event", event.content(before)):
                raise Broken(
                    f"Event {event.id} does not follow the one before it ({last}): one was changed or is gone."
                )
            before, count, last = event.hash, count + 1, event.id
            met = met or (earlier is not None and Head(count, last, before) == earlier)
    if not met:
        raise Broken(f"The earlier head ({earlier}) is not in the log: rows were cut off, or it was replaced.")
    return Head(count, last, before)
