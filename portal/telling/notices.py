"""Telling people what happened to their account or company, with a link that says "this was not me".

A notice goes out after the commit of what it tells. Its link works without the second step, once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from portal import language
from portal.kit import Kit
from portal.mail.protocol import Letter
from portal.models.company import Company, Membership
from portal.models.link import Link, LinkKind
from portal.models.user import User
from portal.telephony.protocol import Channel, Message
from portal.telling import letters, outgoing

log = logging.getLogger(__name__)

News = Callable[[User], tuple[str, str]]
"""A subject, and what happened in whole sentences; asked for while the language is that of the person told."""


def tell(kit: Kit, people: Iterable[User], news: News) -> None:
    """Mail `news` to each of `people`, in their own language; in the caller's transaction or outside one."""
    written = [letter_to(kit, user, news) for user in people]
    outgoing.hand_over(lambda: send(kit, written))


def tell_administrators(kit: Kit, company: Company, news: News) -> None:
    """The same to every administrator of `company`."""
    tell(
        kit,
        User.select().join(Membership).where(Membership.company == company.id, Membership.of_administrators()),
        news,
    )


def concerned(user: User) -> list[User]:
    """The person, and every administrator of their companies."""
    theirs = Membership.select(Membership.company).where(Membership.user == user.id)
    others = (
        User.select()
        .join(Membership)
        .where(Membership.company.in_(theirs), Membership.of_administrators(), User.id != user.id)
    )
    return [user, *others.distinct().order_by(User.id)]


def text_old_number(kit: Kit, user: User, number: str, row_id: str) -> None:
    """Tell the phone that was replaced, which its thief may not have (FAQ: where can I edit my number)."""
    with language.speaking(user.language):
        text(kit, number, letters.number_replaced(kit.settings, not_me_link(kit, user)), f"replaced-{row_id}")


def text(kit: Kit, number: str, words: str, message_id: str) -> None:
    """Text a phone that goes out of use; it works or it does not, and the page does not wait for it."""
    message = Message(message_id, number, Channel.TEXT, words, language.spoken())

    def act() -> None:
        receipt = kit.telephony.send(message)
        if not receipt.accepted:
            log.warning("a replaced number could not be told: %s %s", receipt.reason, receipt.detail)

    outgoing.hand_over(act)


def letter_to(kit: Kit, user: User, news: News) -> Letter:
    with language.speaking(user.language):
        subject, happened = news(user)
        body = letters.notice(kit.settings, kit.now, happened, not_me_link(kit, user))
    return Letter(user.email, f"{subject} · {kit.settings.brand}", body)


def not_me_link(kit: Kit, user: User) -> str:
    lasts = timedelta(days=kit.settings.not_me_days)
    return f"{kit.settings.url}/not-me/{Link.make(LinkKind.NOT_ME, user.email, kit.now, lasts, user=user)}"


def send(kit: Kit, written: list[Letter]) -> None:
    for letter in written:
        try:
            kit.mail.send(letter)
        except OSError:
            log.exception("a notice could not be mailed")
