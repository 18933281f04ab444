"""Mail that one can look at, at /dev/mail and by `portal demo mail`: the default of the demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portal.clock import Clock
from portal.demo import jsonl
from portal.mail.protocol import Letter


class FakeMail:
    def __init__(self, folder: Path, clock: Clock) -> None:
        self._file = folder / "mail.jsonl"
        self._clock = clock

    def send(self, letter: Letter) -> None:
        at = self._clock.now().isoformat(timespec="milliseconds")
        jsonl.append(self._file, {"to": letter.to, "subject": letter.subject, "body": letter.body, "at": at})

    def letters(self) -> list[dict[str, Any]]:
        """What was sent, oldest first: `to`, `subject`, `body`, `at`."""
        return jsonl.read(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)
