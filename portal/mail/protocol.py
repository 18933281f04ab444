"""What the program asks of mail: to take one letter. No code for a second step ever goes by mail (FAQ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    body: str


class Mail(Protocol):
    def send(self, letter: Letter) -> None:
        """Raises OSError where it cannot be handed over."""
        ...
