"""Adding an authenticator: the first one at the gate, further ones on the account site and in My Account."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, request

from portal.language import gettext as _
from portal.models.challenge import Challenge, Purpose
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel
from portal.verification import apps, challenges, codes, numbers, sending
from portal.verification.authenticators import LONGEST_NAME
from portal.verification.challenges import Outcome, Question
from portal.web.current import kit
from portal.web.pages import go_on_here, here, page
from portal.web.verify.sentences import about_answer, about_code, not_yet, waiting_code
from portal.web.verify.steps import chosen, is_answering, sent, settled

FIRST = (Purpose.PAYMENT_INFORMATION, Purpose.SIGN_IN)  # where somebody without any authenticator adds one


def enrol(question: Question, done: str = "") -> Response:
    """The pages that add what `question` is for, at the present address, and lead to `done`."""
    g.done = done
    return chosen(STEPS)(question) if is_answering() else enrol_page(question)


def enrol_page(
    question: Question, status: int = 200, error: str = "", refusal: str = "", code_error: str = ""
) -> Response:
    code = waiting_code(question)
    challenge = question.latest
    words: dict[str, Any] = {"error": error, "refusal": refusal, "code_error": code_error}
    words |= {"typed": request.form.get("number", ""), "purpose": question.purpose, "first": question.purpose in FIRST}
    wants_app = question.purpose == Purpose.APP or request.values.get("use") == "app"
    if wants_app and challenge and apps.is_enrolling(kit(), challenge):
        return app_page(question, challenge, status, code_error)
    if question.purpose == Purpose.APP:
        return page("verify/begin_app.html", status)
    if code is None or error or refusal or request.args.get("use") == "number":
        return page("verify/first_number.html", status, heading=question.purpose.words, **words)
    return page("verify/first_code.html", status, **words, **about_code(question, code))


def app_page(question: Question, challenge: Challenge, status: int, code_error: str) -> Response:
    secret = apps.pending_secret(kit(), challenge)
    uri = apps.uri(secret, person=question.sign_in.user.email, brand=kit().settings.brand)
    key = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    words: dict[str, Any] = {"code_error": code_error, "named": question.purpose == Purpose.APP}
    return page("verify/first_app.html", status, qr=apps.qr(uri), key=key, **words)


def send_to_number(question: Question) -> Response:
    channel = asked_channel(question)
    settings = kit().settings
    try:
        typed = request.form.get("number", "")
        number = numbers.parse(typed, region=settings.region, channel=channel, countries=settings.countries)
        code = sending.send_to_new(kit(), question, number, channel)
    except numbers.NumberRefused as refused:
        return enrol_page(question, 422, error=str(refused))
    except NotBefore as refusal:
        return enrol_page(question, 429, refusal=not_yet(refusal))
    return sent(code)


def resend_to_number(question: Question) -> Response:
    """The same number once more, or by the other channel; its digits come from our own row."""
    code = waiting_code(question)
    if code is None:
        return go_on_here()
    channel = asked_channel(question)
    try:
        return sent(sending.send_to_new(kit(), question, code.number, channel))
    except NotBefore as refusal:
        return enrol_page(question, 429, code_error=not_yet(refusal))


def asked_channel(question: Question) -> Channel:
    """A call where it was asked for; the number of My Account is verified by text alone."""
    may_call = question.purpose != Purpose.MY_ACCOUNT_NUMBER
    return Channel.CALL if may_call and request.form.get("channel") == Channel.CALL else Channel.TEXT


def begin_app(question: Question) -> Response:
    challenges.begin_app(kit(), question)
    return here(use="app")


def answer(question: Question) -> Response:
    typed = request.form.get("code", "")
    try:
        if request.form.get("use") == "app":
            name = " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
            verdict = challenges.answer_new_app(kit(), question, typed, name)
        else:
            verdict = challenges.answer(kit(), question, typed)
    except codes.NotACode as refusal:
        return enrol_page(question, 422, code_error=str(refusal))
    match verdict.outcome:
        case Outcome.PASSED:
            flash(_("Added. From now on you can verify with it."), "success")
            return settled(question, verdict)
        case Outcome.LOCKED:
            return settled(question, verdict)
        case Outcome.TAKEN:
            return page("verify/number_taken.html", 409)
        case Outcome.OVERTAKEN:
            return go_on_here()
    return enrol_page(question, 422, code_error=about_answer(verdict))


STEPS = {
    "number": send_to_number,
    "send": resend_to_number,
    "begin-app": begin_app,
    "answer": answer,
}
