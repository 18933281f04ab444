"""Handing over to the world outside: after the commit, never inside it, and never at the price of a page. Whatever is
handed over holds no connection to the database while the world takes its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from portal.database import database

log = logging.getLogger(__name__)

CARRIER = "carrier"
PATIENCE_SECONDS = 0.7  # as long as a page may take for it; what is slower goes on behind it
LAST_SECONDS = 30


def hand_over(act: Callable[[], None]) -> None:
    """Do `act` when the present transaction is committed (now, where there is none), on a thread of its own."""
    database.after_commit(lambda: start(act))


def start(act: Callable[[], None]) -> None:
    carrier = threading.Thread(target=carry, args=(act,), name=CARRIER, daemon=True)
    carrier.start()
    carrier.join(PATIENCE_SECONDS)


def carry(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:  # nobody waits for it any more; the operator's log is where it is told
        log.exception("something could not be sent")


def finish() -> None:
    """Wait for what is still on its way; for a command, which ends where a server goes on."""
    for thread in threading.enumerate():
        if thread.name == CARRIER:
            thread.join(LAST_SECONDS)
