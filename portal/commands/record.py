"""`portal audit`: whether the log is what was written, and what it says."""

from __future__ import annotations

import csv
import functools
import json
import sys
from datetime import UTC, datetime
from typing import Any

import click

from portal.commands.common import BadInput, Command, Refused, looked, with_kit
from portal.kit import Kit
from portal.mail.protocol import Letter
from portal.record import chain, reading
from portal.record.reading import Search


@click.group(name="audit")
def record() -> None:
    """The log of what happened."""


@record.command()
@click.option("--head", metavar="TEXT", help="A head taken earlier and kept elsewhere (portal audit head).")
@with_kit
def verify(kit: Kit, head: str | None) -> None:
    """Walk the whole log, and say whether a row was edited, removed or inserted.

    Rows cut off at the end are found only against an earlier --head: a chain proves nothing about what is not
    there any more. Exit code 1 where something is wrong.
    """
    try:
        found = chain.verify(kit, chain.Head.read(head) if head else None)
    except ValueError:
        raise BadInput("A head is three words, as `portal audit head` prints them.") from None
    except chain.Broken as broken:
        raise Refused(str(broken)) from None
    click.echo(f"{found.events} events, all as they were written. The head is:\n{found}")


@record.command()
@click.option("--mail", metavar="ADDRESS", help="Send it there too, for a schedule.")
@with_kit
def head(kit: Kit, mail: str | None) -> None:
    """Print where the log ends. Keep it where whoever can change the database cannot change it."""
    now = chain.head()
    click.echo(str(now))
    if mail:
        kit.mail.send(Letter(mail, f"Head of the audit log · {kit.settings.brand}", f"{now}\n"))


def searching(command: Command) -> Command:
    """The options by which events are chosen; the command gets a Search."""

    @click.option("--person", default="", help="Name or address, or part of it, or number.")
    @click.option("--company", default="", help="Name, or part of it, or number.")
    @click.option("--kind", default="", help="How the kind begins, like `account.` or `payment.changed`.")
    @click.option("--since", type=click.DateTime(), help="From then on, UTC.")
    @click.option("--until", type=click.DateTime(), help="Before then, UTC.")
    @functools.wraps(command)
    def run(*args: Any, since: datetime | None, until: datetime | None, **more: Any) -> None:
        words = {name: more.pop(name) for name in ("person", "company", "kind")}
        command(*args, Search(**words, since=in_utc(since), until=in_utc(until)), **more)

    return run


def in_utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


@record.command(name="list")
@with_kit
@searching
@click.option("--count", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many, the newest.")
def list_events(kit: Kit, search: Search, count: int) -> None:
    """Print the newest events that fit, oldest first."""
    looked(kit, "audit list")
    found = reading.newest(count, *search.conditions())[::-1]
    emails = reading.names(found)
    for event in found:
        details = " ".join(f"{name}={value}" for name, value in event.details.items())
        who = emails.get(event.user or 0, "-")
        click.echo(f"{event.at:%Y-%m-%d %H:%M:%S}  {event.kind:24} {who}  {event.address or '-'}  {details}".rstrip())


@record.command(name="export")
@with_kit
@searching
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
def export_events(kit: Kit, search: Search, form: str) -> None:
    """Write all events that fit to standard output, oldest first. A spreadsheet runs nothing of it."""
    looked(kit, "audit export")
    if form == "jsonl":
        for row in reading.rows(search):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(reading.COLUMNS)
    writer.writerows(reading.cells(row) for row in reading.rows(search))
