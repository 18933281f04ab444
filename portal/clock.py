"""The one clock of the program. Everything that asks for the time asks here; all of it is UTC."""

from __future__ import annotations

from datetime import UTC, datetime

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def between(start: datetime, now: datetime, end: datetime) -> bool:
    """Whether `now` is in a lifetime; bounded on both sides, so that a clock set back opens nothing."""
    return start <= now < end
