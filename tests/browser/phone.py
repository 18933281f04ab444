"""A phone of the demo in somebody's hand, while the program runs."""

from __future__ import annotations

import time

from house.phones import Phone

PATIENCE = 5.0  # seconds


class LivePhone(Phone):
    def code(self, *, after: int = 0) -> str:
        """The newest code, once the phone has got more than `after` of them."""
        until = time.monotonic() + PATIENCE
        while len(self.codes()) <= after and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.codes()) > after, f"The phone {self.number} got {len(self.codes())} codes."
        return self.newest_code()
