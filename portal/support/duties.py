"""What each support desk may do: one table, shown on the page, asked by the guards and by all that writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.accounts.staff import Desk
from portal.kit import Kit
from portal.language import later
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.refusals import NotAllowed
from portal.verification import gate


class Duty(StrEnum):
    ANSWER_CASES = "answer_cases"
    OPEN_CASES = "open_cases"
    SEE_READY = "see_ready"
    SEE_ACCOUNT = "see_account"
    IDENTIFY = "identify"
    LIFT_LOCK = "lift_lock"
    REPLACE_AUTHENTICATORS = "replace_authenticators"
    SHORTEN_REPLACEMENT = "shorten_replacement"
    CORRECT_ACCOUNT = "correct_account"
    READ_LOG = "read_log"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    words: str
    desks: frozenset[Desk]


BOTH = frozenset(Desk)
CUSTOMER_SUPPORT = frozenset({Desk.CUSTOMER_SUPPORT})

TABLE: dict[Duty, Row] = {
    Duty.ANSWER_CASES: Row(later("Answer you by chat"), BOTH),
    Duty.OPEN_CASES: Row(later("Open a case for you when you call them"), CUSTOMER_SUPPORT),
    Duty.SEE_READY: Row(later("See whether you are ready to verify, yes or no"), BOTH),
    Duty.SEE_ACCOUNT: Row(
        later("See the last two digits of your numbers, your lock, your companies and what happened on your sign-in"),
        CUSTOMER_SUPPORT,
    ),
    Duty.IDENTIFY: Row(later("Call you back, and make sure that it is you"), CUSTOMER_SUPPORT),
    Duty.LIFT_LOCK: Row(later("Lift a lock, once they know that it is you"), CUSTOMER_SUPPORT),
    Duty.REPLACE_AUTHENTICATORS: Row(
        later("Start the replacement of lost phones and apps; you and your administrators can cancel it"),
        CUSTOMER_SUPPORT,
    ),
    Duty.SHORTEN_REPLACEMENT: Row(
        later("Put a replacement in force sooner, if two of them agree that it is you"), CUSTOMER_SUPPORT
    ),
    Duty.CORRECT_ACCOUNT: Row(
        later("Correct your name or e-mail address, once they know that it is you"), CUSTOMER_SUPPORT
    ),
    Duty.READ_LOG: Row(
        later("Search the record of what happened, which holds no codes and no numbers"), CUSTOMER_SUPPORT
    ),
}

NOBODY = (
    later("Ask you for a code, or send one for you"),
    later("See or set your password, a code or the secret of an app"),
    later("Add a phone number or an app to your account"),
    later("See or change payment information"),
)


def may(user: User, duty: Duty) -> bool:
    return user.staff in TABLE[duty].desks


def demand(kit: Kit, by: SignIn, duty: Duty) -> User:
    """The member of staff, as they are now. Raises NotAllowed without the duty, or the gate's Obstacle without the
    second step."""
    known = gate.look(kit, by)
    gate.come_in(kit, known)
    user = known.person
    if not may(user, duty):
        raise NotAllowed
    return user
