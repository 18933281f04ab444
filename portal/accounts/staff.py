"""Who answers at which support desk. Nobody appoints from a page; the operator does it, on the record."""

from __future__ import annotations

from enum import StrEnum

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company, Membership
from portal.models.user import User
from portal.record.writing import record


class Desk(StrEnum):
    CUSTOMER_SUPPORT = "customer_support"
    DEVELOPER_SUPPORT = "developer_support"

    @property
    def words(self) -> str:
        return _(WORDS[self])


WORDS = {Desk.CUSTOMER_SUPPORT: later("Customer support"), Desk.DEVELOPER_SUPPORT: later("Developer support")}


class BelongsToCompany(Exception):
    """Staff sign-ins belong to no company, and this one does; `str()` of it says to which."""


def grant(kit: Kit, user: User, desk: Desk, *, address: str) -> None:
    """Raises BelongsToCompany."""
    with writing():
        User.get_by_id(user.id)
        refuse_member(user)
        User.update(staff=desk).where(User.id == user.id).execute()
        record(kit, "staff.granted", user=user, address=address, role=desk)


def refuse_member(user: User) -> None:
    companies = Company.select().join(Membership).where(Membership.user == user.id).order_by(Company.name)
    if names := ", ".join(each.name for each in companies):
        raise BelongsToCompany(
            _(
                "%(email)s belongs to %(companies)s, and a sign-in of staff belongs to no company. Remove it there "
                "first, or make another account for the desk. Nothing was changed.",
                email=user.email,
                companies=names,
            )
        )


def revoke(kit: Kit, user: User, *, address: str) -> bool:
    """False where there was no desk to take away."""
    with writing():
        there_was = bool(User.update(staff=None).where(User.id == user.id, User.staff.is_null(False)).execute())
        if there_was:
            record(kit, "staff.revoked", user=user, address=address)
        return there_was
