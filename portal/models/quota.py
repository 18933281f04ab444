"""Counters with a limit in a stretch of time, each spent by one conditional statement."""

from __future__ import annotations

from datetime import datetime, timedelta

from peewee import EXCLUDED, Case, CharField, IntegerField

from portal.models.base import Instant, Record


class Quota(Record):
    name = CharField(max_length=200, primary_key=True)
    since = Instant()
    spent = IntegerField()

    @classmethod
    def spend(cls, name: str, limit: int, window: timedelta, now: datetime) -> datetime | None:
        """Take one of `limit` in `window` (which starts with the first). None, or when there is one again."""
        over = (cls.since <= now - window) | (cls.since > now)
        taken = (
            cls.insert(name=name, since=now, spent=1)
            .on_conflict(
                conflict_target=[cls.name],
                update={
                    cls.spent: Case(None, [(over, 1)], cls.spent + 1),
                    cls.since: Case(None, [(over, EXCLUDED.since)], cls.since),
                },
                where=over | (cls.spent < limit),
            )
            .as_rowcount()
            .execute()
        )
        return None if taken else cls.again(name, window)

    @classmethod
    def used_up(cls, name: str, limit: int, window: timedelta, now: datetime) -> datetime | None:
        """Without taking one: None, or when there is one again."""
        full = (cls.name == name, cls.spent >= limit, cls.since > now - window, cls.since <= now)
        return cls.again(name, window) if cls.select().where(*full).exists() else None

    @classmethod
    def give_back(cls, name: str) -> None:
        cls.update(spent=cls.spent - 1).where(cls.name == name, cls.spent > 0).execute()

    @classmethod
    def forget(cls, name: str) -> None:
        cls.delete().where(cls.name == name).execute()

    @classmethod
    def again(cls, name: str, window: timedelta) -> datetime:
        since: datetime = cls.get_by_id(name).since
        return since + window
