"""The hall: the challenge, shown at the very address that it protects. Choose, send, answer, resend; and for
people without an authenticator, their first one. Sending and answering are POSTs of the same address.

Forms name their step in `verify`; nothing else in them is trusted: to whom a code goes, and what it opens,
is known here already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, g, request, session

from portal.accounts import sign_ins, signing_in
from portal.accounts.passwords import WrongPassword
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Challenge, Code, Purpose
from portal.models.company import Company
from portal.models.recovery_code import RecoveryCode
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.telephony.protocol import Channel, Reason
from portal.verification import apps, challenges, codes, gate, lockout, numbers
from portal.verification.authenticators import LONGEST_NAME
from portal.verification.challenges import NotYours, Outcome, Question, Verdict
from portal.verification.delivery import NotYet, next_send
from portal.web.pages import go_on_here, go_to, page
from portal.web.plugs import address, kit, sign_in
from portal.web.words import in_words

TARGETS = ("main", "delivery")  # what the challenge is swapped into


def is_answering() -> bool:
    return request.method == "POST" and "verify" in request.form


def stand_in(obstacle: gate.Obstacle, purpose: Purpose, company: Company | None = None) -> Response:
    """The page that stands where the protected one would, for this obstacle."""
    if isinstance(obstacle, gate.AccountLocked):
        return locked_page()
    if isinstance(obstacle, gate.Frozen):
        return page("verify/frozen.html", 423)
    if isinstance(obstacle, gate.PasswordNeeded):
        return confirm_password() if is_answering() else page("verify/password.html")
    question = Question(sign_in(), purpose, company)
    first_time = isinstance(obstacle, gate.NoAuthenticator)
    try:
        if not is_answering():
            return first_time_page(question) if first_time else challenge_page(question)
        return FIRST_STEPS[step(FIRST_STEPS)](question) if first_time else STEPS[step(STEPS)](question)
    except NotYours:
        return go_on_here()


def step(known: dict[str, object]) -> str:
    named = request.form["verify"]
    return named if named in known else next(iter(known))


def confirm_password() -> Response:
    """The password once more, before authenticators change."""
    try:
        signing_in.confirm(kit(), sign_in(), request.form.get("password", ""))
    except WrongPassword:
        return page("verify/password.html", 422, error="This is not your password. Check it and try again.")
    except signing_in.Slowed as slowed:
        wait = f"Too many wrong passwords. Try again {in_words(kit().now, slowed.until)}."
        return page("verify/password.html", 429, error=wait)
    return go_on_here()


# The challenge


@dataclass(frozen=True)
class Way:
    """One of the person's own authenticators, and what it would do."""

    authenticator: Authenticator
    channel: str  # text, call or app

    @property
    def ending(self) -> str:
        return numbers.masked(self.authenticator.number) if self.authenticator.number else ""


def ways_of(user_id: int) -> list[Way]:
    """Every way of this person, the preferred authenticator first."""
    found = []
    for each in Authenticator.of(user_id):
        channels = [Kind.APP] if each.kind == Kind.APP else [Channel.TEXT, Channel.CALL]
        found += [Way(each, channel) for channel in channels]
    return found


def chosen_way(question: Question, ways: list[Way], code: Code | None) -> Way:
    """The way that was asked for; else the one whose code is on its way; else the preferred one."""
    asked = request.values.get("use", "")
    for way in ways:
        if way.authenticator.id == asked and way.channel in (request.values.get("channel"), Kind.APP, Channel.TEXT):
            return way
    for way in ways:
        if code and (way.authenticator.id, way.channel) == (code.authenticator_id, code.channel):
            return way
    return ways[0]


def challenge_page(question: Question, status: int = 200, error: str = "", refusal: str = "") -> Response:
    ways = ways_of(question.sign_in.user_id)
    code = waiting_code(question)
    chosen = chosen_way(question, ways, code)
    code = code if code and code.authenticator_id == chosen.authenticator.id else None
    recovery = len(RecoveryCode.unused(question.sign_in.user_id))
    if request.values.get("use") == challenges.RECOVERY and recovery:
        return page("verify/recovery.html", status, heading=question.purpose.words, error=error, left=recovery)
    context = {"ways": ways, "chosen": chosen, "error": error, "refusal": refusal, "recovery": recovery}
    return page("verify/challenge.html", status, **context, **about_code(question, code))


def waiting_code(question: Question) -> Code | None:
    """The newest code of a challenge that still waits for its answer; shown on after it has expired."""
    found = question.codes()[:1]
    return found[0] if found and not challenges.over(found[0].challenge) else None


def about_code(question: Question, code: Code | None) -> dict[str, object]:
    """What the pages say of a code: how long it works, when the next may follow, what the provider says."""
    if code is None:
        return {"code": None, "heading": question.purpose.words}
    now = kit().now
    wake = next_send(kit().settings.resend_waits, code.challenge, code)
    return {
        "code": code,
        "heading": question.purpose.words,
        "seconds_left": seconds(now, code.expires_at) if code.is_active(now) else 0,
        "resend_seconds": seconds(now, wake) if now >= code.sent_at else 0,
        "trouble": Reason(code.reason).sentence if code.delivery == "failed" and code.reason else "",
    }


def seconds(now: datetime, until: datetime) -> int:
    return max(0, int((until - now).total_seconds()))


def send(question: Question) -> Response:
    channel = Channel.CALL if request.form.get("channel") == Channel.CALL else Channel.TEXT
    try:
        code = challenges.send(kit(), question, request.form.get("use", ""), channel)
    except NotYet as refusal:
        return challenge_page(question, 429, refusal=not_yet(refusal))
    except challenges.Locked:
        return locked_page()
    return sent(code)


def sent(code: Code) -> Response:
    if code.delivery != "failed":
        flash(f"We have sent a {'call' if code.channel == Channel.CALL else 'text'} to the number ending "
              f"{numbers.masked(code.number)}.", "success")
    return go_on_here()


def not_yet(refusal: NotYet) -> str:
    return f"{refusal.sentence} You can ask for another {in_words(kit().now, refusal.until)}."


def answer(question: Question) -> Response:
    typed = request.form.get("code", "")
    try:
        verdict = check(question, typed)
    except codes.NotACode as refusal:
        return challenge_page(question, 422, error=str(refusal))
    if verdict.outcome in (Outcome.PASSED, Outcome.LOCKED):
        return settled(verdict)
    return challenge_page(question, 422, error=sentence(verdict))


def check(question: Question, typed: str) -> Verdict:
    """The answer, in the way that the form names."""
    match request.form.get("verify"):
        case "answer-app":
            return challenges.answer_app(kit(), question, request.form.get("use", ""), typed)
        case "answer-recovery":
            return challenges.answer_recovery(kit(), question, typed)
    return challenges.answer(kit(), question, typed)


def settled(verdict: Verdict) -> Response:
    if verdict.outcome == Outcome.LOCKED:
        return locked_page()
    hold(verdict.token)
    if verdict.challenge and verdict.challenge.purpose == Purpose.TRIAL:
        flash("It works. Nothing was opened by it.", "success")
    return go_to(g.done) if g.get("done") else go_on_here()


def hold(token: str) -> None:
    """Give the browser the token that it holds from now on."""
    session["_user_id"] = token


def sentence(verdict: Verdict) -> str:
    settings = kit().settings
    app = verdict.by is not None and verdict.by.kind == Kind.APP
    match verdict.outcome:
        case Outcome.EXPIRED:
            return f"This code has expired: a code works for {settings.code_minutes} minutes. Send another code."
        case Outcome.REPEATED if app:
            return "This code was used already. Wait for the next one in your app."
        case Outcome.REPEATED:
            return "This code was used already. Send another code."
        case Outcome.CLOCK:
            return "Our clock was set back, so this app has to wait. Use another way, or contact customer support."
    invalid = "This code is invalid. Check it and try again."
    if verdict.tries_left > settings.tries_left_warning:
        return invalid
    tries = "1 try" if verdict.tries_left == 1 else f"{verdict.tries_left} tries"
    return f"{invalid} You have {tries} left before your account is locked for a while."


STEPS = {"answer": answer, "answer-app": answer, "answer-recovery": answer, "send": send}


# Adding an authenticator: the first one at the gate, further ones on the account site and in My Account


def enrol(purpose: Purpose, done: str) -> Response:
    """The pages that add a phone or an app for `purpose`, at the present address, and lead to `done`."""
    question = Question(sign_in(), purpose)
    g.done = done
    if not is_answering():
        return first_time_page(question)
    try:
        return FIRST_STEPS[step(FIRST_STEPS)](question)
    except NotYours:
        return go_on_here()


def try_out(done: str) -> Response:
    """Use an authenticator once, in a challenge that opens nothing."""
    g.done = done
    return stand_in(gate.NotVerified(), Purpose.TRIAL)


def first_time_page(
    question: Question, status: int = 200, error: str = "", refusal: str = "", code_error: str = ""
) -> Response:
    code = waiting_code(question)
    challenge = question.latest()
    words = {"error": error, "refusal": refusal, "code_error": code_error, "typed": request.form.get("number", "")}
    wants_app = question.purpose == Purpose.APP or request.values.get("use") == "app"
    if wants_app and challenge and apps.is_enrolling(kit(), challenge):
        return app_page(question, challenge, status, code_error)
    words |= {"purpose": question.purpose, "first": question.purpose in (Purpose.PAYMENT_INFORMATION, Purpose.SIGN_IN)}
    if question.purpose == Purpose.APP:
        return page("verify/begin_app.html", status)
    if code is None or error or refusal or request.args.get("use") == "number":
        return page("verify/first_number.html", status, heading=question.purpose.words, **words)
    return page("verify/first_code.html", status, **words, **about_code(question, code))


def app_page(question: Question, challenge: Challenge, status: int, code_error: str) -> Response:
    secret = apps.pending_secret(kit(), challenge)
    uri = apps.uri(secret, person=question.sign_in.user.email, brand=kit().settings.brand)
    key = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    words = {"code_error": code_error, "named": question.purpose == Purpose.APP}
    return page("verify/first_app.html", status, qr=apps.qr(uri), key=key, **words)


def send_to_number(question: Question) -> Response:
    channel = asked_channel(question)
    settings = kit().settings
    try:
        typed = request.form.get("number", "")
        number = numbers.parse(typed, region=settings.region, channel=channel.value, countries=settings.countries)
        code = challenges.send_to_new(kit(), question, number, channel)
    except numbers.NumberRefused as refused:
        return first_time_page(question, 422, error=str(refused))
    except NotYet as refusal:
        return first_time_page(question, 429, refusal=not_yet(refusal))
    except challenges.Locked:
        return locked_page()
    return sent(code)


def resend_to_number(question: Question) -> Response:
    """The same number once more, or by the other channel; its digits come from our own row."""
    code = waiting_code(question)
    if code is None:
        return go_on_here()
    channel = asked_channel(question)
    try:
        return sent(challenges.send_to_new(kit(), question, code.number, channel))
    except NotYet as refusal:
        return first_time_page(question, 429, code_error=not_yet(refusal))
    except challenges.Locked:
        return locked_page()


def asked_channel(question: Question) -> Channel:
    """A call where it was asked for; the number of My Account is verified by text alone."""
    may_call = question.purpose != Purpose.MY_ACCOUNT_NUMBER
    return Channel.CALL if may_call and request.form.get("channel") == Channel.CALL else Channel.TEXT


def begin_app(question: Question) -> Response:
    try:
        challenges.begin_app(kit(), question)
    except challenges.Locked:
        return locked_page()
    return go_on_here(use="app")


def first_answer(question: Question) -> Response:
    typed = request.form.get("code", "")
    try:
        if request.form.get("use") == "app":
            name = " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
            verdict = challenges.answer_new_app(kit(), question, typed, name)
        else:
            verdict = challenges.answer(kit(), question, typed)
    except codes.NotACode as refusal:
        return first_time_page(question, 422, code_error=str(refusal))
    match verdict.outcome:
        case Outcome.PASSED:
            flash("Added. From now on you can verify with it.", "success")
            return settled(verdict)
        case Outcome.LOCKED:
            return settled(verdict)
        case Outcome.TAKEN:
            return page("verify/number_taken.html", 409)
        case Outcome.OVERTAKEN:
            return go_on_here()
    return first_time_page(question, 422, code_error=sentence(verdict))


FIRST_STEPS = {
    "number": send_to_number,
    "send": resend_to_number,
    "begin-app": begin_app,
    "answer": first_answer,
}


# Locked, and the double click


def locked_page() -> Response:
    user = User.get_by_id(sign_in().user_id)
    until = user.locked_until if user.is_locked(kit().now) else kit().now
    return page("verify/locked.html", 423, until=until, by_support=lockout.is_for_support(until), user=user)


def second_click() -> Response | None:
    """The second half of a double click on Verify comes with the token that the first half replaced. Who
    brings the very code that passed a moment ago is given the page; everybody else is nobody here."""
    row = sign_ins.find_rotated(kit(), session.get("_user_id", ""), address()) if is_answering() else None
    passed = Challenge.just_passed(row, row.rotated_at) if row else None
    token = successor(row, Question(row, Purpose(passed.purpose), passed.company)) if row and passed else None
    if token is None:
        return None
    hold(token)
    return go_on_here()


def successor(row: SignIn, question: Question) -> str | None:
    try:
        verdict = check(question, request.form.get("code", ""))
    except (codes.NotACode, NotYours, sign_ins.Ended):
        return None
    if verdict.outcome != Outcome.REPEATED or verdict.challenge is None or not verdict.challenge.passed_at:
        return None
    token = kit().keys.successor(row.token, verdict.challenge.id)
    return token if sign_ins.find(kit(), token, address()) else None


