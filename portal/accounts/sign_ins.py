"""Opening, rotating and ending the sign-ins of people.

Every lifetime is bounded on both sides, so that a clock set back does not keep anybody in.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from portal.database import writing
from portal.kit import Kit
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record

NOTED = 12  # times in the idle time of a sign-in, at the most: so much earlier it may end
SKEW = timedelta(minutes=5)  # how far in the future a sign-in may have begun, when a clock is corrected
DOUBLE_CLICK = timedelta(seconds=10)


class Ended(Exception):
    """The sign-in was ended, or its token replaced, while something was under way with it."""


def open_sign_in(kit: Kit, user: User, address: str, browser: str) -> SignIn:
    """A new sign-in; its `token` is for the browser alone."""
    token, now = secrets.token_urlsafe(32), kit.now
    row = SignIn.create(
        user=user,
        token_digest=SignIn.digest(token),
        created_at=now,
        seen_at=now,
        address=address,
        browser=browser[:200],
    )
    row.token = token
    record(kit, "sign_in.opened", by=row)
    return row


def find_rotated(kit: Kit, token: str, address: str) -> SignIn | None:
    """The sign-in whose token was replaced a moment ago: good for nothing but the second half of a double
    click on Verify, which brings the right code once more."""
    recently = SignIn.rotated_at.between(kit.now - DOUBLE_CLICK, kit.now)
    row = one(SignIn.previous_digest == SignIn.digest(token), recently)
    if row is None or not is_good(kit, row):
        return None
    row.token, row.address = token, address
    return row


def one(*which: object) -> SignIn | None:
    row: SignIn | None = SignIn.select(SignIn, User).join(User).where(*which).first()
    return row


def is_good(kit: Kit, row: SignIn) -> bool:
    now, settings = kit.now, kit.settings
    idle = row.seen_at + timedelta(minutes=settings.sign_in_idle_minutes)
    overall = row.created_at + timedelta(hours=settings.sign_in_hours)
    return row.ended_at is None and row.created_at - SKEW <= now < min(idle, overall)


def note_seen(kit: Kit, row: SignIn, address: str) -> None:
    now, idle = kit.now, timedelta(minutes=kit.settings.sign_in_idle_minutes)
    if row.address != address or abs(now - row.seen_at) >= idle / NOTED:
        row.note_seen(address, now)


def rotate(kit: Kit, sign_in: SignIn, occasion: str) -> str:
    """Replace the token; the old one is dead. Raises Ended where it was dead already."""
    token = kit.keys.successor(sign_in.token, occasion)
    if not sign_in.rotate(token, kit.now):
        raise Ended
    return token


def end(kit: Kit, sign_in: SignIn) -> None:
    with writing():
        SignIn.end(kit.now, SignIn.id == sign_in.id)
        record(kit, "sign_in.ended", by=sign_in)


def end_others(kit: Kit, user: User, but: SignIn | None = None) -> None:
    """End every sign-in of `user` except the one at hand, in the caller's transaction."""
    SignIn.end(kit.now, SignIn.user == user.id, *([SignIn.id != but.id] if but else []))
