"""The challenge itself: choose a way, send, answer, resend."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, g, request

from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Code
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel
from portal.text import ending
from portal.verification import challenges, codes, sending
from portal.verification.challenges import Outcome, Question, Verdict
from portal.web.current import facts, kit
from portal.web.pages import page
from portal.web.verify.sentences import about_answer, about_code, not_yet, waiting_code
from portal.web.verify.steps import chosen, is_answering, sent, settled


def ask(question: Question, done: str = "") -> Response:
    """The challenge of `question`, or the answer to its form; a right one leads to `done`, or back here."""
    g.done = done
    return chosen(STEPS)(question) if is_answering() else challenge_page(question)


@dataclass(frozen=True)
class Way:
    """One of the person's own authenticators, and what it would do."""

    authenticator: Authenticator
    channel: str  # text, call or app

    @property
    def ending(self) -> str:
        return ending(self.authenticator.number) if self.authenticator.number else ""


def ways_of(question: Question) -> list[Way]:
    """Every way of this person, the preferred authenticator first."""
    found = []
    for each in question.authenticators:
        channels = [Kind.APP] if each.kind == Kind.APP else [Channel.TEXT, Channel.CALL]
        found += [Way(each, channel) for channel in channels]
    return found


def way_asked_for(ways: list[Way]) -> Way | None:
    """The way that was asked for."""
    asked = [way for way in ways if way.authenticator.id == request.values.get("use")]
    return next((way for way in asked if way.channel == request.values.get("channel")), next(iter(asked), None))


def way_of(ways: list[Way], code: Code | None) -> Way:
    """The one whose code is on its way; else the preferred one."""
    wanted = (code.authenticator_id, code.channel) if code else None
    return next((way for way in ways if (way.authenticator.id, way.channel) == wanted), ways[0])


def challenge_page(question: Question, status: int = 200, error: str = "", refusal: str = "") -> Response:
    left = facts().recovery_codes
    if request.values.get("use") == challenges.RECOVERY and left:
        return page("verify/recovery.html", status, heading=question.purpose.words, error=error, left=left)
    ways = ways_of(question)
    asked = way_asked_for(ways)
    code = None if asked and asked.channel == Kind.APP else waiting_code(question)
    way = asked or way_of(ways, code)
    code = code if code and code.authenticator_id == way.authenticator.id else None
    context = {"ways": ways, "chosen": way, "error": error, "refusal": refusal, "recovery": left}
    return page("verify/challenge.html", status, **context, **about_code(question, code))


def send(question: Question) -> Response:
    channel = Channel.CALL if request.form.get("channel") == Channel.CALL else Channel.TEXT
    try:
        code = sending.send(kit(), question, request.form.get("use", ""), channel)
    except NotBefore as refusal:
        return challenge_page(question, 429, refusal=not_yet(refusal))
    return sent(code)


def answer(question: Question) -> Response:
    typed = request.form.get("code", "")
    try:
        verdict = check(question, typed)
    except codes.NotACode as refusal:
        return challenge_page(question, 422, error=str(refusal))
    if verdict.outcome in (Outcome.PASSED, Outcome.LOCKED):
        return settled(question, verdict)
    return challenge_page(question, 422, error=about_answer(verdict))


def check(question: Question, typed: str) -> Verdict:
    """The answer, in the way that the form names."""
    match request.form.get("verify"):
        case "answer-app":
            return challenges.answer_app(kit(), question, request.form.get("use", ""), typed)
        case "answer-recovery":
            return challenges.answer_recovery(kit(), question, typed)
    return challenges.answer(kit(), question, typed)


STEPS = {"answer": answer, "answer-app": answer, "answer-recovery": answer, "send": send}
