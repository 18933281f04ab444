"""`portal payouts`: payout details for the finance team."""

from __future__ import annotations

import csv
import json
import sys

import click

from portal.commands.common import BadInput, with_kit
from portal.kit import Kit
from portal.models.company import Company
from portal.payments import export


@click.group()
def payouts() -> None:
    """Payout details, out to the finance team."""


@payouts.command(name="export")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--company", "names", multiple=True, metavar="NAME", help="Only this one; may be given several times.")
@click.option("--by", required=True, metavar="NAME", help="Who asks for it; on the record.")
@click.option("--why", required=True, metavar="TEXT", help="What it is for; on the record.")
@with_kit
def export_payouts(kit: Kit, form: str, names: tuple[str, ...], by: str, why: str) -> None:
    """Write every company's payout details to standard output, whole account numbers included.

    Companies without details are listed as missing, those on hold as held. The version and the digest of a row
    change when anything about the payment does: the same as in the last run means that nothing has changed.
    Text that a spreadsheet would run as a formula is quoted with an apostrophe.
    """
    only = [company_id(name) for name in names]
    rows = export.rows(kit, by, why, only)
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        writer = csv.DictWriter(sys.stdout, export.COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def company_id(name: str) -> int:
    found: Company | None = Company.get_or_none(Company.name == name)
    if found is None:
        raise BadInput(f"There is no company {name}.")
    number: int = found.id
    return number
