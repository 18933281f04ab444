"""What the commands share: the data folder and its kit, errors in one sentence, and lists as text or JSON."""

from __future__ import annotations

import functools
import json
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

import click
from peewee import PeeweeException

from portal import schema
from portal.config import BadSetting, Settings
from portal.database import connect, database
from portal.demo import seed
from portal.demo.kit import DemoKit, pack_demo
from portal.kit import Kit, pack
from portal.models.company import Company
from portal.models.user import User
from portal.record.writing import record
from portal.seal import BadKeys
from portal.telling import outgoing

CLI = "cli"  # the address of everything that is done here, on the record
LONGEST_NAME = 100

Command = Callable[..., Any]
Line = dict[str, Any]

data_option = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="The data folder (PORTAL_DATA, or var)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, oldest first.")


class BadInput(click.ClickException):
    """What was typed cannot be meant; exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"portal: {self.message}", err=True)


class Refused(BadInput):
    """It can be meant, but it is not done; exit code 1."""

    exit_code = 1


class OneLine(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802, its name in the library
        return str(ei[1])


def given(data: Path | None, **more: Any) -> Settings:
    return Settings.read(os.environ, **({"data": data} if data else {}), **more)


def demo_kit(data: Path | None, **more: Any) -> DemoKit:
    """The kit of the demo in `data`, its database at hand."""
    settings = given(data, mode="demo", **more)
    connect(settings)
    return pack_demo(settings)


def clear_errors(command: Command) -> Command:
    """What an operator can mend is one sentence and exit code 2, never a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (BadSetting, BadKeys) as bad:
            raise BadInput(str(bad)) from None
        except PeeweeException as trouble:
            raise Refused(f"The database does not answer: {trouble}") from None

    return run


def with_kit(command: Command) -> Command:
    """A command that gets the kit of the console in `--data FOLDER`, and waits for the mail that it causes."""

    @data_option
    @clear_errors
    @functools.wraps(command)
    def run(data: Path | None, **more: Any) -> None:
        settings = settings_of_folder(data)
        if not settings.database and not (settings.data / "portal.sqlite3").exists():
            raise BadInput(f"There is no console in {settings.data}. Make its database first: portal migrate")
        quiet_log()
        connect(settings)
        kit = pack_demo(settings) if settings.demo else pack(settings)
        with database.connection_context():
            if schema.pending():
                raise Refused("The database is not up to date. Run first: portal migrate")
            command(kit, **more)
        outgoing.finish()

    return run


def settings_of_folder(data: Path | None) -> Settings:
    """The settings; the folder of a demo is a demo, without anybody having to say so."""
    settings = given(data)
    url = seed.lives_in(settings.data)
    if url is None or "PORTAL_MODE" in os.environ:
        return settings
    return given(data, mode="demo", **({} if settings.url else {"url": url}))


def quiet_log() -> None:
    """What goes wrong on the side (a mail that cannot be sent) is a line, not a traceback."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("portal: %(message)s"))
    logging.basicConfig(handlers=[handler])


def looked(kit: Kit, page: str, user: User | None = None) -> None:
    record(kit, "operator.looked", user=user, address=CLI, page=page)


def show(lines: Iterable[Line], as_json: bool, in_words: Callable[[Line], str]) -> None:
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False) if as_json else in_words(line))


def user_named(email: str) -> User:
    user: User | None = User.get_or_none(User.email == email.strip().casefold())
    if user is None:
        raise BadInput(f"There is no user {email}.")
    return user


def company_named(name: str) -> Company:
    """By its number, or by its name where only one has it."""
    if name.isascii() and name.isdigit() and len(name) < 10:
        found = list(Company.select().where(Company.id == int(name)))
    else:
        found = list(Company.select().where(Company.name == name).order_by(Company.id))
    if not found:
        raise BadInput(f"There is no company {name}. See: portal company list")
    if len(found) > 1:
        numbers = ", ".join(str(each.id) for each in found)
        raise BadInput(f"{len(found)} companies are called {name}. Use a number: {numbers}.")
    return found[0]


def name_of(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput(f"A name has 1 to {LONGEST_NAME} printable characters.")
    return name
