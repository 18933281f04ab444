"""A database that fails, or a world that goes on, between any two statements of an act."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from peewee import OperationalError

from portal.database import database
from portal.kit import Kit
from portal.models.tables import TABLES


class Fault(OperationalError):
    """What a database says that fails."""


@contextmanager
def watching(before: Callable[[str], None]) -> Iterator[None]:
    """`before` hears of every statement of this thread, begin and commit among them, before it is carried out."""
    made, mine = database.obj, threading.get_ident()

    def watched(words: str, carry_out: Callable[..., Any]) -> Callable[..., Any]:
        def statement(*args: Any, **more: Any) -> Any:
            if threading.get_ident() == mine:
                before(words or args[0])
            return carry_out(*args, **more)

        return statement

    made.begin, made.commit = watched("BEGIN", made.begin), watched("COMMIT", made.commit)
    made.execute_sql = watched("", made.execute_sql)
    try:
        yield
    finally:
        del made.begin, made.commit, made.execute_sql


class Failure:
    """The statement with this number fails, once. `struck` is that statement, if it came to it."""

    def __init__(self, number: int) -> None:
        self.left, self.struck = number, ""

    def __call__(self, statement: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.struck = statement
            raise Fault("The database failed here, as the test wants it.")


class Meanwhile:
    """`happens` comes between, once, in the gap with this number: before a statement outside of any transaction,
    where anybody else could be quicker. `came` says whether there was such a gap."""

    def __init__(self, number: int, happens: Callable[[], object]) -> None:
        self.left, self.happens, self.came = number, happens, False

    def __call__(self, statement: str) -> None:
        if statement == "COMMIT" or database.in_transaction():
            return
        self.left -= 1
        if self.left == 0:
            self.came = True
            self.happens()


def all_or_nothing(kit: Kit, act: Callable[[], object], *, but: str = "") -> int:
    """Do `act` with a database that fails at its first statement, then at its second, until it gets through. After
    each failure everything is as it was before (`but` for one table); how many there were."""
    before = everything(kit, but)
    for number in itertools.count(1):
        failure = Failure(number)
        with watching(failure), suppress(Fault):
            act()
        if not failure.struck:
            return number - 1
        after = everything(kit, but)
        changed = [name for name in before if after[name] != before[name]]
        assert changed == [], f"{changed} changed, although statement {number} failed: {failure.struck}"
    raise AssertionError("It never got through.")


def everything(kit: Kit, but: str = "") -> dict[str, list[Any]]:
    """What the database holds, and what has gone out into the world."""
    rows = {table.__name__: sorted(table.select().tuples(), key=repr) for table in TABLES}
    sent = {"mails": kit.mail.letters(), "texts and calls": kit.telephony.messages()}
    return {name: found for name, found in {**rows, **sent}.items() if name != but}


def whatever_comes_between(act: Callable[[], object], happens: Callable[[], object]) -> Iterator[int]:
    """Do `act` with `happens` in its first gap, then in its second, until there are no more of them; the number of
    each, after it. Whoever asks for the next one has put the world back."""
    for number in itertools.count(1):
        meanwhile = Meanwhile(number, happens)
        with watching(meanwhile):
            act()
        if not meanwhile.came:
            return
        yield number
