"""The gates: in front of Payment Information, of changes to authenticators, and (where a company wants it)
of signing in; and the proof of having passed.

`look` reads what is known, `obstacle` decides. A request looks once; the transaction of every write looks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from portal.accounts import sign_ins
from portal.accounts.staff import Desk
from portal.database import writing
from portal.kit import Kit
from portal.models.challenge import Challenge
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.record.writing import record
from portal.verification import facts, replacement
from portal.verification.facts import Facts


class Door(StrEnum):
    """What is behind the gate."""

    PAYMENT_INFORMATION = auto()
    AUTHENTICATORS = auto()
    SIGN_IN = auto()


class Obstacle(Exception):
    """What stands between a sign-in and the page; the company, where it is one's own."""

    def __init__(self, company: Company | None = None) -> None:
        super().__init__(type(self).__name__)
        self.company = company


class NotOpen(Obstacle):
    """Not for this person, whatever they do here."""


class NotAMember(NotOpen):
    """Not a company of this person, or none at all: the two look the same. A sign-in with a desk has none."""


class NotAdministrator(NotOpen):
    """A member without the role."""


class AccountLocked(Obstacle):
    """Too many failures in a row."""


class AccountFrozen(Obstacle):
    """The person said that something was not them; only a new password, set by mail, opens again."""


class NotAtThisDesk(NotOpen):
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


def obstacle(known: Facts, door: Door, now: datetime, lasts: timedelta) -> Obstacle | None:
    """The first thing in the way, in the order of the FAQ, or None; a password typed again `lasts` so long.

    Who has no authenticator yet changes them with the password alone: there is nothing else to ask for.
    """
    if door is Door.SIGN_IN and (known.sign_in.second_step_at or not known.wants_second_step):
        return None
    payment, change = door is Door.PAYMENT_INFORMATION, door is Door.AUTHENTICATORS
    passed = known.opened if payment else known.permitting if change else None
    for in_the_way, what in (
        (payment and known.membership is None, NotAMember),
        (payment and not known.is_administrator, NotAdministrator),
        (known.is_locked(now), AccountLocked),
        (known.person.frozen_at is not None, AccountFrozen),
        (change and known.person.staff == Desk.DEVELOPER_SUPPORT, NotAtThisDesk),
        (change and not known.knows_password(now, lasts), PasswordNeeded),
        (not change and not known.has_authenticator, NoAuthenticator),
        (known.has_authenticator and not (passed and passed.in_force(now)), NotVerified),
    ):
        if in_the_way:
            return what(known.company if payment else None)
    return None


def in_the_way(kit: Kit, known: Facts, door: Door) -> Obstacle | None:
    return obstacle(known, door, kit.now, timedelta(minutes=kit.settings.verification_minutes))


def pass_through(kit: Kit, known: Facts, door: Door) -> None:
    """Raises the first Obstacle."""
    if found := in_the_way(kit, known, door):
        raise found


# Looking


def arrive(kit: Kit, token: str, address: str, company_id: int | None) -> Facts | None:
    """What is known of the browser that holds `token`, if its sign-in is still good; it is noted that it was here."""
    known = facts.read(facts.BY_TOKEN, kit.now, company_id, token=SignIn.digest(token))
    if known is None or not sign_ins.is_good(kit, known.sign_in):
        return None
    known.sign_in.token = token
    sign_ins.note_seen(kit, known.sign_in, address)
    return carried_out(kit, known, company_id)


def look(kit: Kit, sign_in: SignIn, company_id: int | None = None) -> Facts:
    """The same of a sign-in at hand, as it is now. In a transaction nobody else can change it before the commit."""
    known = facts.read(facts.BY_ID, kit.now, company_id, id=sign_in.id)
    if known is None:
        raise AccountLocked
    known.sign_in.token, known.sign_in.address = sign_in.token, sign_in.address
    return carried_out(kit, known, company_id)


def carried_out(kit: Kit, known: Facts, company_id: int | None) -> Facts:
    """A replacement of lost authenticators that is due is carried out by whoever looks."""
    if known.replacement_is_due and replacement.carry_out(kit, known.person, but=known.sign_in):
        return look(kit, known.sign_in, company_id)
    return known


# Payment Information


def enter(kit: Kit, known: Facts) -> Assurance:
    """Into Payment Information: the proof, or the first Obstacle."""
    pass_through(kit, known, Door.PAYMENT_INFORMATION)
    if known.company is None or known.opened is None:
        raise NotVerified(known.company)
    return Assurance(known.sign_in, known.company, known.opened)


def confirm(kit: Kit, assurance: Assurance) -> Facts:
    """Look and decide again in the caller's transaction. Raises the Obstacle that came up since."""
    known = look(kit, assurance.sign_in, assurance.company.id)
    if enter(kit, known).challenge.id != assurance.challenge.id:
        raise NotVerified(assurance.company)
    return known


def end(kit: Kit, assurance: Assurance) -> None:
    """Close the page again before its time ("End now")."""
    with writing():
        Challenge.close(kit.now, Challenge.id == assurance.challenge.id)
        record(kit, "verification.ended", by=assurance.sign_in, company=assurance.company)


# Changes of authenticators, and the door


def permit(kit: Kit, known: Facts) -> Permit:
    """To one change of authenticators: the proof, or the first Obstacle."""
    pass_through(kit, known, Door.AUTHENTICATORS)
    return Permit(known.sign_in, known.permitting if known.has_authenticator else None)


def use(kit: Kit, sign_in: SignIn) -> None:
    """Spend the permit for one change, in the transaction that makes it. Raises the Obstacle."""
    challenge = permit(kit, look(kit, sign_in)).challenge
    if challenge and not Challenge.close(kit.now, Challenge.id == challenge.id):
        raise NotVerified
    SignIn.update(confirmed_at=None).where(SignIn.id == sign_in.id).execute()


def come_in(kit: Kit, known: Facts) -> None:
    """Past the door, where a company of this person (or their work at a desk) wants the second step at signing in
    too. Raises the Obstacle."""
    pass_through(kit, known, Door.SIGN_IN)
