"""Recovery codes: ten, shown once, each good for one challenge. Wrong ones count towards the same ten failures."""

from __future__ import annotations

import secrets

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later, ngettext
from portal.models.recovery_code import RecoveryCode
from portal.models.sign_in import SignIn
from portal.record.writing import record
from portal.telling import notices
from portal.verification import gate
from portal.verification.codes import NotACode

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32, without look-alikes
LENGTH = 16  # 80 bits (NIST SP 800-63B-4 asks for 64)


def make(kit: Kit, by: SignIn) -> list[str]:
    """A new set, readable this once; the old one is dead. Spends a Permit. Raises the gate's Obstacle."""
    codes = ["".join(secrets.choice(LETTERS) for _n in range(LENGTH)) for _n in range(kit.settings.recovery_codes)]
    with writing():
        gate.use(kit, by)
        RecoveryCode.delete().where(RecoveryCode.user == by.user_id).execute()
        for code in codes:
            RecoveryCode.create(user=by.user_id, digest=digest(kit, by, code), made_at=kit.now)
        record(kit, "recovery.made", by=by)
        made = later("New recovery codes were made; the old ones are dead.")
        notices.tell(kit, [by.user], lambda to: (_("New recovery codes"), _(made)))
    return ["-".join(code[i : i + 4] for i in range(0, LENGTH, 4)) for code in codes]


def read(typed: str) -> str:
    """The letters in what somebody typed. Raises NotACode for what cannot be a recovery code."""
    letters = "".join(c for c in typed[:60].upper() if not c.isspace() and c != "-")
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        raise NotACode(
            _("A recovery code has %(length)s letters and digits in four groups. Check what you typed.", length=LENGTH)
        )
    return letters


def find(kit: Kit, by: SignIn, letters: str) -> RecoveryCode | None:
    """The unused code that it is, if any."""
    unused = RecoveryCode.unused(by.user_id)
    return next((row for row in unused if kit.keys.matches(row.digest, "recovery", str(by.user_id), letters)), None)


def spend(kit: Kit, by: SignIn, row: RecoveryCode) -> bool:
    """Use it, once, in the caller's transaction, and tell the person."""
    if not row.spend(kit.now):
        return False
    record(kit, "recovery.used", by=by)
    left = len(RecoveryCode.unused(by.user_id))
    notices.tell(kit, [by.user], lambda to: news_of_use(left))
    return True


def news_of_use(left: int) -> tuple[str, str]:
    happened = ngettext(
        "A recovery code was used; %(num)s is left.", "A recovery code was used; %(num)s are left.", left
    )
    return _("A recovery code was used"), happened


def digest(kit: Kit, by: SignIn, code: str) -> str:
    return kit.keys.digest("recovery", str(by.user_id), code)
