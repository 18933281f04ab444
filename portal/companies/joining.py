"""Signing up, by a link in a mail that works once: with a company of one's own, or into the one that invited.

Whether an address has an account is told to nobody but its mailbox: answers on the page are always the same.
"""

from __future__ import annotations

from datetime import timedelta

from portal import language
from portal.accounts import passwords, people, sign_ins
from portal.accounts.addresses import canonical
from portal.companies import members, profile
from portal.database import writing
from portal.kit import Kit
from portal.models.company import Role
from portal.models.link import Link, LinkKind
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.telling import letters, links
from portal.telling.links import DeadLink


def ask_to_join(kit: Kit, email: str) -> None:
    """Mail a link to sign up; to somebody who has an account, a hint that they have. Raises OSError where
    mail does not work."""
    email, lasts = canonical(email), timedelta(days=kit.settings.invitation_days)
    with writing():
        if people.has_account(email):
            written = links.letter(kit, email, letters.has_account(kit.settings))
        else:
            written = links.letter_with_link(kit, LinkKind.SIGN_UP, email, lasts)
    links.send(kit, written)


def find_link(kit: Kit, token: str) -> Link:
    """A link to sign up, by invitation or not. Raises DeadLink."""
    try:
        return links.find(kit, LinkKind.SIGN_UP, token)
    except DeadLink:
        return links.find(kit, LinkKind.INVITATION, token)


def join(kit: Kit, token: str, name: str, company_name: str, password: str, address: str, browser: str) -> SignIn:
    """Make the account, with a company of its own or in the one that invited. Raises DeadLink or Unfit."""
    link = find_link(kit, token)
    passwords.check(kit.settings, password, link.email, name, company_name)
    secret = passwords.hashed(password)
    with links.spending(kit, LinkKind(link.kind), token) as link:
        if people.has_account(link.email):
            raise DeadLink
        spoken = language.spoken()
        user = User.create(email=link.email, name=name, password=secret, language=spoken, created_at=kit.now)
        sign_in = sign_ins.open_sign_in(kit, user, address, browser)
        company = link.company or profile.found(kit, company_name, user, by=sign_in)
        if link.company:
            members.take_in(kit, company, user, Role(str(link.role)))
            record(kit, "invitation.accepted", by=sign_in, company=company, role=link.role)
        record(kit, "sign_up.completed", by=sign_in, company=company)
        return sign_in


def link_to_join(kit: Kit, email: str, **who: object) -> str:
    """The token of a link with which this address signs up, whatever PORTAL_SIGN_UP says. Raises Taken."""
    with writing():
        if people.has_account(canonical(email)):
            raise people.Taken
        record(kit, "user.invited", member=canonical(email), **who)  # type: ignore[arg-type]
        return Link.make(LinkKind.SIGN_UP, canonical(email), kit.now, timedelta(days=kit.settings.invitation_days))
