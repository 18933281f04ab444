"""What the pages of the challenge and of adding an authenticator share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from flask import Response, flash, g, request, session

from portal.language import gettext as _
from portal.language import ngettext
from portal.models.authenticator import Kind
from portal.models.challenge import Code, Purpose
from portal.models.user import User
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel, Reason
from portal.text import ending
from portal.verification import challenges, lockout
from portal.verification.challenges import Outcome, Question, Verdict
from portal.verification.sending import next_send
from portal.web.current import kit, sign_in
from portal.web.pages import go_on_here, go_to, page
from portal.web.times import in_words

Step = Callable[[Question], Response]


def is_answering() -> bool:
    return request.method == "POST" and "verify" in request.form


def step(known: Mapping[str, Step]) -> Step:
    """The step that the form names; the first one of `known` for what is none."""
    return known.get(request.form["verify"], next(iter(known.values())))


def waiting_code(question: Question) -> Code | None:
    """The newest code of a challenge that still waits for its answer; shown on for a while after it has expired."""
    newest = next(iter(question.codes()), None)
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


def sent(code: Code) -> Response:
    if code.delivery != "failed":
        called = _("We have sent a call to the number ending %(ending)s.", ending=ending(code.number))
        texted = _("We have sent a text to the number ending %(ending)s.", ending=ending(code.number))
        flash(called if code.channel == Channel.CALL else texted, "success")
    return go_on_here()


def not_yet(refusal: NotBefore) -> str:
    another = _("You can ask for another %(when)s.", when=in_words(kit().now, refusal.until))
    return f"{_(refusal.sentence)} {another}"


def settled(verdict: Verdict) -> Response:
    if verdict.outcome == Outcome.LOCKED:
        return locked_page()
    hold(verdict.token)
    if verdict.challenge and verdict.challenge.purpose == Purpose.TRIAL:
        flash(_("It works. Nothing was opened by it."), "success")
    if verdict.challenge and verdict.challenge.purpose == Purpose.PAYMENT_CHANGE:
        flash(_("Approved. Press the button to put it in force."), "success")
    return go_to(g.done) if g.get("done") else go_on_here()


def hold(token: str) -> None:
    """Give the browser the token that it holds from now on."""
    session["_user_id"] = token


def sentence(verdict: Verdict) -> str:
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


def locked_page() -> Response:
    user = User.get_by_id(sign_in().user_id)
    until = user.locked_until if user.is_locked(kit().now) else kit().now
    return page("verify/locked.html", 423, until=until, by_support=lockout.is_for_support(until), user=user)
