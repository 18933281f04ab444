"""What a person can do at once when something was not them: end sign-ins, and stop all changes."""

from __future__ import annotations

from portal.accounts import sign_ins
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.challenge import Challenge
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.telling import notices


def protect(kit: Kit, user: User, *, but: SignIn | None = None, address: str = "") -> None:
    """End every other sign-in and every verification in force, and freeze authenticators and Payment
    Information until a new password is set by mail: whoever is in may know the present one."""
    with writing():
        User.update(frozen_at=kit.now).where(User.id == user.id).execute()
        sign_ins.end_others(kit, user, but=but)
        Challenge.close(kit.now, Challenge.user == user.id)
        record(kit, "report.not_me", by=but, user=user, address=address)
        happened = later(
            "You said that something on your account was not you. It is protected now; set a new password next."
        )
        notices.tell(kit, [user], lambda to: (_("Your account is protected"), _(happened)))


def sign_out_others(kit: Kit, by: SignIn) -> None:
    with writing():
        sign_ins.end_others(kit, by.user, but=by)
        record(kit, "sign_in.others_ended", by=by)


def sign_out_one(kit: Kit, by: SignIn, sign_in_id: int) -> None:
    """End one of one's own other sign-ins; of anybody else's nothing happens."""
    with writing():
        if SignIn.end(kit.now, SignIn.id == sign_in_id, SignIn.user == by.user_id):
            record(kit, "sign_in.others_ended", by=by)
