"""What the pages of a challenge and of adding an authenticator say: of a code, a refusal, a wrong answer, a lock."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.language import gettext as _
from portal.language import ngettext
from portal.models.authenticator import Kind
from portal.models.challenge import Code
from portal.models.user import User
from portal.refusals import NotBefore
from portal.telephony.protocol import Reason
from portal.verification import challenges, lockout
from portal.verification.challenges import Outcome, Question, Verdict
from portal.verification.sending import next_send
from portal.web.current import kit
from portal.web.times import in_words


def waiting_code(question: Question) -> Code | None:
    """The newest code of a challenge that still waits for its answer; shown on for a while after it has expired."""
    newest = next(iter(question.codes), None)
    if newest is None or challenges.over(newest.challenge):
        return None
    forgotten = newest.expires_at + timedelta(minutes=kit().settings.code_minutes)
    return newest if kit().now < forgotten else None


def about_code(question: Question, code: Code | None) -> dict[str, object]:
    """What the pages say of a code: how long it works, when the next may follow, what the provider says."""
    words: dict[str, object] = {"code": code, "heading": question.purpose.words, "approves": question.approves}
    if code is None:
        return words
    now = kit().now
    wake = next_send(kit().settings, code.challenge, code)
    return words | {
        "seconds_left": seconds(now, code.expires_at) if code.is_active(now) else 0,
        "resend_seconds": seconds(now, wake) if now >= code.sent_at else 0,
        "trouble": Reason(code.reason).sentence if code.delivery == "failed" and code.reason else "",
    }


def seconds(now: datetime, until: datetime) -> int:
    return max(0, int((until - now).total_seconds()))


def not_yet(refusal: NotBefore) -> str:
    another = _("You can ask for another %(when)s.", when=in_words(kit().now, refusal.until))
    return f"{_(refusal.sentence)} {another}"


def about_answer(verdict: Verdict) -> str:
    """Why an answer did not pass, and what to do."""
    settings = kit().settings
    app = verdict.by is not None and verdict.by.kind == Kind.APP
    match verdict.outcome:
        case Outcome.EXPIRED:
            return ngettext(
                "This code has expired: a code works for %(num)s minute. Send another code.",
                "This code has expired: a code works for %(num)s minutes. Send another code.",
                settings.code_minutes,
            )
        case Outcome.REPEATED if app:
            return _("This code was used already. Wait for the next one in your app.")
        case Outcome.REPEATED:
            return _("This code was used already. Send another code.")
        case Outcome.CLOCK:
            return _("Our clock was set back, so this app has to wait. Use another way, or contact customer support.")
    invalid = _("This code is invalid. Check it and try again.")
    if verdict.tries_left > settings.tries_left_warning:
        return invalid
    warning = ngettext(
        "You have %(num)s try left before your account is locked for a while.",
        "You have %(num)s tries left before your account is locked for a while.",
        verdict.tries_left,
    )
    return f"{invalid} {warning}"


def about_lock(person: User) -> dict[str, object]:
    until = person.locked_until if person.is_locked(kit().now) else kit().now
    return {"until": until, "by_support": lockout.is_for_support(until)}
