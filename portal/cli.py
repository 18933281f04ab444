"""The `portal` command: what an operator does outside the browser. Each command takes `--data FOLDER`."""

from __future__ import annotations

import re
import signal
import sys
from datetime import timedelta
from pathlib import Path

import click
import waitress

from portal import config, demo, schema
from portal.app import create_app
from portal.commands import companies, gallery, payouts, record, staff, users, words
from portal.commands.common import BadInput, clear_errors, data_option, demo_kit, given, json_option, show
from portal.database import connect, database
from portal.gallery import room as gallery_room
from portal.seal import Keys


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Keep a developer console: its database, its keys, its people and companies, and the demo."""


main.add_command(users.user)
main.add_command(companies.company)
main.add_command(companies.member)
main.add_command(staff.staff)
main.add_command(payouts.payouts)
main.add_command(record.record)
main.add_command(words.words)
main.add_command(gallery.gallery)


@main.command()
@data_option
@click.option("--write", metavar="NAME", help="For maintainers: write a new migration for changed models.")
@clear_errors
def migrate(data: Path | None, write: str | None) -> None:
    """Bring the database up to date. Safe to run at every start, by several processes at once."""
    settings = given(data)
    connect(settings)
    if write:
        with database.connection_context():
            click.echo(schema.write_migration(write))
        return
    for name in schema.migrate(settings):
        click.echo(f"applied {name}")
    click.echo("The database is up to date.")


@main.command()
def settings() -> None:
    """Print every setting with its default and meaning, as Markdown."""
    click.echo(config.table())


@main.group()
def keys() -> None:
    """The keys that encrypt secrets and account numbers in the database."""


@keys.command()
@data_option
@clear_errors
def new(data: Path | None) -> None:
    """Put a new key on top of the key file. Older keys stay below it, and still open what they sealed."""
    file = given(data).keys_file
    click.echo(f"{file}: the new key is {Keys.add(file)}. Keep a copy apart from the database.")


@main.group(name="demo")
def demo_group() -> None:
    """The demo: its server, its phones, its mail, its clock."""


@demo_group.command()
@data_option
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.option("--fresh", is_flag=True, help="Start anew: forget what people did.")
@clear_errors
def serve(data: Path | None, port: int, fresh: bool) -> None:
    """Serve the demo, and say where to go and whom to sign in as."""
    url = f"http://127.0.0.1:{port}"
    kit = demo_kit(data, url=url)
    demo.set_up(kit, fresh=fresh)
    app = create_app(kit=kit)
    gallery_room.hang(app, kit.settings)
    click.echo(f"\n  {kit.settings.brand} is at {url}\n")
    click.echo(f"  The password of everybody is: {demo.PASSWORD}")
    for email, name, desk, roles, *_ in demo.PEOPLE:
        what = ", ".join(f"{role} of {company}" for company, role in roles.items())
        click.echo(f"    {email:24} {name}: {what or (desk or '').replace('_', ' ')}")
    click.echo(
        f"\n  Phones {url}/dev/phones   Mail {url}/dev/mail   Clock {url}/dev/clock   Gallery {url}/dev/gallery\n"
    )
    click.echo("  Stop with Ctrl-C. What you do is kept; --fresh starts anew.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    waitress.serve(app, host="127.0.0.1", port=port, threads=16, connection_limit=2000, _quiet=True)


@demo_group.command()
@data_option
@json_option
@clear_errors
def phones(data: Path | None, as_json: bool) -> None:
    """What the fake phones got."""
    show(demo_kit(data).telephony.messages(), as_json, "{at}  {channel} to {to}\n{body}\n".format_map)


@demo_group.command()
@data_option
@json_option
@clear_errors
def mail(data: Path | None, as_json: bool) -> None:
    """The mail that would have gone out."""
    show(demo_kit(data).mail.letters(), as_json, "{at}  to {to}\n{subject}\n\n{body}\n".format_map)


@demo_group.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
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
                demo.move_clock(kit, span(offset))
            elif move == "reset":
                demo.move_clock(kit, timedelta())
            elif move:
                demo.move_clock(kit, kit.clock.offset + span(move))
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


@demo_group.command()
@data_option
@clear_errors
def reset(data: Path | None) -> None:
    """Put the demo people and data back, without a restart."""
    demo.reset(demo_kit(data))
    click.echo("The demo is as it was at the beginning.")


if __name__ == "__main__":
    main(prog_name="portal")
