"""A new password by a link in a mail. Whether an address has an account is told to nobody but its mailbox."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts import passwords, people, sign_ins
from portal.accounts.addresses import canonical
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.link import LinkKind
from portal.models.user import User
from portal.record.writing import record
from portal.telling import links, notices


def ask_to_reset(kit: Kit, email: str, address: str) -> None:
    """Mail a link to a new password, where there is an account. Raises OSError where mail does not work."""
    user = User.get_or_none(User.email == canonical(email))
    if user is None:
        return
    lasts = timedelta(minutes=kit.settings.reset_minutes)
    with writing():
        record(kit, "password.reset_asked", user=user, address=address)
        written = links.letter_with_link(kit, LinkKind.RESET, user.email, lasts, user=user)
    links.send(kit, written)


def reset(kit: Kit, token: str, password: str, address: str) -> None:
    """Set a new password; every sign-in ends, and two-step verification stays as it is (ASVS 6.4.3).
    Raises DeadLink or Unfit."""
    person = links.find(kit, LinkKind.RESET, token).person
    least = people.least_password(kit.settings, person)
    passwords.check(kit.settings, password, person.email, person.name, least=least)
    secret = passwords.hashed(password)
    with links.spending(kit, LinkKind.RESET, token) as link:
        User.update(password=secret, frozen_at=None).where(User.id == link.user_id).execute()
        sign_ins.end_others(kit, link.person)
        record(kit, "password.changed", user=link.person, address=address)
        happened = later("A new password was set by a mailed link.")
        notices.tell(kit, [link.person], lambda to: (_("Your password was changed"), _(happened)))


def least_to_reset(kit: Kit, token: str) -> int:
    """Characters that the new password needs, at the least. Raises DeadLink."""
    return people.least_password(kit.settings, links.find(kit, LinkKind.RESET, token).person)
