"""The one clock of the program. Everything that asks for the time asks here; all of it is UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock(Clock):
    """The clock of the demo: real time plus an offset that lies in a file, so that every process sees it."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return super().now() + self.offset

    @property
    def offset(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._file.read_text() or 0))
        except (FileNotFoundError, ValueError):
            return timedelta()

    def set(self, offset: timedelta) -> None:
        """Put the clock at `offset` from real time. Raises OverflowError outside the years 1 to 9999."""
        datetime.now(UTC) + offset + timedelta(days=366)
        self._file.write_text(str(offset.total_seconds()))


def between(start: datetime, now: datetime, end: datetime) -> bool:
    """Whether `now` is in a lifetime; bounded on both sides, so that a clock set back opens nothing."""
    return start <= now < end
