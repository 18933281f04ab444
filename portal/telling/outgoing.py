"""Handing over to the world outside: after the commit, never inside it, and never at the price of a page. Whatever is
handed over holds no connection to the database while the world takes its time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache

from portal.database import database

log = logging.getLogger(__name__)

CARRIERS = 16  # threads that are kept; as many things as may be on their way at once
PATIENCE_SECONDS = 0.7  # as long as a page may take for it; what is slower goes on behind it
LAST_SECONDS = 30

_under_way: set[Future[None]] = set()


def hand_over(act: Callable[[], None]) -> None:
    """Do `act` when the present transaction is committed (now, where there is none), on a thread beside this one."""
    database.after_commit(lambda: start(act))


def start(act: Callable[[], None]) -> None:
    carried = carriers().submit(carry, act)
    _under_way.add(carried)
    carried.add_done_callback(_under_way.discard)
    wait([carried], PATIENCE_SECONDS)


@cache
def carriers() -> ThreadPoolExecutor:
    """Made when first needed: a server forks before that."""
    return ThreadPoolExecutor(CARRIERS, "carrier")


def carry(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:  # nobody waits for it any more; the operator's log is where it is told
        log.exception("something could not be sent")


def finish() -> None:
    """Wait for what is still on its way; for a command, which ends where a server goes on."""
    wait(list(_under_way), LAST_SECONDS)
