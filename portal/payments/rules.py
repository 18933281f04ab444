"""A company's own rules for changes of payment information: never laxer than the installation's. Changing the rules
asks for a code of its own, as weaker rules are what a thief would want first."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company
from portal.payments import approvals
from portal.payments.approvals import Act, Approval
from portal.record.writing import record
from portal.telling import notices

LONGEST_WAIT = 168  # hours


@dataclass(frozen=True)
class Rules:
    every_change: bool
    waiting_hours: int
    four_eyes: bool


def present(company: Company) -> Rules:
    return Rules(company.every_change, company.waiting_hours, company.four_eyes)


def act_of(company: Company, rules: Rules) -> Act:
    return Act(
        f"rules {company.id} {asdict(rules)}",
        _("to change the approval rules of %(company)s", company=company.name[:40]),
    )


def save(kit: Kit, approval: Approval, rules: Rules) -> None:
    """Raises ValueError for hours out of range, approvals.Mismatch, or the gate's Obstacle."""
    if not 0 <= rules.waiting_hours <= LONGEST_WAIT:
        raise ValueError(f"Between 0 and {LONGEST_WAIT} hours.")
    by, company = approval.assurance.sign_in, approval.assurance.company
    with writing():
        approvals.spend(kit, approval, act_of(company, rules))
        Company.update(**asdict(rules)).where(Company.id == company.id).execute()
        record(kit, "payment.rules_changed", by=by, company=company)
        happened = later("%(name)s changed the rules for changing payment information of %(company)s.")
        who = {"name": by.user.name, "company": company.name}
        notices.tell_administrators(kit, company, lambda to: (_("Approval rules changed"), _(happened, **who)))
