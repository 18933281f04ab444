"""What stands where a protected page would: for each obstacle its page, and what its forms do."""

from __future__ import annotations

from flask import Response, g, request, session

from portal.accounts import sign_ins, signing_in
from portal.accounts.passwords import WrongPassword
from portal.language import gettext as _
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.refusals import NotBefore
from portal.verification import codes, gate
from portal.verification.authenticators import NotYours
from portal.verification.challenges import Outcome, Question
from portal.web.current import address, kit, sign_in
from portal.web.pages import go_on_here, page
from portal.web.times import in_words
from portal.web.verify import challenge, enrolment
from portal.web.verify.parts import hold, is_answering, locked_page, step

TARGETS = ("main", "delivery")  # what the challenge is swapped into


def stand_in(obstacle: gate.Obstacle, purpose: Purpose, company: Company | None = None) -> Response:
    """The page for this obstacle, or the answer to its form."""
    match obstacle:
        case gate.AccountLocked():
            return locked_page()
        case gate.AccountFrozen():
            return page("verify/frozen.html", 423)
        case gate.PasswordNeeded():
            return confirm_password() if is_answering() else page("verify/password.html")
    question = Question(sign_in(), purpose, company)
    if isinstance(obstacle, gate.NoAuthenticator):
        return step(enrolment.STEPS)(question) if is_answering() else enrolment.enrol_page(question)
    return ask(question)


def ask(question: Question, done: str = "") -> Response:
    """The challenge of `question`, or the answer to its form; a right one leads to `done`, or back here."""
    if done:
        g.done = done
    return step(challenge.STEPS)(question) if is_answering() else challenge.challenge_page(question)


def try_out(done: str) -> Response:
    """Use an authenticator once, in a challenge that opens nothing."""
    return ask(Question(sign_in(), Purpose.TRIAL), done)


def confirm_password() -> Response:
    """The password once more, before authenticators change."""
    try:
        signing_in.confirm(kit(), sign_in(), request.form.get("password", ""))
    except WrongPassword:
        return page("verify/password.html", 422, error=_("This is not your password. Check it and try again."))
    except NotBefore as slowed:
        wait = _("Too many wrong passwords. Try again %(when)s.", when=in_words(kit().now, slowed.until))
        return page("verify/password.html", 429, error=wait)
    return go_on_here()


def second_click() -> Response | None:
    """The second half of a double click on Verify comes with the token that the first half replaced. Who
    brings the very code that passed a moment ago is given the page; everybody else is nobody here."""
    row = sign_ins.find_rotated(kit(), session.get("_user_id", ""), address()) if is_answering() else None
    passed = Challenge.just_passed(row, row.rotated_at) if row else None
    if row is None or passed is None:
        return None
    token = successor(row, Question(row, Purpose(passed.purpose), passed.company, passed.about))
    if token is None:
        return None
    hold(token)
    return go_on_here()


def successor(row: SignIn, question: Question) -> str | None:
    try:
        verdict = challenge.check(question, request.form.get("code", ""))
    except (codes.NotACode, NotYours, sign_ins.Ended):
        return None
    if verdict.outcome != Outcome.REPEATED or verdict.challenge is None or not verdict.challenge.passed_at:
        return None
    token = kit().keys.successor(row.token, verdict.challenge.id)
    return token if sign_ins.find(kit(), token, address()) else None
