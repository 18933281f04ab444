"""Sending: what may go out at all, and what became of it.

A provider that is slow keeps nobody waiting: the page has its answer within a second, and the row of the
code learns later.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from portal import audit
from portal.config import Settings
from portal.database import database, writing
from portal.kit import Kit
from portal.language import later
from portal.models.challenge import Challenge, Code
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.telephony.protocol import Message, Reason, Receipt

log = logging.getLogger(__name__)


class NotYet(Exception):
    """No code is sent now; `until` says when the next is possible, `sentence` why (to be translated)."""

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.sentence, self.until = sentence, until


def spend_quotas(kit: Kit, sign_in: SignIn, number: str) -> None:
    """Take one send from every limit that it counts towards. Raises NotYet (and then takes none)."""
    s, day, hour = kit.settings, timedelta(days=1), timedelta(hours=1)
    for name, limit, window, sentence in (
        (
            f"number:{number}",
            s.sends_per_number_a_day,
            day,
            later("This number has been sent all its codes for today."),
        ),
        (
            f"person:{sign_in.user_id}",
            s.sends_per_person_a_day,
            day,
            later("You have asked for too many codes today."),
        ),
        (
            f"address:{sign_in.address}",
            s.sends_per_address_an_hour,
            hour,
            later("Your network has asked for too many codes."),
        ),
        ("everybody", s.sends_a_day, day, later("We have sent all the codes that we can send today.")),
    ):
        if until := Quota.spend(f"send:{name}", limit, window, kit.now):
            raise NotYet(sentence, until)


def wait_over(kit: Kit, challenge: Challenge, codes: list[Code], number: str, channel: str) -> None:
    """Raise NotYet where the same way was used too short a time ago, or the challenge has had its sends."""
    now, settings = kit.now, kit.settings
    if challenge.sends >= settings.sends_per_challenge:
        raise NotYet(later("That was the last code for now."), max(code.expires_at for code in codes))
    same = [code for code in codes if (code.number, code.channel) == (number, channel)]
    if same and (until := next_send(settings, challenge, same[0])) > now >= same[0].sent_at:
        raise NotYet(later("A code is on its way."), until)


def next_send(settings: Settings, challenge: Challenge, last: Code) -> datetime:
    """When another code may follow `last` the same way: with a new challenge, where this one has had its sends; at
    once where `last` could not be delivered."""
    sent_at: datetime = last.sent_at
    expires_at: datetime = last.expires_at
    waits = settings.resend_waits
    if challenge.sends >= settings.sends_per_challenge:
        return expires_at
    if last.delivery == "failed":
        return sent_at
    return sent_at + timedelta(seconds=waits[min(challenge.sends, len(waits)) - 1])


def carry(kit: Kit, code: Code, message: Message, by: SignIn) -> None:
    """Give `message` to the provider, and write down what it says."""
    try:
        receipt = kit.telephony.send(message)
    except Exception:  # whatever is wrong there, the person gets a clear next step
        log.exception("the provider of texts and calls failed")
        receipt = Receipt(accepted=False, reason=Reason.PROVIDER_DOWN)
    with database.connection_context():
        note(kit, code, receipt, by)


def note(kit: Kit, code: Code, receipt: Receipt, by: SignIn) -> None:
    code.delivery = "accepted" if receipt.accepted else "failed"
    code.reason = receipt.reason or ""
    with writing():
        Code.update(delivery=code.delivery, reason=code.reason).where(Code.id == code.id).execute()
        if not receipt.accepted:
            log.warning("a %s was not delivered: %s %s", message_kind(code), code.reason, receipt.detail)
            audit.record(kit, "code.undelivered", by=by, reason=code.reason, ending=code.number[-2:])


def message_kind(code: Code) -> str:
    return f"{code.channel} ending {code.number[-2:]}"
