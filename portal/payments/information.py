"""Reading and saving Payment Information. Every function demands an Assurance, and asks the gate again
where it writes: version and event are one transaction, or nothing happened."""

from __future__ import annotations

import json
from dataclasses import dataclass

from peewee import IntegrityError

from portal import audit, notices
from portal.database import database, writing
from portal.kit import Kit
from portal.models.base import new_id
from portal.models.payment import PaymentVersion
from portal.payments.details import Details
from portal.verification import gate
from portal.verification.gate import Assurance


@dataclass(frozen=True)
class Saved:
    """One version: what was saved, by whom and when."""

    row: PaymentVersion
    details: Details

    @property
    def version(self) -> int:
        version: int = self.row.version
        return version


class Conflict(Exception):
    """Somebody else saved first; nothing was written. `theirs` is what is in force now."""

    def __init__(self, theirs: Saved | None) -> None:
        super().__init__("somebody else saved first")
        self.theirs = theirs


def current(kit: Kit, assurance: Assurance) -> Saved | None:
    """What is in force, if anything is."""
    row = PaymentVersion.current(assurance.company)
    return Saved(row, opened(kit, row)) if row else None


def opened(kit: Kit, row: PaymentVersion) -> Details:
    return Details.from_dict(json.loads(kit.keys.open(row.details, row.place_of_details)))


def view(kit: Kit, assurance: Assurance) -> Saved | None:
    """The same for somebody who looks at it, which is on the record."""
    saved = current(kit, assurance)
    version = saved.version if saved else 0
    audit.record(kit.clock, "payment.viewed", by=assurance.sign_in, company=assurance.company, version=version)
    return saved


def show_number(kit: Kit, assurance: Assurance) -> str:
    """The whole account number, in groups; an act of its own, on the record. Empty where there is none."""
    with writing():
        gate.confirm(kit, assurance)
        saved = current(kit, assurance)
        if saved is None:
            return ""
        by, company = assurance.sign_in, assurance.company
        audit.record(kit.clock, "payment.number_shown", by=by, company=company, version=saved.version)
        return saved.details.account.full()


def save(kit: Kit, assurance: Assurance, details: Details, seen: int) -> Saved:
    """Put `details` in force as the version after `seen`, the one that the person compared them with.
    Raises Conflict where another one is in force by now, and the gate's Obstacle where it has closed."""
    try:
        with writing():
            gate.confirm(kit, assurance)
            before = current(kit, assurance)
            if (before.version if before else 0) != seen:
                raise Conflict(before)
            return write(kit, assurance, details, before)
    except Conflict:
        audit.record(kit.clock, "payment.conflict", by=assurance.sign_in, company=assurance.company)
        raise


def write(kit: Kit, assurance: Assurance, details: Details, before: Saved | None) -> Saved:
    changed = details.changed_from(before.details if before else None)
    row = PaymentVersion(
        id=new_id(),
        company=assurance.company,
        version=before.version + 1 if before else 1,
        changed=" ".join(changed),
        made_by=assurance.sign_in.user,
        made_at=kit.now,
        challenge=assurance.challenge,
    )
    row.details = kit.keys.seal(json.dumps(details.as_dict()), row.place_of_details)
    try:
        with database.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the other save committed between our look and our insert
        raise Conflict(current(kit, assurance)) from None
    by, company = assurance.sign_in, assurance.company
    audit.record(kit.clock, "payment.changed", by=by, company=company, version=row.version, changed=row.changed)
    happened = f"{assurance.sign_in.user.name} changed the payment information of {assurance.company.name}."
    notices.tell_administrators(kit, assurance.company, "Payment information changed", happened)
    return Saved(row, details)
