"""Payout details for the finance team: rows for a payment run, in a form that no spreadsheet can be tricked with.

Each export is on the record with who asked and why. The digest of a row changes when anything about the payment
does, so that a payer can tell that nothing has changed since the last run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company
from portal.payments import information
from portal.payments.information import Saved
from portal.record.writing import record
from portal.text import harmless

COLUMNS = (
    "company_id company status version digest in_force_since payee_kind payee street city region postal_code country "
    "tax_id currency bank_country account_form account_number bank"
).split()
BATCH = 200


def rows(kit: Kit, by: str, why: str, only: Iterable[int] = ()) -> Iterator[dict[str, str]]:
    """One row a company, in the order of their ids: all, or `only` those. Companies without details are listed as
    `missing`, those on hold as `held`."""
    with writing():
        record(kit, "payouts.exported", address="cli", by_name=by, reason=why)
    wanted, last = set(only), 0
    while batch := list(Company.select().where(Company.id > last).order_by(Company.id).limit(BATCH)):
        last = batch[-1].id
        yield from (row(kit, company) for company in batch if not wanted or company.id in wanted)


def row(kit: Kit, company: Company) -> dict[str, str]:
    saved = information.standing(kit, company).in_force
    status = "held" if company.payouts_held_at else "ready" if saved else "missing"
    about = {"company_id": str(company.id), "company": company.name, "status": status}
    values = {**dict.fromkeys(COLUMNS, ""), **about, **(columns_of(saved) if saved and status == "ready" else {})}
    return {name: harmless(value) for name, value in values.items()}


def columns_of(saved: Saved) -> dict[str, str]:
    there, account = saved.details, saved.details.account
    plain = {name: value for name, value in there.as_dict().items() if name in COLUMNS}
    return {
        **plain,
        "version": str(saved.version),
        "digest": hashlib.sha256(json.dumps(there.as_dict(), sort_keys=True).encode()).hexdigest()[:16],
        "in_force_since": saved.row.takes_effect_at.isoformat(timespec="seconds"),
        "bank_country": account.country,
        "account_form": account.form,
        "account_number": account.full().replace(" ", ""),
        "bank": account.bank(),
    }
