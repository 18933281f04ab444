"""`portal demo`: its server, its phones, its mail, its clock."""

from __future__ import annotations

import re
import signal
import sys
from datetime import timedelta
from pathlib import Path

import click
import waitress

from portal.commands.common import BadInput, clear_errors, data_option, demo_kit, json_option, show
from portal.database import database
from portal.demo import seed
from portal.demo.hang import hang


@click.group(name="demo")
def demo() -> None:
    """The demo: its server, its phones, its mail, its clock."""


@demo.command()
@data_option
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.option("--fresh", is_flag=True, help="Start anew: forget what people did.")
@clear_errors
def serve(data: Path | None, port: int, fresh: bool) -> None:
    """Serve the demo, and say where to go and whom to sign in as."""
    url = f"http://127.0.0.1:{port}"
    kit = demo_kit(data, url=url)
    seed.set_up(kit, fresh=fresh)
    app = hang(kit)
    click.echo(f"\n  {kit.settings.brand} is at {url}\n")
    click.echo(f"  The password of everybody is: {seed.PASSWORD}")
    for email, name, desk, roles, *_ in seed.PEOPLE:
        what = ", ".join(f"{role} of {company}" for company, role in roles.items())
        click.echo(f"    {email:24} {name}: {what or (desk or '').replace('_', ' ')}")
    click.echo(
        f"\n  Phones {url}/dev/phones   Mail {url}/dev/mail   Clock {url}/dev/clock   Gallery {url}/dev/gallery\n"
    )
    click.echo("  Stop with Ctrl-C. What you do is kept; --fresh starts anew.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    waitress.serve(app, host="127.0.0.1", port=port, threads=16, connection_limit=2000, _quiet=True)


@demo.command()
@data_option
@json_option
@clear_errors
def phones(data: Path | None, as_json: bool) -> None:
    """What the fake phones got."""
    show(demo_kit(data).telephony.messages(), as_json, "{at}  {channel} to {to}\n{body}\n".format_map)


@demo.command()
@data_option
@json_option
@clear_errors
def mail(data: Path | None, as_json: bool) -> None:
    """The mail that would have gone out."""
    show(demo_kit(data).mail.letters(), as_json, "{at}  to {to}\n{subject}\n\n{body}\n".format_map)


@demo.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@data_option
@click.argument("move", required=False)
@click.option("--offset", help="The distance from real time, like 595s or -1h.")
@clear_errors
def clock(data: Path | None, move: str | None, offset: str | None) -> None:
    """Move the demo's clock: +595s or -1h from where it is, or `reset`; without a word, just print it."""
    kit = demo_kit(data)
    try:
        with database.connection_context():
            if offset:
                seed.move_clock(kit, span(offset))
            elif move == "reset":
                seed.move_clock(kit, timedelta())
            elif move:
                seed.move_clock(kit, kit.clock.offset + span(move))
    except OverflowError:
        raise BadInput("The clock goes from the year 1 to the year 9998, no further.") from None
    click.echo(kit.now.isoformat(timespec="seconds"))


def span(text: str) -> timedelta:
    found = re.fullmatch(r"([+-]?)([0-9]{1,9})(s|m|min|h|d)?", text)
    if not found:
        raise click.BadParameter(f"{text!r} is no stretch of time; write +595s, -1h, 2d or reset.")
    sign, count, unit = found.groups()
    seconds = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}[unit or "s"] * int(count)
    return timedelta(seconds=-seconds if sign == "-" else seconds)


@demo.command()
@data_option
@clear_errors
def reset(data: Path | None) -> None:
    """Put the demo people and data back, without a restart."""
    seed.reset(demo_kit(data))
    click.echo("The demo is as it was at the beginning.")
