"""Counters with a limit in a stretch of time, each spent by one conditional statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from peewee import EXCLUDED, Case, CharField, IntegerField

from portal.models.base import Instant, Record
from portal.models.statement import Statement, place

SKEW = timedelta(minutes=5)  # how far apart clocks may be; a counter begun later than that was begun by a wrong one


@dataclass(frozen=True)
class Take:
    """One of `most` in `window`, which starts with the first."""

    name: str
    most: int
    window: timedelta


class Quota(Record):
    name = CharField(max_length=200, primary_key=True)
    since = Instant()
    ends_at = Instant()
    most = IntegerField()
    spent = IntegerField()

    @classmethod
    def spend(cls, name: str, limit: int, window: timedelta, now: datetime) -> datetime | None:
        """Take one of `limit` in `window`. None, or when there is one again."""
        short = cls.spend_all(now, Take(name, limit, window))
        return short[1] if short else None

    @classmethod
    def spend_all(cls, now: datetime, *takes: Take) -> tuple[Take, datetime] | None:
        """Take one of each, in the caller's transaction, which is not to be committed for anything but None: the first
        that there is none of, and when there is one again."""
        values: dict[str, object] = {"now": now, "future": now + SKEW}
        for at, take in enumerate(takes):
            values |= {f"name{at}": take.name, f"most{at}": take.most, f"end{at}": now + take.window}
        if spending(len(takes)).run(**values) == len(takes):
            return None
        return next((take, end) for take in takes if (end := cls.used_up(take.name, take.most, take.window, now)))

    @classmethod
    def used_up(cls, name: str, limit: int, window: timedelta, now: datetime) -> datetime | None:
        """Without taking one: None, or when there is one again."""
        full = (cls.name == name, cls.spent >= limit, cls.ends_at > now, cls.since <= now + SKEW)
        found = cls.select(cls.ends_at).where(*full).first()
        return found.ends_at if found else None

    @classmethod
    def give_back(cls, name: str) -> None:
        cls.update(spent=cls.spent - 1).where(cls.name == name, cls.spent > 0).execute()

    @classmethod
    def forget(cls, name: str) -> None:
        cls.delete().where(cls.name == name).execute()


@cache
def spending(count: int) -> Statement:
    """One statement for so many counters: it writes as many rows as it could take from."""
    return Statement(lambda: upsert(count))


def upsert(count: int) -> Any:
    over = (Quota.ends_at <= place("now")) | (Quota.since > place("future"))
    first: dict[Any, Callable[[int], Any]] = {
        Quota.since: lambda at: place("now", Quota.since),
        Quota.name: lambda at: place(f"name{at}", Quota.name),
        Quota.ends_at: lambda at: place(f"end{at}", Quota.ends_at),
        Quota.most: lambda at: place(f"most{at}", Quota.most),
        Quota.spent: lambda at: 1,
    }
    anew = {column: Case(None, [(over, getattr(EXCLUDED, column.name))], column) for column in first}
    return Quota.insert_many(
        [{column: given(at) for column, given in first.items()} for at in range(count)]
    ).on_conflict(
        conflict_target=[Quota.name],
        update={
            Quota.spent: Case(None, [(over, 1)], Quota.spent + 1),
            Quota.most: EXCLUDED.most,
            Quota.since: anew[Quota.since],
            Quota.ends_at: anew[Quota.ends_at],
        },
        where=over | (Quota.spent < EXCLUDED.most),
    )
