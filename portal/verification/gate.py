"""The gate in front of Payment Information, and the proof of having passed it.

Checks stand in the order of the FAQ: administrator of this company, not locked, an authenticator of one's
own, a fresh verification. The same function asks again inside the transaction of every write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from portal import audit
from portal.database import locked, writing
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Company, Membership
from portal.models.sign_in import SignIn
from portal.models.user import User


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


def enter(kit: Kit, sign_in: SignIn, company_id: int) -> Assurance:
    """The proof, or the first Obstacle."""
    company = administered(sign_in, company_id)
    if held_back(kit, sign_in):
        raise AccountLocked(company)
    if not Authenticator.select().where(Authenticator.user == sign_in.user_id).exists():
        raise NoAuthenticator(company)
    challenge = Challenge.latest_passed(sign_in, Purpose.PAYMENT_INFORMATION, company)
    if challenge is None or not challenge.in_force(kit.now):
        raise NotVerified(company)
    return Assurance(sign_in, company, challenge)


def confirm(kit: Kit, assurance: Assurance) -> None:
    """Ask everything again, on rows that nobody else can change until the caller's transaction ends.
    Raises the Obstacle that came up since."""
    if enter(kit, assurance.sign_in, assurance.company.id).challenge.id != assurance.challenge.id:
        raise NotVerified(assurance.company)


def administered(sign_in: SignIn, company_id: int) -> Company:
    """The company, if the person is an administrator of it now. Raises NotAMember or NotAdministrator."""
    query = Membership.select(Membership, Company).join(Company)
    mine = locked(query.where(Membership.user == sign_in.user_id, Membership.company == company_id)).first()
    if mine is None:
        raise NotAMember
    if not mine.is_administrator:
        raise NotAdministrator(mine.company)
    company: Company = mine.company
    return company


def held_back(kit: Kit, sign_in: SignIn) -> bool:
    """Whether the person is locked, or the sign-in itself was ended."""
    row = locked(SignIn.select(SignIn, User).join(User, JOIN.INNER).where(SignIn.id == sign_in.id)).first()
    return row is None or row.ended_at is not None or row.user.is_locked(kit.now)


def end(kit: Kit, assurance: Assurance) -> None:
    """Close the page again before its time ("End now")."""
    with writing():
        Challenge.close(kit.now, Challenge.id == assurance.challenge.id)
        audit.record(kit.clock, "verification.ended", by=assurance.sign_in, company=assurance.company)
