"""What the forms of a challenge and of adding an authenticator do: the step that each names, and how one goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Response, abort, flash, g, request, session

from portal.language import gettext as _
from portal.models.challenge import Code, Purpose
from portal.telephony.protocol import Channel
from portal.text import ending
from portal.verification import gate
from portal.verification.challenges import Outcome, Question, Verdict
from portal.verification.facts import Facts
from portal.web.current import facts, kit, sign_in
from portal.web.pages import go_on_here, go_to, here, page
from portal.web.verify.sentences import about_lock

Step = Callable[[Question], Response]

EVERY = frozenset({"answer", "answer-app", "answer-recovery", "begin-app", "number", "password", "send"})


def step() -> str:
    """What a form of a challenge asks for; nothing, where there is none."""
    return request.form.get("verify", "") if request.method == "POST" else ""


def is_answering() -> bool:
    return request.method == "POST" and "verify" in request.form


def chosen(known: Mapping[str, Step]) -> Step:
    """What the form names, of the steps that the present page knows."""
    return known.get(step(), elsewhere)


def elsewhere(question: Question) -> Response:
    """A step of another page comes from a page that is not the present one any more; any other from no form of ours."""
    return go_on_here() if step() in EVERY else abort(400)


def sent(code: Code) -> Response:
    if code.delivery != "failed":
        called = _("We have sent a call to the number ending %(ending)s.", ending=ending(code.number))
        texted = _("We have sent a text to the number ending %(ending)s.", ending=ending(code.number))
        flash(called if code.channel == Channel.CALL else texted, "success")
    return here()


def settled(question: Question, verdict: Verdict) -> Response:
    """On from a right answer; or the lock."""
    if verdict.outcome == Outcome.LOCKED:
        return locked_page()
    give_token(verdict.token)
    if question.purpose == Purpose.TRIAL:
        flash(_("It works. Nothing was opened by it."), "success")
    if question.purpose == Purpose.PAYMENT_CHANGE:
        flash(_("Approved. Press the button to put it in force."), "success")
    if g.get("done"):
        return go_to(g.done)
    g.facts = known_after(question, verdict)
    return here()


def known_after(question: Question, verdict: Verdict) -> Facts:
    """A pass of Payment Information changes one fact; any other may change several."""
    if question.purpose == Purpose.PAYMENT_INFORMATION and not verdict.proved:
        return replace(facts(), opened=verdict.challenge)
    sign_in().token = verdict.token
    return gate.look(kit(), sign_in(), g.company.id if g.company else None)


def give_token(token: str) -> None:
    """Give the browser the token that it holds from now on."""
    session["_user_id"] = token


def locked_page() -> Response:
    person = gate.look(kit(), sign_in()).person
    return page("verify/locked.html", 423, user=person, **about_lock(person))
