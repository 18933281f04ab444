"""For somebody who lost every authenticator: all of them go, and the person begins anew. Nobody does this for
themselves; it is the operator's, who has to say why, or customer support's by a recovery.
"""

from __future__ import annotations

from portal import audit, language, notices
from portal.accounts import sign_ins
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.models.authenticator import Authenticator
from portal.models.case import Line, Recovery
from portal.models.challenge import Challenge
from portal.models.link import Link, LinkKind
from portal.models.recovery_code import RecoveryCode
from portal.models.sign_in import SignIn
from portal.models.user import User


def start_over(kit: Kit, user: User, reason: str, *, address: str) -> None:
    """Take away authenticators and recovery codes, end sign-ins and verifications in force, tell the person.
    A recovery that customer support began is over with that. A lock and the password stay as they are."""
    with writing():
        held = User.get_by_id(user.id)
        close_recovery(kit, held, address)
        take_everything_away(kit, held, "started over", address=address)
        audit.record(kit, "user.started_over", user=held, address=address, reason=reason)
        notices.tell(kit, [held], words_of_it)


def words_of_it(to: User) -> tuple[str, str]:
    return _("Your two-step verification was reset"), _(
        "All your authenticators and recovery codes were taken away, and you were signed out everywhere."
    )


def close_recovery(kit: Kit, user: User, address: str) -> None:
    """Later on there would be nothing left for it but what the person has added since."""
    recovery = Recovery.running(user.id)
    if recovery and Recovery.settle(recovery.id, cancelled_at=kit.now):
        case = recovery.case.id
        audit.record(kit, "recovery.cancelled", user=user, address=address, case=case, reason="started over")
        with language.speaking(user.language):
            words = _("The operator took all phones and apps away at once, so the replacement is over.")
        Line.create(case=case, text=words, at=kit.now)


def take_everything_away(kit: Kit, user: User, reason: str, *, but: SignIn | None = None, address: str = "") -> None:
    """End every authenticator, recovery code, code, verification and sign-in of the person, `but` the one at hand,
    and the links that would cancel it; in the caller's transaction."""
    who = {"user": user, "address": address, "reason": reason}
    for row in Authenticator.of(user.id):
        audit.record(kit, "authenticator.removed", channel=row.kind, ending=row.phone[-2:], **who)  # type: ignore[arg-type]
    Challenge.close(kit.now, Challenge.user == user.id)
    Authenticator.delete().where(Authenticator.user == user.id).execute()
    RecoveryCode.delete().where(RecoveryCode.user == user.id).execute()
    SignIn.update(second_step_at=None, confirmed_at=None).where(SignIn.user == user.id).execute()
    if but:
        but.second_step_at = but.confirmed_at = None
    sign_ins.end_others(kit, user, but=but)
    end_links(kit, user)


def end_links(kit: Kit, user: User) -> None:
    """The ones that cancel a recovery."""
    unused = (Link.user == user.id, Link.kind == LinkKind.RECOVERY.value, Link.used_at.is_null())
    Link.update(used_at=kit.now).where(*unused).execute()
