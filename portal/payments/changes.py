"""What becomes of a change that was saved: it waits, a second administrator approves it, or somebody holds it."""

from __future__ import annotations

from datetime import timedelta

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later, moment
from portal.models.company import Company, Membership
from portal.models.link import Link, LinkKind
from portal.models.payment import PaymentVersion
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.payments import approvals
from portal.payments.approvals import Act, Approval
from portal.record.writing import record
from portal.telling import links, notices
from portal.verification import gate
from portal.verification.gate import Assurance


class TooLate(Exception):
    """It is in force already, or was held; nothing changed. The sentence says which."""


class SamePerson(Exception):
    """Who asked for a change cannot be the second pair of eyes on it."""


def tell(kit: Kit, row: PaymentVersion, by: SignIn) -> None:
    """Mail every administrator of the company, each with a link of their own that holds the change."""

    def news(to: User) -> tuple[str, str]:
        link = f"{kit.settings.url}/hold/{hold_link(kit, row, to)}"
        way_out = _("If this should not happen, hold it here; you need no code for it:")
        return _("Payment information changed"), f"{happened(kit, row, by)}\n\n{way_out}\n\n{link}"

    notices.tell_administrators(kit, row.company, news)


def happened(kit: Kit, row: PaymentVersion, by: SignIn) -> str:
    said = [
        _(
            "%(name)s changed the payment information of %(company)s.",
            name=by.user.name,
            company=row.company.name,
        )
    ]
    if row.takes_effect_at > kit.now:
        said.append(_("It takes effect on %(moment)s.", moment=moment(row.takes_effect_at)))
    if row.four_eyes:
        said.append(_("A second administrator has to approve it first."))
    return " ".join(said)


def hold_link(kit: Kit, row: PaymentVersion, user: User) -> str:
    about = {"user": user, "company": row.company, "version": row.version}
    return Link.make(LinkKind.HOLD, user.email, kit.now, timedelta(days=kit.settings.not_me_days), **about)


def act_of_second(row: PaymentVersion) -> Act:
    words = _("to approve version %(version)s for %(company)s", version=row.version, company=row.company.name[:40])
    return Act(f"second {row.id}", words)


def second(kit: Kit, approval: Approval, version_id: str) -> PaymentVersion:
    """The second pair of eyes approves, with their own verification. Raises SamePerson, TooLate,
    approvals.Mismatch, or the gate's Obstacle."""
    assurance = approval.assurance
    with writing():
        gate.confirm(kit, assurance)
        row = waiting_row(kit, assurance.company, PaymentVersion.id == version_id)
        if row.made_by_id == assurance.sign_in.user_id:
            raise SamePerson
        approvals.spend(kit, approval, act_of_second(row))
        seconded = {"seconded_by": assurance.sign_in.user_id, "seconded_at": kit.now}
        PaymentVersion.update(**seconded).where(PaymentVersion.id == row.id).execute()
        by, company = assurance.sign_in, assurance.company
        record(kit, "payment.seconded", by=by, company=company, version=row.version)
        return row


def hold(kit: Kit, assurance: Assurance, version_id: str) -> PaymentVersion:
    """An administrator stops a change that waits; it never takes effect. Raises TooLate or the gate's Obstacle."""
    with writing():
        gate.confirm(kit, assurance)
        row = waiting_row(kit, assurance.company, PaymentVersion.id == version_id)
        stop(kit, row, assurance.sign_in.user, assurance.sign_in)
        return row


def hold_by_link(kit: Kit, token: str, address: str) -> Company:
    """The same from the mail, by an administrator of then who still is one; the company. A change that waited and took
    effect is not undone (TooLate); one that took effect at once puts the company's payouts on hold. Raises TooLate,
    which leaves the link as it was, or DeadLink."""
    with links.spending(kit, LinkKind.HOLD, token) as link:
        company: Company = Company.get_by_id(link.company_id)
        still = Membership.select().where(
            Membership.user == link.user_id,
            Membership.company == company.id,
            Membership.of_administrators(),
        )
        row = PaymentVersion.get(PaymentVersion.company == company.id, PaymentVersion.version == link.version)
        if not still.exists() or row.held_at:
            raise TooLate
        if row.is_waiting(kit.now):
            stop(kit, row, link.person, None, address)
        elif row.takes_effect_at > row.made_at or newer(row):
            raise TooLate
        else:
            Company.update(payouts_held_at=kit.now).where(Company.id == company.id).execute()
            record(kit, "payouts.held", user=link.person, company=company, address=address)
        held, who = later("%(name)s held a change at %(company)s."), {"name": link.person.name, "company": company.name}
        notices.tell_administrators(kit, company, lambda to: (_("Payouts on hold"), _(held, **who)))
        return company


def stop(kit: Kit, row: PaymentVersion, user: User, by: SignIn | None, address: str = "") -> None:
    held = {"held_at": kit.now, "held_by": user.name}
    PaymentVersion.update(**held).where(PaymentVersion.id == row.id).execute()
    company: Company = row.company
    record(kit, "payment.held", by=by, user=user, company=company, address=address, version=row.version)


def waiting_row(kit: Kit, company: Company, *which: object) -> PaymentVersion:
    query = PaymentVersion.select().where(PaymentVersion.company == company.id, *which)
    row: PaymentVersion | None = query.first()
    if row is None or not row.is_waiting(kit.now):
        raise TooLate
    return row


def newer(row: PaymentVersion) -> bool:
    later = (PaymentVersion.company == row.company_id, PaymentVersion.version > row.version)
    return bool(PaymentVersion.select().where(*later).exists())
