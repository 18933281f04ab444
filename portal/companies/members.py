"""Who belongs to a company. Whoever makes an administrator decides who opens Payment Information, so every
change here demands the same Assurance and asks the gate again where it writes; only the operator needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.companies import powers
from portal.companies.powers import Power
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge
from portal.models.company import Company, Membership, Role
from portal.models.user import User
from portal.record.writing import record
from portal.telling import notices
from portal.verification import gate
from portal.verification.gate import Assurance


class NoSuchMember(Exception):
    """Nobody like this belongs to the company (any more)."""


class AlreadyMember(Exception):
    """This person belongs to the company already."""


class LastAdministrator(Exception):
    """A company always keeps an administrator; this is its only one."""


class Readiness(StrEnum):
    """Whether an administrator could get into Payment Information, in (English) words that show nobody's numbers."""

    READY = later("ready")
    ONE_WAY = later("one way only")
    NOT_READY = later("not ready")


@dataclass(frozen=True)
class Member:
    user: User
    role: Role
    authenticators: int

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def readiness(self) -> Readiness:
        return (Readiness.NOT_READY, Readiness.ONE_WAY, Readiness.READY)[min(self.authenticators, 2)]


def of(company: Company) -> list[Member]:
    """Everybody, administrators first, then by name."""
    rows = Membership.select(Membership, User).join(User).where(Membership.company == company.id)
    found = [member(row) for row in rows]
    return sorted(found, key=lambda each: (not each.is_administrator, each.user.name.casefold(), each.user.id))


def one(company: Company, user_id: int) -> Member:
    """Raises NoSuchMember."""
    rows = Membership.select(Membership, User).join(User)
    row = rows.where(Membership.company == company.id, Membership.user == user_id).first()
    if row is None:
        raise NoSuchMember
    return member(row)


def member(row: Membership) -> Member:
    return Member(row.user, Role(row.role), Authenticator.select().where(Authenticator.user == row.user_id).count())


def members_of(company: Company) -> dict[int, Membership]:
    """Every membership of the company by person."""
    rows = Membership.select().where(Membership.company == company.id).order_by(Membership.id)
    return {row.user_id: row for row in rows}


def change_role(kit: Kit, assurance: Assurance, user_id: int, role: Role) -> None:
    """Raises NoSuchMember, LastAdministrator, NotAllowed or the gate's Obstacle."""
    with writing():
        confirm(kit, assurance)
        set_role(kit, assurance.company, user_id, role, by=assurance.sign_in)


def remove(kit: Kit, assurance: Assurance, user_id: int) -> None:
    """The same."""
    with writing():
        confirm(kit, assurance)
        put_out(kit, assurance.company, user_id, by=assurance.sign_in)


def confirm(kit: Kit, assurance: Assurance) -> None:
    """Hold the person and everybody's membership, always in this order, and ask everything again."""
    members = members_of(assurance.company)
    gate.confirm(kit, assurance)
    powers.demand(members, assurance.sign_in, Power.MANAGE_USERS)


def add(kit: Kit, company: Company, user: User, role: Role, **who: object) -> None:
    """Raises AlreadyMember."""
    with writing():
        if user.id in members_of(company):
            raise AlreadyMember
        take_in(kit, company, user, role)
        on_record(kit, "member.added", company, user, role=role, **who)


def set_role(kit: Kit, company: Company, user_id: int, role: Role, **who: object) -> None:
    """Acts on the person's next click. Raises NoSuchMember or LastAdministrator."""
    with writing():
        row = changeable(company, user_id, stays_administrator=role == Role.ADMINISTRATOR)
        if row.role == role:
            return
        Membership.update(role=role).where(Membership.id == row.id).execute()
        end_verifications(kit, row)
        on_record(kit, "member.role_changed", company, row.user, role=role, **who)
        if role == Role.ADMINISTRATOR:
            tell_of_administrator(kit, company, row.user)


def put_out(kit: Kit, company: Company, user_id: int, **who: object) -> None:
    """The same."""
    with writing():
        row = changeable(company, user_id, stays_administrator=False)
        Membership.delete().where(Membership.id == row.id).execute()
        end_verifications(kit, row)
        on_record(kit, "member.removed", company, row.user, **who)


def changeable(company: Company, user_id: int, *, stays_administrator: bool) -> Membership:
    """The membership, held, if the company has an administrator without it or keeps this one."""
    members = members_of(company)
    row = members.get(user_id)
    if row is None:
        raise NoSuchMember
    others = [each for each in members.values() if each.is_administrator and each.id != row.id]
    if row.is_administrator and not stays_administrator and not others:
        raise LastAdministrator
    return row


def end_verifications(kit: Kit, row: Membership) -> None:
    Challenge.close(kit.now, Challenge.user == row.user_id, Challenge.company == row.company_id)


def on_record(kit: Kit, kind: str, company: Company, whom: User, **details: object) -> None:
    record(kit, kind, company=company, member=whom.email, **{"user": whom, **details})  # type: ignore[arg-type]


def take_in(kit: Kit, company: Company, user: User, role: Role) -> None:
    """Make somebody a member; the other administrators hear of a new one."""
    Membership.create(user=user, company=company, role=role)
    if role == Role.ADMINISTRATOR:
        tell_of_administrator(kit, company, user)


def tell_of_administrator(kit: Kit, company: Company, user: User) -> None:
    happened = later(
        "%(name)s (%(email)s) is now an administrator of %(company)s, and can open its Payment Information."
    )
    who = {"name": user.name, "email": user.email, "company": company.name}
    notices.tell_administrators(kit, company, lambda to: (_("A new administrator"), _(happened, **who)))
