"""The `portal` command: what an operator does outside the browser. Each command takes `--data FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click

from portal import config, schema
from portal.commands import catalogues, companies, demo, gallery, payouts, record, staff, users
from portal.commands.common import clear_errors, data_option, given
from portal.database import connect, database
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
main.add_command(catalogues.words)
main.add_command(gallery.gallery)
main.add_command(demo.demo)


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


if __name__ == "__main__":
    main(prog_name="portal")
