"""Asking and answering. A code is checked, counted and spent in one transaction,
so that two hundred guesses at once are ten guesses, and a hundred copies of a right one are one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto
from functools import cached_property

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
from portal.verification import apps, authenticators, codes, gate, lockout, recovery_codes
from portal.verification.authenticators import NotYours, Proved
from portal.verification.facts import Facts

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
    """To whom, and for what: what a challenge is bound to. What it has been asked with is read once, and anew by
    whatever answers it."""

    sign_in: SignIn
    purpose: Purpose
    company: Company | None = None
    about: str = ""  # keyed digest of the one change that a right answer approves
    approves: str = ""  # the same in words, for texts, calls and pages

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Newest first, each with its codes."""
        return Challenge.asked(self.sign_in, self.purpose, self.company, self.about)

    @cached_property
    def authenticators(self) -> list[Authenticator]:
        """What the person can answer with, the preferred one first."""
        return Authenticator.of(self.sign_in.user_id)

    def look_again(self) -> None:
        for read in ("challenges", "authenticators"):
            self.__dict__.pop(read, None)

    def own(self, authenticator_id: str, kind: Kind) -> Authenticator:
        """Raises NotYours."""
        found = next((each for each in self.authenticators if (each.id, each.kind) == (authenticator_id, kind)), None)
        if found is None:
            raise NotYours
        return found

    @property
    def latest(self) -> Challenge | None:
        return next(iter(self.challenges), None)

    @property
    def codes(self) -> list[Code]:
        """Of all its challenges, newest first."""
        return sorted((code for each in self.challenges for code in each.codes), key=sent_at, reverse=True)

    @property
    def words(self) -> str:
        """What a code is good for: "for Payment Information", "to pay … to the account ending 4417"."""
        return self.approves or _("for %(purpose)s", purpose=self.purpose.words)


def sent_at(code: Code) -> datetime:
    at: datetime = code.sent_at
    return at


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


# Asking


def waiting(kit: Kit, question: Question) -> Challenge | None:
    """The one that waits for its answer. One that has used up its sends waits until its last code is over, so that
    a new one is no way round the limit."""
    latest = question.latest
    return latest if latest and not over(latest) and still_asked(latest, kit.now) else None


def anew(kit: Kit, question: Question) -> Challenge:
    """A new one, which is no row yet."""
    begun = Challenge(
        sign_in=question.sign_in,
        user=question.sign_in.user_id,
        company=question.company,
        purpose=question.purpose,
        about=question.about,
        created_at=kit.now,
    )
    begun.codes = []
    return begun


def still_asked(challenge: Challenge, now: datetime) -> bool:
    return challenge.created_at <= now and (not challenge.codes or any(code.is_active(now) for code in challenge.codes))


def over(challenge: Challenge) -> bool:
    return challenge.passed_at is not None or challenge.closed_at is not None


def begin_app(kit: Kit, question: Question) -> None:
    """Draw the secret of an app, which becomes one only with a right code. Raises Locked, NotYours for a first one of
    somebody who has an authenticator by now, and the gate's Obstacle for a further one."""
    with writing():
        open_to(kit, question)
        authenticators.may_enrol(kit, question.sign_in, question.purpose)
        challenge = waiting(kit, question)
        if challenge is None:
            challenge = anew(kit, question)
            challenge.put()
        if not apps.is_enrolling(kit, challenge):
            apps.begin(kit, challenge)


def open_to(kit: Kit, question: Question) -> Facts:
    """Look again, in the caller's transaction, before anything is asked. Raises Locked."""
    question.look_again()
    known = gate.look(kit, question.sign_in, question.company.id if question.company else None)
    if known.is_locked(kit.now):
        raise Locked
    return known


# Answering


def answer(kit: Kit, question: Question, typed: str) -> Verdict:
    """Check a code that was texted or called. Raises codes.NotACode for what cannot be one."""
    return settle(kit, question, judge_code, codes.read(typed))


def answer_app(kit: Kit, question: Question, authenticator_id: str, typed: str) -> Verdict:
    """Check the code of one's own app. Raises codes.NotACode or NotYours."""
    return settle(kit, question, judge_app, codes.read(typed), authenticator_id)


def answer_new_app(kit: Kit, question: Question, typed: str, name: str = "") -> Verdict:
    """Check the first code of an app that is being added under `name`."""
    return settle(kit, question, judge_new_app, codes.read(typed), name)


def answer_recovery(kit: Kit, question: Question, typed: str) -> Verdict:
    """Check a recovery code. Raises codes.NotACode for what cannot be one."""
    return settle(kit, question, judge_recovery, recovery_codes.read(typed))


def settle(kit: Kit, question: Question, judge: Callable[..., Verdict], *typed: str) -> Verdict:
    """Judge one answer and write down all that follows from it, in one transaction."""
    with writing():
        try:
            known = open_to(kit, question)
        except Locked:
            return Verdict(Outcome.LOCKED)
        verdict = judge(kit, question, *typed)
        match verdict.outcome:
            case Outcome.WRONG:
                left = lockout.fail(kit, known.person, question.sign_in)
                return Verdict(Outcome.WRONG if left else Outcome.LOCKED, tries_left=left)
            case Outcome.PASSED:
                return pass_challenge(kit, known.person, question, verdict)
            case Outcome.EXPIRED | Outcome.REPEATED:
                event = f"verification.{verdict.outcome}"
                record(kit, event, by=question.sign_in, company=question.company)
        return verdict


def judge_code(kit: Kit, question: Question, digits: str) -> Verdict:
    """Which code of this sign-in, purpose and company it is, if any: an active one passes."""
    matching = [c for c in question.codes if kit.keys.matches(c.digest, "code", c.challenge.id, digits)]
    active = next((c for c in matching if not over(c.challenge) and c.is_active(kit.now)), None)
    if active and active.authenticator_id:
        by = next((each for each in question.authenticators if each.id == active.authenticator_id), None)
        return Verdict(Outcome.PASSED, active.challenge, by, how=active.channel)
    if active:
        proved = Proved(Kind.PHONE, number=active.number, channel=active.channel)
        return Verdict(Outcome.PASSED, active.challenge, proved=proved, how=active.channel)
    if not matching:
        return Verdict(Outcome.WRONG)
    late = not matching[0].challenge.passed_at
    return Verdict(Outcome.EXPIRED if late else Outcome.REPEATED, matching[0].challenge)


def judge_app(kit: Kit, question: Question, digits: str, authenticator_id: str) -> Verdict:
    """Whether it is the app's code of now, one step before or after; each step counts once. Raises NotYours."""
    app = question.own(authenticator_id, Kind.APP)
    step = apps.step_of(apps.secret_of(kit, app), digits, kit.now)
    if step is None:
        return Verdict(Outcome.WRONG)
    if not app.spend_step(step, kit.now):
        ahead = app.last_step > step + 2 * apps.DRIFT
        same = question.latest if step == app.last_step else None
        return Verdict(Outcome.CLOCK if ahead else Outcome.REPEATED, same, app)
    return Verdict(Outcome.PASSED, waiting(kit, question), app, how=Kind.APP)


def judge_recovery(kit: Kit, question: Question, letters: str) -> Verdict:
    found = recovery_codes.find(kit, question.sign_in, letters)
    if found is None or not recovery_codes.spend(kit, question.sign_in, found):
        return Verdict(Outcome.WRONG)
    return Verdict(Outcome.PASSED, waiting(kit, question), how=RECOVERY)


def judge_new_app(kit: Kit, question: Question, digits: str, name: str) -> Verdict:
    challenge = question.latest
    if challenge is None or not apps.is_enrolling(kit, challenge):
        return Verdict(Outcome.EXPIRED, challenge)
    secret = apps.pending_secret(kit, challenge)
    step = apps.step_of(secret, digits, kit.now)
    if step is None:
        return Verdict(Outcome.WRONG)
    proved = Proved(Kind.APP, secret=secret, step=step, name=name)
    return Verdict(Outcome.PASSED, challenge, proved=proved, how=Kind.APP)


# What follows


def pass_challenge(kit: Kit, person: User, question: Question, verdict: Verdict) -> Verdict:
    """Spend the challenge with every code of it, enrol what was proved to be there, forget the failures,
    and give the browser a new token (ASVS 7.2.4)."""
    if verdict.proved:
        return pass_by_enrolling(kit, person, question, verdict)
    passed = spent(kit, question, verdict)
    if passed is None:
        return replace(verdict, outcome=Outcome.REPEATED)
    if verdict.by and verdict.by.kind != Kind.APP:  # an app's use is noted with its step
        verdict.by.note_use(kit.now)
    return passed_for(kit, person, question, replace(verdict, challenge=passed))


def spent(kit: Kit, question: Question, verdict: Verdict) -> Challenge | None:
    """The challenge, passed; one that nobody was asked yet is passed as it begins. None where it was spent before."""
    now, by = kit.now, verdict.by.id if verdict.by else None
    until = open_until(kit, question, now)
    if verdict.challenge:
        return verdict.challenge if verdict.challenge.spend(now, by, verdict.how, until) else None
    begun = anew(kit, question)
    begun.passed_at, begun.passed_by, begun.passed_how, begun.open_until = now, by, verdict.how, until
    begun.put()
    return begun


def pass_by_enrolling(kit: Kit, person: User, question: Question, verdict: Verdict) -> Verdict:
    """A right answer that adds what it proved; it opens nothing before that is there."""
    challenge, now = verdict.challenge, kit.now
    if challenge is None or not challenge.spend(now):
        return replace(verdict, outcome=Outcome.REPEATED)
    try:
        by = authenticators.enrol(kit, question.sign_in, question.purpose, verdict.proved)
    except authenticators.NotEnrolled as refusal:
        return Verdict(Outcome(refusal.why), challenge)
    challenge.passed_by, challenge.passed_how = by.id, verdict.how
    challenge.open_until = open_until(kit, question, now)
    challenge.save()
    by.note_use(now)
    return passed_for(kit, person, question, replace(verdict, by=by))


def passed_for(kit: Kit, person: User, question: Question, verdict: Verdict) -> Verdict:
    if question.purpose == Purpose.SIGN_IN:
        SignIn.update(second_step_at=kit.now).where(SignIn.id == question.sign_in.id).execute()
    lockout.succeed(person)
    by, company = question.sign_in, question.company
    record(kit, "verification.passed", by=by, company=company, channel=verdict.how, purpose=question.purpose)
    challenge_id = verdict.challenge.id if verdict.challenge else ""
    return replace(verdict, token=sign_ins.rotate(kit, question.sign_in, challenge_id))


def open_until(kit: Kit, question: Question, now: datetime) -> datetime | None:
    """Until when a pass holds something open, absolutely; adding or trying an authenticator opens nothing."""
    if question.purpose not in OPENING:
        return None
    return now + timedelta(minutes=kit.settings.verification_minutes)
