"""Companies, and what their members may do: one table of powers, shown on the page and asked by the guards.

Every change asks for the power again in the transaction that makes it, on rows that nobody else can change.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal import audit, notices
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company, Membership, Role
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User


class Power(StrEnum):
    VIEW_COMPANY_PROFILE = "view_company_profile"
    EDIT_COMPANY_PROFILE = "edit_company_profile"
    VIEW_USERS = "view_users"
    MANAGE_USERS = "manage_users"
    PAYMENT_INFORMATION = "payment_information"

    @property
    def words(self) -> str:
        return _(WORDS[self])


WORDS = {
    Power.VIEW_COMPANY_PROFILE: later("See the Company Profile"),
    Power.VIEW_USERS: later("See who belongs to the company"),
    Power.EDIT_COMPANY_PROFILE: later("Change the Company Profile"),
    Power.MANAGE_USERS: later("Invite and remove users, change roles"),
    Power.PAYMENT_INFORMATION: later("See and change Payment Information"),
}

OF_EVERY_MEMBER = frozenset({Power.VIEW_COMPANY_PROFILE, Power.VIEW_USERS})

POWERS: dict[Role, frozenset[Power]] = {
    Role.ADMINISTRATOR: frozenset(Power),
    Role.DEVELOPER: OF_EVERY_MEMBER,
    Role.MARKETER: OF_EVERY_MEMBER,
    Role.ANALYST: OF_EVERY_MEMBER,
}

WEB_ADDRESS = re.compile(
    r"https?://[^\s/?#@:\"'<>\\]+\.[^\s/?#@:\"'<>\\]+(:[0-9]{1,5})?([/?#][^\s\"'<>\\]*)?", re.IGNORECASE
)


class NotAllowed(Exception):
    """The role of this person, by now, has not the power that the change needs."""


class TooMany(Exception):
    """Enough of these for a day; `until` says when there can be another."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Profile:
    """What a company says of itself. Its phone number is E.164, and never used for two-step verification."""

    name: str
    address: str = ""
    website: str = ""
    support: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        if not self.name or (self.website and not is_web_address(self.website)):
            raise ValueError("A company has a name, and a website that begins with https:// or http://.")


def is_web_address(text: str) -> bool:
    return bool(WEB_ADDRESS.fullmatch(text))


def may(membership: Membership, power: Power) -> bool:
    return power in POWERS[Role(membership.role)]


def members_of(company: Company) -> dict[int, Membership]:
    """Every membership of the company by person."""
    rows = Membership.select().where(Membership.company == company.id).order_by(Membership.id)
    return {row.user_id: row for row in rows}


def demand(members: dict[int, Membership], by: SignIn, power: Power) -> None:
    """Raise NotAllowed for somebody who is no member any more, or not with this power."""
    mine = members.get(by.user_id)
    if mine is None or not may(mine, power):
        raise NotAllowed


def create(kit: Kit, by: SignIn, name: str) -> Company:
    """A new company, its creator the administrator. Raises TooMany."""
    limit, day = kit.settings.companies_a_day, timedelta(days=1)
    with writing():
        if until := Quota.spend(f"companies:{by.user_id}", limit, day, kit.now):
            raise TooMany(until)
        return found(kit, name, by.user, by=by)


def found(kit: Kit, name: str, administrator: User, **who: object) -> Company:
    """The same for the operator, and in the caller's transaction; `who` did it, for the record."""
    with writing():
        company = Company.create(name=name, created_at=kit.now)
        Membership.create(user=administrator, company=company, role=Role.ADMINISTRATOR)
        audit.record(kit, "company.created", company=company, **who)  # type: ignore[arg-type]
        return company


def save_profile(kit: Kit, by: SignIn, company: Company, profile: Profile) -> list[str]:
    """Put `profile` in force; what changed by it. Raises NotAllowed."""
    with writing():
        demand(members_of(company), by, Power.EDIT_COMPANY_PROFILE)
        now = Company.get_by_id(company.id)
        changed = {name: value for name, value in asdict(profile).items() if value != getattr(now, name)}
        if changed:
            Company.update(changed).where(Company.id == company.id).execute()
            audit.record(kit, "company.changed", by=by, company=company, changed=" ".join(changed))
        return list(changed)


def ask_at_sign_in(kit: Kit, by: SignIn, company: Company, on: bool) -> None:
    """Switch two-step verification at sign-in on or off for every member. Raises NotAllowed."""
    with writing():
        demand(members_of(company), by, Power.EDIT_COMPANY_PROFILE)
        this = (Company.id == company.id, Company.second_step_at_sign_in != on)
        if Company.update(second_step_at_sign_in=on).where(*this).execute():
            kind = "company.second_step_on" if on else "company.second_step_off"
            audit.record(kit, kind, by=by, company=company)


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
