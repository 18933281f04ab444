"""Asking and answering. A code is checked, counted and spent in one transaction on the person's own row,
so that two hundred guesses at once are ten guesses, and a hundred copies of a right one are one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto

from portal.accounts import sign_ins
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Challenge, Code, Purpose
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.verification import apps, authenticators, codes, lockout, recovery_codes
from portal.verification.authenticators import NotYours, Proved

OPENING = (Purpose.PAYMENT_INFORMATION, Purpose.PAYMENT_CHANGE, Purpose.AUTHENTICATORS, Purpose.SIGN_IN)
RECOVERY = "recovery"  # how a challenge was passed without any authenticator


class Outcome(StrEnum):
    PASSED = auto()
    WRONG = auto()
    EXPIRED = auto()  # right, but too late; not counted
    REPEATED = auto()  # right, but spent already; not counted
    LOCKED = auto()
    TAKEN = auto()  # right, but the number is another account's (first-time page)
    OVERTAKEN = auto()  # right, but an authenticator was added meanwhile (first-time page)
    CLOCK = auto()  # right, but the app's last code is from later than our clock shows


class Locked(Exception):
    """The account is locked: nothing is sent, checked or changed."""


@dataclass(frozen=True)
class Question:
    """To whom, and for what: what a challenge is bound to."""

    sign_in: SignIn
    purpose: Purpose
    company: Company | None = None
    about: str = ""  # keyed digest of the one change that a right answer approves
    approves: str = ""  # the same in words, for texts, calls and pages

    def latest(self) -> Challenge | None:
        return Challenge.latest(self.sign_in, self.purpose, self.company, self.about)

    def codes(self) -> list[Code]:
        return Code.of(self.sign_in, self.purpose, self.company, self.about)

    @property
    def words(self) -> str:
        """What a code is good for: "for Payment Information", "to pay … to the account ending 4417"."""
        return self.approves or _("for %(purpose)s", purpose=self.purpose.words)


@dataclass(frozen=True)
class Verdict:
    """What an answer came to, and by which challenge and authenticator."""

    outcome: Outcome
    challenge: Challenge | None = None
    by: Authenticator | None = None
    proved: Proved | None = None  # what a first answer proved, to be enrolled
    how: str = ""
    tries_left: int = 0
    token: str = ""  # what the browser holds from now on, after a pass


Judge = Callable[[Kit, Question], Verdict]


def open_challenge(kit: Kit, question: Question) -> Challenge:
    """The one that waits for its answer, or a new one where none does. One that has used up its sends
    waits until its last code is over, so that a new one is no way round the limit."""
    latest = question.latest()
    if latest and latest.passed_at is None and latest.closed_at is None and still_asked(latest, kit.now):
        return latest
    return Challenge.create(
        sign_in=question.sign_in,
        user=question.sign_in.user_id,
        company=question.company,
        purpose=question.purpose,
        about=question.about,
        created_at=kit.now,
    )


def still_asked(challenge: Challenge, now: datetime) -> bool:
    sent = Code.of_challenge(challenge)
    return challenge.created_at <= now and (not sent or any(code.is_active(now) for code in sent))


def answer(kit: Kit, question: Question, typed: str) -> Verdict:
    """Check a code that was texted or called. Raises codes.NotACode for what cannot be one."""
    digits = codes.read(typed)
    return settle(kit, question, lambda kit, question: judge_code(kit, question, digits))


def answer_app(kit: Kit, question: Question, authenticator_id: str, typed: str) -> Verdict:
    """Check the code of one's own app. Raises codes.NotACode or NotYours."""
    digits = codes.read(typed)
    mine = {a.id: a for a in Authenticator.of(question.sign_in.user_id) if a.kind == Kind.APP}
    if authenticator_id not in mine:
        raise NotYours
    return settle(kit, question, lambda kit, question: judge_app(kit, question, mine[authenticator_id], digits))


def begin_app(kit: Kit, question: Question) -> None:
    """Draw the secret of an app, which becomes one only with a right code. Raises as `send_to_new` does."""
    with writing():
        if User.get_by_id(question.sign_in.user_id).is_locked(kit.now):
            raise Locked
        authenticators.may_enrol(kit, question.sign_in, question.purpose)
        challenge = open_challenge(kit, question)
        if not apps.is_enrolling(kit, challenge):
            apps.begin(kit, challenge)


def answer_new_app(kit: Kit, question: Question, typed: str, name: str = "") -> Verdict:
    """Check the first code of an app that is being added under `name`."""
    digits = codes.read(typed)
    return settle(kit, question, lambda kit, question: judge_new_app(kit, question, digits, name))


def answer_recovery(kit: Kit, question: Question, typed: str) -> Verdict:
    """Check a recovery code. Raises codes.NotACode for what cannot be one."""
    letters = recovery_codes.read(typed)
    return settle(kit, question, lambda kit, question: judge_recovery(kit, question, letters))


def settle(kit: Kit, question: Question, judge: Judge) -> Verdict:
    """Judge one answer and write down all that follows from it, in one transaction."""
    with writing():
        user = User.get_by_id(question.sign_in.user_id)
        if user.is_locked(kit.now):
            return Verdict(Outcome.LOCKED)
        verdict = judge(kit, question)
        match verdict.outcome:
            case Outcome.WRONG:
                return count_failure(kit, user, question.sign_in)
            case Outcome.PASSED:
                return pass_challenge(kit, user, question, verdict)
            case Outcome.EXPIRED | Outcome.REPEATED:
                event = f"verification.{verdict.outcome}"
                record(kit, event, by=question.sign_in, company=question.company)
        return verdict


def count_failure(kit: Kit, user: User, by: SignIn) -> Verdict:
    lockout.fail(kit, user, by)
    if user.is_locked(kit.now):
        return Verdict(Outcome.LOCKED)
    return Verdict(Outcome.WRONG, tries_left=lockout.tries_left(kit.settings, user))


def pass_challenge(kit: Kit, user: User, question: Question, verdict: Verdict) -> Verdict:
    """Spend the challenge with every code of it, enrol what was proved to be there, forget the failures,
    and give the browser a new token (ASVS 7.2.4)."""
    challenge = verdict.challenge
    if challenge is None or not Challenge.spend(challenge.id, passed_at=kit.now):
        return replace(verdict, outcome=Outcome.REPEATED)
    try:
        by = verdict.by or enrolled(kit, question, verdict)
    except authenticators.NotEnrolled as refusal:
        return Verdict(Outcome(refusal.why), challenge)
    how = {
        "passed_by": by.id if by else None,
        "passed_how": verdict.how,
        "open_until": open_until(kit, question),
    }
    Challenge.update(**how).where(Challenge.id == challenge.id).execute()
    if by:
        Authenticator.update(used_at=kit.now).where(Authenticator.id == by.id).execute()
    if question.purpose == Purpose.SIGN_IN:
        SignIn.update(second_step_at=kit.now).where(SignIn.id == question.sign_in.id).execute()
    lockout.succeed(user)
    record(
        kit,
        "verification.passed",
        by=question.sign_in,
        company=question.company,
        channel=verdict.how,
        purpose=question.purpose,
    )
    return replace(verdict, by=by, token=sign_ins.rotate(kit, question.sign_in, challenge.id))


def enrolled(kit: Kit, question: Question, verdict: Verdict) -> Authenticator | None:
    if verdict.how == RECOVERY:
        return None
    return authenticators.enrol(kit, question.sign_in, question.purpose, verdict.proved)


def open_until(kit: Kit, question: Question) -> datetime | None:
    """Until when a pass holds something open, absolutely; adding or trying an authenticator opens nothing."""
    if question.purpose not in OPENING:
        return None
    return kit.now + timedelta(minutes=kit.settings.verification_minutes)


def judge_code(kit: Kit, question: Question, digits: str) -> Verdict:
    """Which code of this sign-in, purpose and company it is, if any: an active one passes."""
    matching = [c for c in question.codes() if kit.keys.matches(c.digest, "code", c.challenge.id, digits)]
    active = [c for c in matching if not over(c.challenge) and c.is_active(kit.now)]
    if active:
        code = active[0]
        proved = None if code.authenticator else Proved(Kind.PHONE, number=code.number, channel=code.channel)
        return Verdict(Outcome.PASSED, code.challenge, code.authenticator, proved, how=code.channel)
    if not matching:
        return Verdict(Outcome.WRONG)
    late = not matching[0].challenge.passed_at
    return Verdict(Outcome.EXPIRED if late else Outcome.REPEATED, matching[0].challenge)


def over(challenge: Challenge) -> bool:
    return challenge.passed_at is not None or challenge.closed_at is not None


def judge_app(kit: Kit, question: Question, app: Authenticator, digits: str) -> Verdict:
    """Whether it is the app's code of now, one step before or after; each step counts once."""
    secret = kit.keys.open(app.secret or "", app.place_of_secret)
    step = apps.step_of(secret, digits, kit.now)
    if step is None:
        return Verdict(Outcome.WRONG)
    if not Authenticator.spend_step(app.id, step):
        ahead = app.last_step > step + 2 * apps.DRIFT
        return Verdict(
            Outcome.CLOCK if ahead else Outcome.REPEATED,
            question.latest() if step == app.last_step else None,
            app,
        )
    return Verdict(Outcome.PASSED, open_challenge(kit, question), app, how=Kind.APP)


def judge_recovery(kit: Kit, question: Question, letters: str) -> Verdict:
    found = recovery_codes.find(kit, question.sign_in, letters)
    if found is None or not recovery_codes.spend(kit, question.sign_in, found):
        return Verdict(Outcome.WRONG)
    return Verdict(Outcome.PASSED, open_challenge(kit, question), how=RECOVERY)


def judge_new_app(kit: Kit, question: Question, digits: str, name: str) -> Verdict:
    challenge = question.latest()
    if challenge is None or not apps.is_enrolling(kit, challenge):
        return Verdict(Outcome.EXPIRED, challenge)
    secret = apps.pending_secret(kit, challenge)
    step = apps.step_of(secret, digits, kit.now)
    if step is None:
        return Verdict(Outcome.WRONG)
    return Verdict(
        Outcome.PASSED, challenge, proved=Proved(Kind.APP, secret=secret, step=step, name=name), how=Kind.APP
    )
