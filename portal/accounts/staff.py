"""Who answers at which support desk. Nobody appoints from a page; the operator does it, on the record."""

from __future__ import annotations

from enum import StrEnum

from portal import audit
from portal.database import writing
from portal.kit import Kit
from portal.models.user import User


class Desk(StrEnum):
    CUSTOMER_SUPPORT = "customer_support"
    DEVELOPER_SUPPORT = "developer_support"


def grant(kit: Kit, user: User, desk: Desk, *, address: str) -> None:
    with writing():
        User.update(staff=desk).where(User.id == user.id).execute()
        audit.record(kit, "staff.granted", user=user, address=address, role=desk)


def revoke(kit: Kit, user: User, *, address: str) -> bool:
    """False where there was no desk to take away."""
    with writing():
        there_was = bool(User.update(staff=None).where(User.id == user.id, User.staff.is_null(False)).execute())
        if there_was:
            audit.record(kit, "staff.revoked", user=user, address=address)
        return there_was
