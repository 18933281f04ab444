"""Sending a code: what may go out at all, and what became of it.

A provider that is slow keeps nobody waiting: the page has its answer within a second, and the row of the code learns
later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from portal import language
from portal.config import Settings
from portal.database import at_hand, writing
from portal.kit import Kit
from portal.language import later
from portal.models.authenticator import Kind
from portal.models.challenge import Challenge, Code, Purpose
from portal.models.quota import Quota, Take
from portal.models.sign_in import SignIn
from portal.record.writing import record
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel, Message, Reason, Receipt
from portal.telling import outgoing
from portal.text import ending
from portal.verification import authenticators, challenges, codes
from portal.verification.challenges import Question

log = logging.getLogger(__name__)


def send(kit: Kit, question: Question, authenticator_id: str, channel: Channel) -> Code:
    """Text or call a code to one's own phone. Raises NotBefore, Locked or NotYours."""
    return send_to(kit, question, channel, own, authenticator_id)


def send_to_new(kit: Kit, question: Question, number: str, channel: Channel) -> Code:
    """Text or call a code to a number that is to be added. Raises NotBefore or Locked, NotYours for a first
    number of somebody who has an authenticator by now, and the gate's Obstacle for a further one."""
    by_text = question.purpose == Purpose.MY_ACCOUNT_NUMBER  # verified by text alone (FAQ: where to edit my number)
    return send_to(kit, question, Channel.TEXT if by_text else channel, new, number)


Whose = Callable[[Kit, Question, str], tuple[str, str | None]]
"""From what was asked for to the number, and the authenticator that has it."""


def own(kit: Kit, question: Question, authenticator_id: str) -> tuple[str, str | None]:
    return question.own(authenticator_id, Kind.PHONE).phone, authenticator_id


def new(kit: Kit, question: Question, number: str) -> tuple[str, str | None]:
    authenticators.may_enrol(kit, question.sign_in, question.purpose)
    return number, None


def send_to(kit: Kit, question: Question, channel: Channel, whose: Whose, asked: str) -> Code:
    digits = codes.draw()
    try:
        with writing():
            challenges.open_to(kit, question)
            number, authenticator_id = whose(kit, question, asked)
            code = write_code(kit, question, number, channel, authenticator_id, digits)
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
    kit: Kit, question: Question, number: str, channel: Channel, authenticator_id: str | None, digits: str
) -> Code:
    now, waiting = kit.now, challenges.waiting(kit, question)
    challenge = waiting or challenges.anew(kit, question)
    wait_over(kit, challenge, number, channel)
    spend_quotas(kit, question.sign_in, number)
    code = Code(
        challenge=challenge,
        authenticator=authenticator_id,
        number=number,
        channel=channel,
        digest=kit.keys.digest("code", challenge.id, digits),
        ref=codes.draw_ref(),
        sent_at=now,
        expires_at=now + timedelta(minutes=kit.settings.code_minutes),
    )
    if waiting:
        challenge.count_send()
    else:
        challenge.sends = 1
        challenge.put()
        question.challenges.insert(0, challenge)
    code.put()
    challenge.codes.insert(0, code)
    by, company, purpose = question.sign_in, question.company, question.purpose
    record(kit, "code.sent", by=by, company=company, channel=channel, ending=ending(number), purpose=purpose)
    return code


def spend_quotas(kit: Kit, sign_in: SignIn, number: str) -> None:
    """Take one send from every limit that it counts towards. Raises NotBefore (and then takes none)."""
    s, day, hour = kit.settings, timedelta(days=1), timedelta(hours=1)
    said = {
        Take(f"send:number:{number}", s.sends_per_number_a_day, day): later(
            "This number has been sent all its codes for today."
        ),
        Take(f"send:person:{sign_in.user_id}", s.sends_per_person_a_day, day): later(
            "You have asked for too many codes today."
        ),
        Take(f"send:address:{sign_in.address}", s.sends_per_address_an_hour, hour): later(
            "Your network has asked for too many codes."
        ),
        Take("send:everybody", s.sends_a_day, day): later("We have sent all the codes that we can send today."),
    }
    if short := Quota.spend_all(kit.now, *said):
        take, until = short
        raise NotBefore(until, said[take])


def wait_over(kit: Kit, challenge: Challenge, number: str, channel: str) -> None:
    """Raise NotBefore where the same way was used too short a time ago, or the challenge has had its sends."""
    now, settings = kit.now, kit.settings
    if challenge.sends >= settings.sends_per_challenge:
        raise NotBefore(max(code.expires_at for code in challenge.codes), later("That was the last code for now."))
    same = [code for code in challenge.codes if (code.number, code.channel) == (number, channel)]
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
    with at_hand():
        note(kit, code, receipt, by)


def note(kit: Kit, code: Code, receipt: Receipt, by: SignIn) -> None:
    with writing():
        code.note_delivery(receipt.accepted, receipt.reason or "")
        if not receipt.accepted:
            log.warning("a %s was not delivered: %s %s", message_kind(code), code.reason, receipt.detail)
            record(kit, "code.undelivered", by=by, reason=code.reason, ending=ending(code.number))


def message_kind(code: Code) -> str:
    return f"{code.channel} ending {ending(code.number)}"
