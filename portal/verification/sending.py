"""Sending a code: what may go out at all, and what became of it.

A provider that is slow keeps nobody waiting: the page has its answer within a second, and the row of the code learns
later.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from portal import language
from portal.config import Settings
from portal.database import database, writing
from portal.kit import Kit
from portal.language import later
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Challenge, Code
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel, Message, Reason, Receipt
from portal.telling import outgoing
from portal.text import ending
from portal.verification import authenticators, challenges, codes
from portal.verification.authenticators import NotYours
from portal.verification.challenges import Locked, Question

log = logging.getLogger(__name__)


def send(kit: Kit, question: Question, authenticator_id: str, channel: Channel) -> Code:
    """Text or call a code to one's own phone. Raises NotBefore, Locked or NotYours."""
    mine = {a.id: a for a in Authenticator.of(question.sign_in.user_id) if a.kind == Kind.PHONE}
    if authenticator_id not in mine:
        raise NotYours
    return send_to(kit, question, mine[authenticator_id].phone, channel, mine[authenticator_id])


def send_to_new(kit: Kit, question: Question, number: str, channel: Channel) -> Code:
    """Text or call a code to a number that is to be added. Raises NotBefore or Locked, NotYours for a first
    number of somebody who has an authenticator by now, and the gate's Obstacle for a further one."""
    authenticators.may_enrol(kit, question.sign_in, question.purpose)
    return send_to(kit, question, number, channel, None)


def send_to(kit: Kit, question: Question, number: str, channel: Channel, to: Authenticator | None) -> Code:
    digits = codes.draw()
    try:
        with writing():
            code = write_code(kit, question, number, channel, to, digits)
    except NotBefore as refusal:
        record(kit, "code.refused", by=question.sign_in, company=question.company, reason=refusal.sentence)
        raise
    body = codes.body(
        channel,
        digits,
        brand=kit.settings.brand,
        purpose=question.words,
        ref=code.ref,
        minutes=kit.settings.code_minutes,
        host=kit.settings.host,
    )
    message = Message(code.id, number, channel, body, language.spoken())
    outgoing.hand_over(lambda: carry(kit, code, message, question.sign_in))
    return code


def write_code(
    kit: Kit, question: Question, number: str, channel: Channel, to: Authenticator | None, digits: str
) -> Code:
    now = kit.now
    if User.get_by_id(question.sign_in.user_id).is_locked(now):
        raise Locked
    challenge = challenges.open_challenge(kit, question)
    wait_over(kit, challenge, Code.of_challenge(challenge), number, channel)
    spend_quotas(kit, question.sign_in, number)
    Challenge.update(sends=Challenge.sends + 1).where(Challenge.id == challenge.id).execute()
    record(
        kit,
        "code.sent",
        by=question.sign_in,
        company=question.company,
        channel=channel,
        ending=ending(number),
        purpose=question.purpose,
    )
    return Code.create(
        challenge=challenge,
        authenticator=to,
        number=number,
        channel=channel,
        digest=kit.keys.digest("code", challenge.id, digits),
        ref=codes.draw_ref(),
        sent_at=now,
        expires_at=now + timedelta(minutes=kit.settings.code_minutes),
    )


def spend_quotas(kit: Kit, sign_in: SignIn, number: str) -> None:
    """Take one send from every limit that it counts towards. Raises NotBefore (and then takes none)."""
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
            raise NotBefore(until, sentence)


def wait_over(kit: Kit, challenge: Challenge, codes: list[Code], number: str, channel: str) -> None:
    """Raise NotBefore where the same way was used too short a time ago, or the challenge has had its sends."""
    now, settings = kit.now, kit.settings
    if challenge.sends >= settings.sends_per_challenge:
        raise NotBefore(max(code.expires_at for code in codes), later("That was the last code for now."))
    same = [code for code in codes if (code.number, code.channel) == (number, channel)]
    if same and (until := next_send(settings, challenge, same[0])) > now >= same[0].sent_at:
        raise NotBefore(until, later("A code is on its way."))


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
            record(kit, "code.undelivered", by=by, reason=code.reason, ending=ending(code.number))


def message_kind(code: Code) -> str:
    return f"{code.channel} ending {ending(code.number)}"
