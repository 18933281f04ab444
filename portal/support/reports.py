"""Somebody says that something was not them: their account is protected and customer support hears of it, both or
neither.
"""

from __future__ import annotations

from portal.accounts import protection
from portal.database import writing
from portal.kit import Kit
from portal.models.link import LinkKind
from portal.models.sign_in import SignIn
from portal.support import cases
from portal.telling import links


def not_me(kit: Kit, by: SignIn) -> None:
    """By the person, signed in; this browser stays so."""
    with writing():
        protection.protect(kit, by.user, but=by, address=by.address)
        cases.urgent(kit, by.user, by.address)


def not_me_by_link(kit: Kit, token: str, address: str) -> None:
    """By whoever has the link of a notice; it works once, and needs no sign-in. Raises DeadLink."""
    with links.spending(kit, LinkKind.NOT_ME, token) as link:
        protection.protect(kit, link.person, address=address)
        cases.urgent(kit, link.person, address)
