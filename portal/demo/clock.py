"""Clocks that can be moved: the demo's, and one that stands still, for the gallery and the tests."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.clock import Clock

TICK = timedelta(microseconds=100)


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


class StillClock(MovableClock):
    """It stands, but for a tick at every look, so that what comes later is later; and moves when it is told to."""

    def __init__(self, file: Path, stands_at: datetime) -> None:
        super().__init__(file)
        self._stands_at, self._ticks = stands_at, itertools.count()

    def now(self) -> datetime:
        return self._stands_at + self.offset + next(self._ticks) * TICK

    def forward(self, **span: float) -> None:
        """On by a span, in the words of timedelta."""
        self.set(self.offset + timedelta(**span))

    def back(self, **span: float) -> None:
        self.forward(**{unit: -count for unit, count in span.items()})
