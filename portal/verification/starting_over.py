"""For somebody who lost every authenticator: all of them go, and the person begins anew. Nobody does this for
themselves; it is the operator's, and whoever asks for it has to say why.
"""

from __future__ import annotations

from portal import audit, notices
from portal.accounts import sign_ins
from portal.database import writing
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge
from portal.models.recovery_code import RecoveryCode
from portal.models.user import User


def start_over(kit: Kit, user: User, reason: str, *, address: str) -> None:
    """Take away authenticators and recovery codes, end sign-ins and verifications in force, tell the person.
    A lock and the password stay as they are."""
    with writing():
        Challenge.close(kit.now, Challenge.user == user.id)
        Authenticator.delete().where(Authenticator.user == user.id).execute()
        RecoveryCode.delete().where(RecoveryCode.user == user.id).execute()
        sign_ins.end_others(kit, user)
        audit.record(kit, "user.started_over", user=user, address=address, reason=reason)
        happened = "All your authenticators and recovery codes were taken away, and you were signed out everywhere."
        notices.tell(kit, [user], "Your two-step verification was reset", happened)
