"""`portal staff`: who answers at a support desk. Only the operator appoints."""

from __future__ import annotations

import click

from portal.accounts import staff as desks
from portal.accounts.staff import BelongsToCompany, Desk
from portal.commands.common import CLI, BadInput, Refused, user_named, with_kit
from portal.kit import Kit

desk_type = click.Choice([desk.replace("_", "-") for desk in Desk])


@click.group()
def staff() -> None:
    """The support desks: customer support, who may lift locks, and developer support, who may not."""


@staff.command()
@click.argument("email")
@click.argument("desk", type=desk_type)
@with_kit
def grant(kit: Kit, email: str, desk: str) -> None:
    """Put EMAIL at a DESK, customer-support or developer-support. One person has one desk, and no company."""
    whom = user_named(email)
    try:
        desks.grant(kit, whom, Desk(desk.replace("-", "_")), address=CLI)
    except BelongsToCompany as belongs:
        raise Refused(str(belongs)) from None
    click.echo(f"{whom.email} is {desk.replace('-', ' ')}.")


@staff.command()
@click.argument("email")
@with_kit
def revoke(kit: Kit, email: str) -> None:
    """Take the desk of EMAIL away. It holds from their next click."""
    whom = user_named(email)
    if not desks.revoke(kit, whom, address=CLI):
        raise BadInput(f"{whom.email} has no desk.")
    click.echo(f"{whom.email} has no desk any more.")
