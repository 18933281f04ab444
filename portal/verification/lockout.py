"""The lock: one counter of failures in a row for each person, over every way, browser and company.

All of it happens in the transaction of the caller, who is the only one to write meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.clock import FOREVER
from portal.config import Settings
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.challenge import Challenge
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.telling import notices

TOO_MANY_FAILURES = later("Too many verifications in a row failed, so verification is locked.")
BY_HAND = later(
    "Verification, your authenticators and payment data are closed until customer support opens them again."
)


def fail(kit: Kit, user: User, by: SignIn) -> int:
    """Count one failure; the tenth in a row, and every tenth after it, locks (FAQ: wrong code). The tries that are
    left; none, where it is locked now."""
    user.count_failure()
    record(kit, "verification.failed", by=by, tries=user.failures)
    if (
        user.failures % kit.settings.failures_before_lockout == 0
        or user.failures >= kit.settings.failures_before_support
    ):
        lock(kit, user, lock_end(kit.settings, user.failures, kit.now), by)
        return 0
    return tries_left(kit.settings, user)


def lock_end(settings: Settings, failures: int, now: datetime) -> datetime:
    """30 minutes, doubled with every further lock without a success between; from 100 failures only
    customer support can lift it."""
    if failures >= settings.failures_before_support:
        return FOREVER
    doublings = failures // settings.failures_before_lockout - 1
    try:
        return now + timedelta(minutes=settings.lockout_minutes * 2**doublings)
    except OverflowError:
        return FOREVER


def lock(
    kit: Kit,
    user: User,
    until: datetime,
    by: SignIn | None = None,
    happened: str = TOO_MANY_FAILURES,
    reason: str = "too many failures",
    address: str = "",
) -> None:
    """Close verification, authenticators and payment data for this person, open windows included."""
    user.locked_until = until
    User.update(locked_until=until).where(User.id == user.id).execute()
    Challenge.close(kit.now, Challenge.user == user.id)
    lasts = until.isoformat(timespec="minutes")
    record(kit, "account.locked", by=by, user=user, address=address, until=lasts, reason=reason)
    notices.tell(kit, [user], lambda to: (_("Your account is locked"), _(happened)))


def succeed(user: User) -> None:
    """A right answer: the row of failures starts again from nothing."""
    if user.failures or user.locked_until:
        user.forget_failures()


def unlock(kit: Kit, user: User, reason: str, address: str = "") -> None:
    """Lift any lock, on the record. For customer support and the operator alone."""
    with writing():
        user.forget_failures()
        record(kit, "account.unlocked", user=user, reason=reason, address=address)


def tries_left(settings: Settings, user: User) -> int:
    return settings.failures_before_lockout - user.failures % settings.failures_before_lockout


def is_for_support(until: datetime) -> bool:
    """Whether a lock ends only when customer support lifts it."""
    return until == FOREVER
