"""A company, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import timedelta

from portal.companies import members, powers
from portal.companies.powers import Power
from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company, Membership, Role
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import NotBefore

WEB_ADDRESS = re.compile(
    r"https?://[^\s/?#@:\"'<>\\]+\.[^\s/?#@:\"'<>\\]+(:[0-9]{1,5})?([/?#][^\s\"'<>\\]*)?", re.IGNORECASE
)


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


def create(kit: Kit, by: SignIn, name: str) -> Company:
    """A new company, its creator the administrator. Raises NotBefore."""
    limit, day = kit.settings.companies_a_day, timedelta(days=1)
    with writing():
        if until := Quota.spend(f"companies:{by.user_id}", limit, day, kit.now):
            raise NotBefore(until)
        return found(kit, name, by.user, by=by)


def found(kit: Kit, name: str, administrator: User, **who: object) -> Company:
    """The same for the operator, and in the caller's transaction; `who` did it, for the record."""
    with writing():
        company = Company.create(name=name, created_at=kit.now)
        Membership.create(user=administrator, company=company, role=Role.ADMINISTRATOR)
        record(kit, "company.created", company=company, **who)  # type: ignore[arg-type]
        return company


def save_profile(kit: Kit, by: SignIn, company: Company, profile: Profile) -> list[str]:
    """Put `profile` in force; what changed by it. Raises NotAllowed."""
    with writing():
        powers.demand(members.members_of(company), by, Power.EDIT_COMPANY_PROFILE)
        now = Company.get_by_id(company.id)
        changed = {name: value for name, value in asdict(profile).items() if value != getattr(now, name)}
        if changed:
            Company.update(changed).where(Company.id == company.id).execute()
            record(kit, "company.changed", by=by, company=company, changed=" ".join(changed))
        return list(changed)


def ask_at_sign_in(kit: Kit, by: SignIn, company: Company, on: bool) -> None:
    """Switch two-step verification at sign-in on or off for every member. Raises NotAllowed."""
    with writing():
        powers.demand(members.members_of(company), by, Power.EDIT_COMPANY_PROFILE)
        this = (Company.id == company.id, Company.second_step_at_sign_in != on)
        if Company.update(second_step_at_sign_in=on).where(*this).execute():
            kind = "company.second_step_on" if on else "company.second_step_off"
            record(kit, kind, by=by, company=company)
