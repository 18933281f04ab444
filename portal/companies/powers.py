"""What members may do: one table, shown on the page and asked by the guards, and again in the transaction of every
change.
"""

from __future__ import annotations

from enum import StrEnum

from portal.language import gettext as _
from portal.language import later
from portal.models.company import Membership, Role
from portal.models.sign_in import SignIn
from portal.refusals import NotAllowed


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


def may(membership: Membership, power: Power) -> bool:
    return power in POWERS[Role(membership.role)]


def demand(members: dict[int, Membership], by: SignIn, power: Power) -> None:
    """Raise NotAllowed for somebody who is no member any more, or not with this power."""
    mine = members.get(by.user_id)
    if mine is None or not may(mine, power):
        raise NotAllowed
