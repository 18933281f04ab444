"""Getting an account and getting back into it, by links in mails that work once.

Whether an address has an account is told to nobody but its mailbox: answers on the page are always the same.
"""

from __future__ import annotations

import re
from datetime import timedelta

from portal import audit, language, letters, notices
from portal.accounts import companies, passwords, people, sign_ins
from portal.accounts.signing_in import canonical
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.mail.protocol import Letter
from portal.models.company import Role
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


class DeadLink(Exception):
    """The link was used, is too old, or never was one."""


class Taken(Exception):
    """The address has an account."""


def ask_to_join(kit: Kit, email: str) -> None:
    """Mail a link to sign up; to somebody who has an account, a hint that they have. Raises OSError where
    mail does not work."""
    user = User.get_or_none(User.email == canonical(email))
    if user:
        write(kit, canonical(email), letters.has_account(kit.settings))
    else:
        write_link(kit, LinkKind.SIGN_UP, canonical(email), timedelta(days=kit.settings.invitation_days))


def find_link(kit: Kit, token: str) -> Link:
    """A link to sign up, by invitation or not. Raises DeadLink."""
    for kind in (LinkKind.SIGN_UP, LinkKind.INVITATION):
        if link := Link.find(kind, token, kit.now):
            return link
    raise DeadLink


def has_account(email: str) -> bool:
    return bool(User.select().where(User.email == email).exists())


def join(kit: Kit, token: str, name: str, company_name: str, password: str, address: str, browser: str) -> SignIn:
    """Make the account, with a company of its own or in the one that invited. Raises DeadLink or Unfit."""
    link = find_link(kit, token)
    passwords.check(kit.settings, password, link.email, name, company_name)
    secret = passwords.hashed(password)
    with writing():
        if not link.spend(kit.now) or has_account(link.email):
            raise DeadLink
        spoken = language.spoken()
        user = User.create(email=link.email, name=name, password=secret, language=spoken, created_at=kit.now)
        sign_in = sign_ins.open_sign_in(kit, user, address, browser)
        company = link.company or companies.found(kit, company_name, user, by=sign_in)
        if link.company:
            companies.take_in(kit, company, user, Role(str(link.role)))
            audit.record(kit, "invitation.accepted", by=sign_in, company=company, role=link.role)
        audit.record(kit, "sign_up.completed", by=sign_in, company=company)
        return sign_in


def add_person(kit: Kit, email: str, name: str, password: str, **who: object) -> User:
    """An account made by the operator. Raises Taken or Unfit."""
    passwords.check(kit.settings, password, email, name)
    secret = passwords.hashed(password)
    with writing():
        if has_account(canonical(email)):
            raise Taken
        user: User = User.create(email=canonical(email), name=name, password=secret, created_at=kit.now)
        audit.record(kit, "user.added", user=user, **who)  # type: ignore[arg-type]
        return user


def link_to_join(kit: Kit, email: str, **who: object) -> str:
    """The token of a link with which this address signs up, whatever PORTAL_SIGN_UP says. Raises Taken."""
    with writing():
        if has_account(canonical(email)):
            raise Taken
        audit.record(kit, "user.invited", member=canonical(email), **who)  # type: ignore[arg-type]
        return Link.make(LinkKind.SIGN_UP, canonical(email), kit.now, timedelta(days=kit.settings.invitation_days))


def ask_to_reset(kit: Kit, email: str, address: str) -> None:
    """Mail a link to a new password, where there is an account. Raises OSError where mail does not work."""
    user = User.get_or_none(User.email == canonical(email))
    if user:
        audit.record(kit, "password.reset_asked", user=user, address=address)
        write_link(kit, LinkKind.RESET, user.email, timedelta(minutes=kit.settings.reset_minutes), user=user)


def reset(kit: Kit, token: str, password: str, address: str) -> None:
    """Set a new password; every sign-in ends, and two-step verification stays as it is (ASVS 6.4.3).
    Raises DeadLink or Unfit."""
    link = Link.find(LinkKind.RESET, token, kit.now)
    if link is None:
        raise DeadLink
    person, least = link.person, people.least_password(kit.settings, link.person)
    passwords.check(kit.settings, password, person.email, person.name, least=least)
    secret = passwords.hashed(password)
    with writing():
        if not link.spend(kit.now):
            raise DeadLink
        User.update(password=secret, frozen_at=None).where(User.id == link.user_id).execute()
        sign_ins.end_others(kit, link.person)
        audit.record(kit, "password.changed", user=link.person, address=address)
        happened = later("A new password was set by a mailed link.")
        notices.tell(kit, [link.person], lambda to: (_("Your password was changed"), _(happened)))


def write_link(kit: Kit, kind: LinkKind, email: str, lasts: timedelta, **about: object) -> str:
    token = Link.make(kind, email, kit.now, lasts, **about)
    write(kit, email, letters.with_link(kit.settings, kind, token))
    return token


def write(kit: Kit, email: str, words: tuple[str, str]) -> bool:
    """Send the mail, unless its address has had enough of them (strangers are told the same either way)."""
    if Quota.spend(f"mail:{email}", kit.settings.mails_an_hour, timedelta(hours=1), kit.now):
        return False
    subject, body = words
    kit.mail.send(Letter(email, subject, body))
    return True


def least_to_reset(kit: Kit, token: str) -> int:
    """Characters that the new password needs, at the least. Raises DeadLink."""
    link = Link.find(LinkKind.RESET, token, kit.now)
    if link is None:
        raise DeadLink
    return people.least_password(kit.settings, link.person)


def is_address(text: str) -> bool:
    """Whether it has the shape of an e-mail address; whether it exists is for the mailbox to say."""
    return len(text) <= 254 and text.isascii() and text.isprintable() and bool(EMAIL.fullmatch(text))
