"""`portal audit`: whether the log is what was written."""

from __future__ import annotations

import click

from portal import audit
from portal.commands.common import BadInput, Refused, with_kit
from portal.kit import Kit
from portal.mail.protocol import Letter


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
        found = audit.verify(kit, audit.Head.read(head) if head else None)
    except ValueError:
        raise BadInput("A head is three words, as `portal audit head` prints them.") from None
    except audit.Broken as broken:
        raise Refused(str(broken)) from None
    click.echo(f"{found.events} events, all as they were written. The head is:\n{found}")


@record.command()
@click.option("--mail", metavar="ADDRESS", help="Send it there too, for a schedule.")
@with_kit
def head(kit: Kit, mail: str | None) -> None:
    """Print where the log ends. Keep it where whoever can change the database cannot change it."""
    now = audit.head()
    click.echo(str(now))
    if mail:
        kit.mail.send(Letter(mail, f"Head of the audit log · {kit.settings.brand}", f"{now}\n"))
