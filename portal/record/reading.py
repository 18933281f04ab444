"""Reading the audit log: searching it page by page, and handing it on as rows. Nothing here writes to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.models.company import Company
from portal.models.event import Event
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.text import harmless, whole_number

BATCH = 1000
COLUMNS = ("id", "at", "kind", "user", "email", "company", "sign_in", "address", "details")
A_PAGE = 50


@dataclass(frozen=True)
class Search:
    """What to look for; empty means everything. `person` and `company` are (part of) a name or address, or an id."""

    person: str = ""
    company: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[Any]:
        found: list[Any] = []
        if self.person:
            found.append(about_person(self.person))
        if self.company:
            called = Company.select(Company.id).where(is_called(Company, self.company, ["name"]))
            found.append(Event.company.in_(called))
        if self.kind:
            found.append(Event.kind.startswith(self.kind))
        if self.since:
            found.append(Event.at >= self.since)
        if self.until:
            found.append(Event.at < self.until)
        return found


def about_person(person: str) -> Any:
    """What concerns them, and what was done with their sign-ins."""
    people = User.select(User.id).where(is_called(User, person, ["name", "email"]))
    return Event.user.in_(people) | Event.sign_in.in_(SignIn.select(SignIn.id).where(SignIn.user.in_(people)))


def is_called(model: Any, text: str, columns: list[str]) -> Any:
    if text.isascii() and text.isdigit():
        return model.id == min(int(text[:19]), 2**31 - 1)
    first, *others = [getattr(model, column).contains(text) for column in columns]
    return first | others[0] if others else first


def newest(count: int, *which: Any) -> list[Event]:
    return list(Event.select().where(Event.id > 0, *which).order_by(Event.id.desc()).limit(count))


def page(below: str, *which: Any) -> tuple[list[Event], int | None]:
    """A page of the events that fit, newest first, below the one with the number that somebody came with; and below
    which one the next page begins, if there is one."""
    number = whole_number(below, digits=18)
    found = newest(A_PAGE + 1, *which, *([Event.id < number] if number else []))
    shown = found[:A_PAGE]
    return shown, shown[-1].id if len(found) > A_PAGE else None


def rows(search: Search) -> Iterator[dict[str, Any]]:
    """Everything that fits, oldest first, in batches: a log of any length needs no more memory."""
    last = 0
    while batch := list(Event.select().where(Event.id > last, *search.conditions()).order_by(Event.id).limit(BATCH)):
        last = batch[-1].id
        emails = names(batch)
        yield from (row(event, emails) for event in batch)


def row(event: Event, emails: dict[int, str]) -> dict[str, Any]:
    known = {name: getattr(event, name) for name in ("id", "kind", "user", "company", "sign_in", "address", "details")}
    return {**known, "at": event.at.isoformat(), "email": emails.get(event.user or 0, "")}


def names(events: list[Event]) -> dict[int, str]:
    """The addresses of the people in these events, as they are now."""
    ids = {event.user for event in events if event.user}
    return {user.id: user.email for user in User.select().where(User.id.in_(ids))} if ids else {}


def companies(events: list[Event]) -> dict[int, str]:
    ids = {event.company for event in events if event.company}
    return {each.id: each.name for each in Company.select().where(Company.id.in_(ids))} if ids else {}


def cells(row: dict[str, Any]) -> list[str]:
    """The row for a spreadsheet, which runs nothing of it."""
    details = json.dumps(row["details"], ensure_ascii=False, sort_keys=True)
    values = {**row, "details": details}
    return [harmless("" if values[name] is None else str(values[name])) for name in COLUMNS]
