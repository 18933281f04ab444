"""The gates: in front of Payment Information, of changes to authenticators, and (where a company wants it)
of signing in; and the proof of having passed.

Checks stand in the order of the FAQ: administrator of this company, not locked, an authenticator of one's
own, a fresh verification. The same functions ask again inside the transaction of every write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts import people
from portal.accounts.staff import Desk
from portal.clock import between
from portal.database import writing
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Company, Membership
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record


class Obstacle(Exception):
    """What stands between a sign-in and the page; the company, where it is one's own."""

    def __init__(self, company: Company | None = None) -> None:
        super().__init__(type(self).__name__)
        self.company = company


class NotAMember(Obstacle):
    """Not a company of this person, or none at all: the two look the same."""


class NotAdministrator(Obstacle):
    """A member without the role."""


class AccountLocked(Obstacle):
    """Too many failures in a row."""


class AccountFrozen(Obstacle):
    """The person said that something was not them; only a new password, set by mail, opens again."""


class NotAtThisDesk(Obstacle):
    """Developer support adds and changes no authenticators, its own neither: the operator does (FAQ: who to ask)."""


class PasswordNeeded(Obstacle):
    """The password has to be typed again for this change."""


class NoAuthenticator(Obstacle):
    """Nothing to verify with yet."""


class NotVerified(Obstacle):
    """No verification in force for this sign-in, company and purpose."""


@dataclass(frozen=True)
class Assurance:
    """Proof that `sign_in` passed the gate of `company`: what every read and write of payment data demands."""

    sign_in: SignIn
    company: Company
    challenge: Challenge

    @property
    def until(self) -> datetime:
        until: datetime = self.challenge.open_until
        return until


@dataclass(frozen=True)
class Permit:
    """Proof that `sign_in` may make one change to its person's authenticators: the password was typed, and an
    authenticator used if there was one (ASVS 7.5.1). `use` spends it."""

    sign_in: SignIn
    challenge: Challenge | None


def enter(kit: Kit, sign_in: SignIn, company_id: int) -> Assurance:
    """Into Payment Information: the proof, or the first Obstacle."""
    company = administered(sign_in, company_id)
    unhindered(kit, sign_in, company)
    return Assurance(sign_in, company, verified(kit, sign_in, Purpose.PAYMENT_INFORMATION, company))


def confirm(kit: Kit, assurance: Assurance) -> None:
    """Ask everything again in the caller's transaction, while nobody else can write. Raises the Obstacle that
    came up since."""
    if enter(kit, assurance.sign_in, assurance.company.id).challenge.id != assurance.challenge.id:
        raise NotVerified(assurance.company)


def end(kit: Kit, assurance: Assurance) -> None:
    """Close the page again before its time ("End now")."""
    with writing():
        Challenge.close(kit.now, Challenge.id == assurance.challenge.id)
        record(kit, "verification.ended", by=assurance.sign_in, company=assurance.company)


def permit(kit: Kit, sign_in: SignIn) -> Permit:
    """To one change of authenticators: the proof, or the first Obstacle. Who has none yet needs only the
    password; there is nothing else to ask for."""
    row = unhindered(kit, sign_in)
    if row.user.staff == Desk.DEVELOPER_SUPPORT:
        raise NotAtThisDesk
    lasts = timedelta(minutes=kit.settings.verification_minutes)
    if row.confirmed_at is None or not between(row.confirmed_at, kit.now, row.confirmed_at + lasts):
        raise PasswordNeeded
    try:
        return Permit(sign_in, verified(kit, sign_in, Purpose.AUTHENTICATORS))
    except NoAuthenticator:
        return Permit(sign_in, None)


def use(kit: Kit, sign_in: SignIn) -> None:
    """Spend the permit for one change, in the transaction that makes it. Raises the Obstacle."""
    challenge = permit(kit, sign_in).challenge
    if challenge and not Challenge.close(kit.now, Challenge.id == challenge.id):
        raise NotVerified
    SignIn.update(confirmed_at=None).where(SignIn.id == sign_in.id).execute()


def come_in(kit: Kit, sign_in: SignIn) -> None:
    """Past the door, where a company of this person (or their work at a desk) wants the second step at
    signing in too. Raises the Obstacle."""
    if sign_in.second_step_at or not people.wants_second_step(sign_in.user):
        return
    unhindered(kit, sign_in)
    verified(kit, sign_in, Purpose.SIGN_IN)


def administered(sign_in: SignIn, company_id: int) -> Company:
    """The company, if the person is an administrator of it now. Raises NotAMember or NotAdministrator. A sign-in
    with a desk has no company, whatever else it has been."""
    if sign_in.user.staff:
        raise NotAMember
    query = Membership.select(Membership, Company).join(Company)
    mine = query.where(Membership.user == sign_in.user_id, Membership.company == company_id).first()
    if mine is None:
        raise NotAMember
    if not mine.is_administrator:
        raise NotAdministrator(mine.company)
    company: Company = mine.company
    return company


def unhindered(kit: Kit, sign_in: SignIn, company: Company | None = None) -> SignIn:
    """The row of the sign-in as it is now. Raises AccountLocked (an ended sign-in counts as that) or AccountFrozen."""
    row: SignIn | None = SignIn.select(SignIn, User).join(User).where(SignIn.id == sign_in.id).first()
    if row is None or row.ended_at is not None or row.user.is_locked(kit.now):
        raise AccountLocked(company)
    if row.user.frozen_at is not None:
        raise AccountFrozen(company)
    return row


def verified(kit: Kit, sign_in: SignIn, purpose: Purpose, company: Company | None = None) -> Challenge:
    """The challenge that was passed for this and holds it open. Raises NoAuthenticator or NotVerified."""
    if not Authenticator.select().where(Authenticator.user == sign_in.user_id).exists():
        raise NoAuthenticator(company)
    challenge = Challenge.latest_passed(sign_in, purpose, company)
    if challenge is None or not challenge.in_force(kit.now):
        raise NotVerified(company)
    return challenge
