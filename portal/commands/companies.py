"""`portal company` and `portal member`: companies, and who belongs to them."""

from __future__ import annotations

import click

from portal.commands.common import (
    CLI,
    BadInput,
    Refused,
    company_named,
    json_option,
    looked,
    name_of,
    show,
    user_named,
    with_kit,
)
from portal.companies import members, profile
from portal.companies.members import AlreadyMember, LastAdministrator, NoSuchMember
from portal.kit import Kit
from portal.models.company import Company, Role

role_type = click.Choice([role.value for role in Role])

ONLY_ONE = "{} is the only administrator of {}, and a company always keeps one. Make somebody else one first."


@click.group()
def company() -> None:
    """Companies."""


@company.command()
@click.argument("name")
@click.option("--administrator", metavar="EMAIL", required=True, help="Its first administrator, who has an account.")
@with_kit
def add(kit: Kit, name: str, administrator: str) -> None:
    """Make a company called NAME. A company always has an administrator."""
    whom = user_named(administrator)
    made = profile.found(kit, name_of(name), whom, user=whom, address=CLI)
    click.echo(f"{made.name} is company {made.id}; {whom.email} is its administrator.")


@company.command("list")
@json_option
@with_kit
def everything(kit: Kit, as_json: bool) -> None:
    """All companies, with the number that other commands take."""
    looked(kit, "company list")
    lines = (
        {"id": row.id, "name": row.name, "members": len(members.of(row))}
        for row in Company.select().order_by(Company.id)
    )
    show(lines, as_json, lambda line: f"{line['id']}  {line['name']}  members: {line['members']}")


@click.group()
def member() -> None:
    """Who belongs to a company. COMPANY is its number, or its name where only one has it."""


@member.command("add")
@click.argument("company")
@click.argument("email")
@click.option("--role", type=role_type, default=Role.DEVELOPER.value, show_default=True)
@with_kit
def add_member(kit: Kit, company: str, email: str, role: str) -> None:
    """Make EMAIL, who has an account, a member of COMPANY."""
    where, whom = company_named(company), user_named(email)
    try:
        members.add(kit, where, whom, Role(role), address=CLI)
    except AlreadyMember:
        raise BadInput(f"{whom.email} belongs to {where.name} already. See: portal member role --help") from None
    click.echo(f"{whom.email} is {role} of {where.name}.")


@member.command("role")
@click.argument("company")
@click.argument("email")
@click.argument("role", type=role_type)
@with_kit
def change_role(kit: Kit, company: str, email: str, role: str) -> None:
    """Give EMAIL another ROLE in COMPANY. It holds from their next click, and ends a verification in force."""
    where, whom = company_named(company), user_named(email)
    try:
        members.set_role(kit, where, whom.id, Role(role), address=CLI)
    except NoSuchMember:
        raise BadInput(f"{whom.email} does not belong to {where.name}.") from None
    except LastAdministrator:
        raise Refused(ONLY_ONE.format(whom.email, where.name)) from None
    click.echo(f"{whom.email} is {role} of {where.name}.")


@member.command()
@click.argument("company")
@click.argument("email")
@with_kit
def remove(kit: Kit, company: str, email: str) -> None:
    """Remove EMAIL from COMPANY. The account stays."""
    where, whom = company_named(company), user_named(email)
    try:
        members.put_out(kit, where, whom.id, address=CLI)
    except NoSuchMember:
        raise BadInput(f"{whom.email} does not belong to {where.name}.") from None
    except LastAdministrator:
        raise Refused(ONLY_ONE.format(whom.email, where.name)) from None
    click.echo(f"{whom.email} does not belong to {where.name} any more.")
