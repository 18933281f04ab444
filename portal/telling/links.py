"""Links in mails: asked for, mailed, found again and spent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from portal.database import writing
from portal.kit import Kit
from portal.mail.protocol import Letter
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.telling import letters


class DeadLink(Exception):
    """The link was used, is too old, or never was one."""


def find(kit: Kit, kind: LinkKind, token: str) -> Link:
    """The link, for a page that only looks. Raises DeadLink."""
    link = Link.find(kind, token, kit.now)
    if link is None:
        raise DeadLink
    return link


@contextmanager
def spending(kit: Kit, kind: LinkKind, token: str) -> Iterator[Link]:
    """Use the link up, in the transaction of what it does: `with` opens it, and what is rolled back leaves the link
    as it was. Raises DeadLink."""
    with writing():
        link = find(kit, kind, token)
        if not link.spend(kit.now):
            raise DeadLink
        yield link


def letter(kit: Kit, email: str, words: tuple[str, str]) -> Letter | None:
    """A mail to `send` after the commit; none where the address has had enough of them (strangers are told the same
    either way)."""
    if Quota.spend(f"mail:{email}", kit.settings.mails_an_hour, timedelta(hours=1), kit.now):
        return None
    subject, body = words
    return Letter(email, subject, body)


def letter_with_link(kit: Kit, kind: LinkKind, email: str, lasts: timedelta, **about: object) -> Letter | None:
    """The same with a new link in it, in the caller's transaction."""
    token = Link.make(kind, email, kit.now, lasts, **about)
    return letter(kit, email, letters.with_link(kit.settings, kind, token))


def send(kit: Kit, written: Letter | None) -> bool:
    """Whether there was one to send. Raises OSError where mail does not work."""
    if written:
        kit.mail.send(written)
    return written is not None
