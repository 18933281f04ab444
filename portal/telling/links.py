"""Links in mails: asked for, mailed, found again and spent."""

from __future__ import annotations

from datetime import timedelta

from portal.kit import Kit
from portal.mail.protocol import Letter
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.telling import letters


class DeadLink(Exception):
    """The link was used, is too old, or never was one."""


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
