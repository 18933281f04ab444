"""Reading and saving Payment Information. Reading demands an Assurance, writing an Approval of exactly this
change; version, event and the end of the draft are one transaction, or nothing happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.models.base import new_id
from portal.models.company import Company
from portal.models.payment import PaymentVersion
from portal.payments import approvals, changes, drafts
from portal.payments.approvals import Act, Approval
from portal.payments.details import Details
from portal.record.writing import record
from portal.verification import gate
from portal.verification.gate import Assurance


class Saved:
    """One version: what was saved, by whom and when. Its details are unsealed when they are looked at."""

    def __init__(self, kit: Kit, row: PaymentVersion) -> None:
        self._keys, self.row = kit.keys, row

    @cached_property
    def details(self) -> Details:
        return Details.from_dict(json.loads(self._keys.open(self.row.details, self.row.place_of_details)))

    @property
    def version(self) -> int:
        version: int = self.row.version
        return version


@dataclass(frozen=True)
class Standing:
    """Where a company's payment information stands: the version in force and those after it, newest first; which one
    waits for its hour or for a second administrator."""

    versions: list[Saved]
    in_force: Saved | None
    waiting: Saved | None

    @property
    def newest(self) -> int:
        return self.versions[0].version if self.versions else 0

    def find(self, version: int) -> Saved | None:
        return next((each for each in self.versions if each.version == version), None)


class Conflict(Exception):
    """Somebody else saved first; nothing was written, and the person has to look again."""


class Waiting(Exception):
    """A change waits already; it has to be held, or come into force, before another one."""


def standing(kit: Kit, company: Company) -> Standing:
    now = kit.now
    return seen_at(kit, now, PaymentVersion.since_in_force(company, now))


def history(kit: Kit, company: Company) -> Standing:
    """The same with every version."""
    return seen_at(kit, kit.now, PaymentVersion.of(company))


def seen_at(kit: Kit, now: datetime, rows: list[PaymentVersion]) -> Standing:
    saved = [Saved(kit, row) for row in rows]
    in_force = next((each for each in saved if each.row.is_in_force(now)), None)
    after = [each for each in saved if in_force is None or each.version > in_force.version]
    return Standing(saved, in_force, next((each for each in after if each.row.is_waiting(now)), None))


def view(kit: Kit, assurance: Assurance) -> Standing:
    """The same for somebody who looks at it, which is on the record."""
    found = standing(kit, assurance.company)
    version = found.in_force.version if found.in_force else 0
    record(kit, "payment.viewed", by=assurance.sign_in, company=assurance.company, version=version)
    return found


def show_number(kit: Kit, assurance: Assurance) -> str:
    """The whole account number, in groups; an act of its own, on the record. Empty where there is none."""
    with writing():
        gate.confirm(kit, assurance)
        saved = standing(kit, assurance.company).in_force
        if saved is None:
            return ""
        by, company = assurance.sign_in, assurance.company
        record(kit, "payment.number_shown", by=by, company=company, version=saved.version)
        return saved.details.account.full()


def act_of(company: Company, details: Details, seen: int) -> Act:
    """What an approval of this change is bound to, and how a text names it."""
    exactly = json.dumps([company.id, seen, details.as_dict()], sort_keys=True)
    return Act(
        exactly,
        _(
            "to pay %(company)s to the account ending %(ending)s",
            company=company.name[:40],
            ending=details.account.last_four(),
        ),
    )


def save(kit: Kit, approval: Approval, details: Details, seen: int) -> Saved:
    """Put `details` after version `seen`, the newest that the person compared them with; in force at once, or when
    the company's rules let it. Raises Conflict, Waiting, approvals.Mismatch, or the gate's Obstacle."""
    assurance = approval.assurance
    try:
        with writing():
            company = Company.get_by_id(assurance.company.id)
            approvals.spend(kit, approval, act_of(assurance.company, details, seen))
            now = standing(kit, company)
            if now.newest != seen:
                raise Conflict
            if now.waiting:
                raise Waiting
            return write(kit, approval, company, details, now)
    except (Conflict, Waiting):
        record(kit, "payment.conflict", by=assurance.sign_in, company=assurance.company)
        raise
    except approvals.Mismatch:
        approvals.refuse(kit, assurance)
        raise


def write(kit: Kit, approval: Approval, company: Company, details: Details, was: Standing) -> Saved:
    now = kit.now
    by, changed = approval.assurance.sign_in, details.changed_from(was.in_force.details if was.in_force else None)
    row = PaymentVersion(
        id=new_id(),
        company=company,
        version=was.newest + 1,
        changed=" ".join(changed),
        made_by=by.user,
        made_at=now,
        challenge=approval.challenge,
        address=by.address,
        verified_how=approval.assurance.challenge.passed_how or "",
        approved_how=approval.how,
        takes_effect_at=now + timedelta(hours=company.waiting_hours),
        four_eyes=company.four_eyes,
    )
    row.details = kit.keys.seal(json.dumps(details.as_dict()), row.place_of_details)
    if not row.put():  # the other save committed between our look and our insert
        raise Conflict
    Company.update(payouts_held_at=None).where(Company.id == company.id).execute()
    record(kit, "payment.changed", by=by, company=company, version=row.version, changed=row.changed)
    drafts.drop(by, company)
    changes.tell(kit, row, by)
    return Saved(kit, row)
