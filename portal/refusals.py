"""Why something is not done, where more than one room says it. Nothing was changed when one of these is raised."""

from __future__ import annotations

from datetime import datetime


class NotAllowed(Exception):
    """The role or the desk of this person, by now, has not the power that it needs."""


class NotBefore(Exception):
    """Enough of this for now: `until` says when it is possible again, `sentence` why (to be translated)."""

    def __init__(self, until: datetime, sentence: str = "") -> None:
        super().__init__(sentence or until)
        self.until, self.sentence = until, sentence


class Refusal(Exception):
    """`str()` of it says why, and what to do."""
