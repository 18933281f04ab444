"""What stands at an address while something is in the way of its page: for each obstacle its page, and what its forms
do. The challenge is one of them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, g, request, session

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
from portal.web.errors import refuse_member, refuse_staff
from portal.web.htmx import htmx, swaps_main
from portal.web.pages import go_on_here, go_to, here, page
from portal.web.times import in_words
from portal.web.verify import challenge, enrolment
from portal.web.verify.steps import give_token, is_answering, locked_page

Keep = Callable[[Company], None]

TARGETS = ("main", "delivery")  # what the challenge is swapped into


def instead(obstacle: gate.Obstacle, purpose: Purpose, keep: Keep | None = None) -> Response:
    """The page for `obstacle`, or the answer to its form. A form for what is behind it is handed to `keep`, and never
    carried out afterwards."""
    g.company = obstacle.company or g.get("company")
    if isinstance(obstacle, gate.NotOpen):
        return refuse(obstacle)
    if request.method == "POST" and not is_answering():
        if keep and obstacle.company:
            keep(obstacle.company)
        return go_to(request.path)
    if swaps_main() and htmx().target not in TARGETS:
        return go_to(request.path)  # a challenge is never swapped into a piece of a page
    match obstacle:
        case gate.AccountLocked():
            return locked_page()
        case gate.AccountFrozen():
            return page("verify/frozen.html", 423)
        case gate.PasswordNeeded():
            return confirm_password() if is_answering() else page("verify/password.html")
    question = Question(sign_in(), purpose, obstacle.company)
    return enrolment.enrol(question) if isinstance(obstacle, gate.NoAuthenticator) else challenge.ask(question)


def refuse(obstacle: gate.NotOpen) -> Response:
    if isinstance(obstacle, gate.NotAdministrator) and obstacle.company:
        return refuse_member(obstacle.company)
    return refuse_staff() if sign_in().user.staff else abort(404)


def confirm_password() -> Response:
    """The password once more, before authenticators change."""
    try:
        signing_in.confirm(kit(), sign_in(), request.form.get("password", ""))
    except WrongPassword:
        return page("verify/password.html", 422, error=_("This is not your password. Check it and try again."))
    except NotBefore as slowed:
        wait = _("Too many wrong passwords. Try again %(when)s.", when=in_words(kit().now, slowed.until))
        return page("verify/password.html", 429, error=wait)
    g.facts = gate.look(kit(), sign_in(), g.company.id if g.company else None)
    return here()


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
    give_token(token)
    return go_on_here()


def successor(row: SignIn, question: Question) -> str | None:
    try:
        verdict = challenge.check(question, request.form.get("code", ""))
    except (codes.NotACode, NotYours, sign_ins.Ended):
        return None
    if verdict.outcome != Outcome.REPEATED or verdict.challenge is None or not verdict.challenge.passed_at:
        return None
    token = kit().keys.successor(row.token, verdict.challenge.id)
    return token if gate.arrive(kit(), token, address(), None) else None
