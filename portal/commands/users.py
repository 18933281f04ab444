"""`portal user`: accounts, locks, and starting two-step verification over for somebody who lost everything."""

from __future__ import annotations

import sys

import click

from portal.accounts import addresses, people
from portal.accounts.passwords import Unfit
from portal.accounts.people import Taken
from portal.clock import FOREVER
from portal.commands.common import (
    CLI,
    BadInput,
    Line,
    Refused,
    json_option,
    looked,
    name_of,
    show,
    user_named,
    with_kit,
)
from portal.companies import joining
from portal.database import writing
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Place
from portal.models.company import Company, Membership
from portal.models.user import User
from portal.text import ending
from portal.verification import lockout, replacement


@click.group()
def user() -> None:
    """People: accounts, locks, lost authenticators."""


@user.command()
@click.argument("email")
@click.option("--name", help="The person's name, as others see it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
@click.option("--invite", is_flag=True, help="Make no account, but print a link with which they sign up.")
@with_kit
def add(kit: Kit, email: str, name: str | None, password_stdin: bool, invite: bool) -> None:
    """Make an account for EMAIL. Asks for the password, twice, unless told otherwise.

    \b
    portal user add ada@example.com --name "Ada Byron"
    portal user add ada@example.com --name "Ada Byron" --password-stdin < file
    portal user add ada@example.com --invite
    """
    if not addresses.is_address(email):
        raise BadInput(f"{email} is no e-mail address.")
    if invite and (name or password_stdin):
        raise BadInput("With --invite they choose name and password themselves; leave the others out.")
    try:
        if invite:
            token = joining.link_to_join(kit, email, address=CLI)
            click.echo(f"{kit.settings.url}/join/{token}")
            click.echo(f"The link works once, for {kit.settings.invitation_days} days. Send it to {email}.", err=True)
            return
        if not name:
            raise BadInput("Give a name: --name NAME. Or let them sign up themselves: --invite.")
        made = people.add_person(kit, email, name_of(name), typed_password(password_stdin), address=CLI)
    except Taken:
        raise BadInput(f"{email} has an account already.") from None
    except Unfit as unfit:
        raise BadInput(str(unfit)) from None
    click.echo(f"{made.email} is added. They have no two-step verification yet.")


def typed_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@user.command("list")
@json_option
@with_kit
def everybody(kit: Kit, as_json: bool) -> None:
    """Everybody who has an account, with their companies and whether they are locked."""
    looked(kit, "user list")
    show((about(kit, each) for each in User.select().order_by(User.id)), as_json, in_words)


def about(kit: Kit, user: User) -> Line:
    theirs = Membership.select(Membership, Company).join(Company).where(Membership.user == user.id)
    until = user.locked_until
    ends = until and not lockout.is_for_support(until)
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "staff": user.staff,
        "companies": {row.company.name: row.role for row in theirs.order_by(Membership.id)},
        "locked": user.is_locked(kit.now),
        "locked_until": until.isoformat(timespec="seconds") if ends and user.is_locked(kit.now) else None,
        "frozen": user.frozen_at is not None,
    }


def in_words(line: Line) -> str:
    roles = [f"{role} of {company}" for company, role in line["companies"].items()]
    desk = [line["staff"].replace("_", " ")] if line["staff"] else []
    locked = [f"locked until {line['locked_until'] or 'support lifts it'}"] if line["locked"] else []
    state = roles + desk + locked + (["frozen"] if line["frozen"] else [])
    return f"{line['email']}  {line['name']}  {', '.join(state)}".rstrip()


@user.command()
@click.argument("email")
@click.option("--reason", default="by the operator", show_default=True, help="Why, for the record.")
@with_kit
def lock(kit: Kit, email: str, reason: str) -> None:
    """Close verification, authenticators and payment data for EMAIL, until somebody lifts the lock.

    Every verification in force ends. They can still sign in, to a page that says whom to reach.
    """
    whom = user_named(email)
    with writing():
        lockout.lock(kit, whom, FOREVER, happened=lockout.BY_HAND, address=CLI, reason=reason)
    click.echo(f"{whom.email} is locked, until: portal user unlock {whom.email}")


@user.command()
@click.argument("email")
@click.option("--reason", default="by the operator", show_default=True, help="Why, for the record.")
@with_kit
def unlock(kit: Kit, email: str, reason: str) -> None:
    """Lift any lock of EMAIL, and begin the count of failures anew."""
    whom = user_named(email)
    lockout.unlock(kit, whom, reason, address=CLI)
    click.echo(f"{whom.email} is not locked.")


@user.command()
@click.argument("email")
@json_option
@with_kit
def authenticators(kit: Kit, email: str, as_json: bool) -> None:
    """What EMAIL can verify with: never a whole number, never a secret."""
    whom = user_named(email)
    looked(kit, "user authenticators", whom)
    show(map(described, Authenticator.of(whom.id)), as_json, described_in_words)


def described(row: Authenticator) -> Line:
    return {
        "kind": row.kind,
        "place": row.place,
        "ending": ending(row.number),
        "preferred": row.preferred,
        "added": row.added_at.isoformat(timespec="seconds"),
        "used": row.used_at.isoformat(timespec="seconds") if row.used_at else None,
    }


def described_in_words(line: Line) -> str:
    what = f"phone ending {line['ending']}" if line["ending"] else "authenticator app"
    where = "My Account" if line["place"] == Place.MY_ACCOUNT else "account site"
    used = f"last used {line['used']}" if line["used"] else "never used"
    return f"{what}  {where}  added {line['added']}  {used}{'  preferred' if line['preferred'] else ''}"


@user.command("reset-2sv")
@click.argument("email")
@click.option("--reason", required=True, help="Why, and how you know that it is them: for the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_kit
def reset(kit: Kit, email: str, reason: str, yes: bool) -> None:
    """Take away every authenticator and recovery code of EMAIL, so that they begin anew.

    All their sign-ins and verifications end. Their password stays. The next who has it adds the first
    authenticator: make sure that this is them before you do it.
    """
    whom = user_named(email)
    if not reason.strip():
        raise BadInput("Give a reason; it goes on the record.")
    if not yes and not click.confirm(f"Take away every authenticator and recovery code of {whom.email}?"):
        raise Refused("Nothing was changed.")
    replacement.start_over(kit, whom, reason, address=CLI)
    click.echo(f"{whom.email} has no authenticators any more, and is signed out everywhere.")
