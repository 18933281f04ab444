"""What every row shares: its database, and the kinds of column that peewee lacks."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from peewee import BigIntegerField, Model

from portal.database import database

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Record(Model):
    class Meta:
        database = database
        legacy_table_names = False


class Instant(BigIntegerField):
    """A moment in UTC, kept as microseconds since 1970: the same order and width on both databases."""

    def db_value(self, value: datetime | None) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return (value - EPOCH) // timedelta(microseconds=1)

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=int(value))


def new_id() -> str:
    """The id of a row with something sealed in it: known before the row is, so that the seal can name it."""
    return secrets.token_hex(8)
