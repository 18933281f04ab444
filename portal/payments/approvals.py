"""Approving the change, not the visit: each change of payment information consumes an approval that is bound to
the person, the sign-in, the company and a digest of the change (PSD2 RTS article 5; OWASP Transaction Authorization).

Under `first-change` the verification that opened the page approves one change; further ones, and every one under
`every-change`, need a code that names what it approves.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.kit import Kit
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Company
from portal.record.writing import record
from portal.verification import gate
from portal.verification.challenges import Question
from portal.verification.gate import Assurance

EVERY_CHANGE = "every-change"


@dataclass(frozen=True)
class Act:
    """What is to be approved: `exactly` is all of it, in a form that differs when anything does; `words` name it
    in a text or a call."""

    exactly: str
    words: str


@dataclass(frozen=True)
class Approval:
    """The right to carry out one act, once. `spend` consumes it."""

    assurance: Assurance
    challenge: Challenge
    act: Act

    @property
    def how(self) -> str:
        by_opening = self.challenge.purpose == Purpose.PAYMENT_INFORMATION
        return "opening the page" if by_opening else "a code of its own"


class Needed(Exception):
    """A code of its own is asked for; `question` is what it answers."""

    def __init__(self, question: Question) -> None:
        super().__init__("an approval is needed")
        self.question = question


class Mismatch(Exception):
    """The approval is not for this act, or was used: refused, on the record, and to be asked for again."""


def obtain(kit: Kit, assurance: Assurance, act: Act) -> Approval:
    """The approval that there is for `act`. Raises Needed."""
    question = question_for(kit, assurance, act)
    own = Challenge.latest_passed(assurance.sign_in, Purpose.PAYMENT_CHANGE, assurance.company, question.about)
    if own and own.in_force(kit.now):
        return Approval(assurance, own, act)
    if policy(kit, assurance.company) != EVERY_CHANGE and assurance.challenge.approved_at is None:
        return Approval(assurance, assurance.challenge, act)
    raise Needed(question)


def obtain_own(kit: Kit, assurance: Assurance, act: Act) -> Approval:
    """The same for what always asks for a code of its own: to weaken the rules themselves. Raises Needed."""
    question = question_for(kit, assurance, act)
    own = Challenge.latest_passed(assurance.sign_in, Purpose.PAYMENT_CHANGE, assurance.company, question.about)
    if own is None or not own.in_force(kit.now):
        raise Needed(question)
    return Approval(assurance, own, act)


def question_for(kit: Kit, assurance: Assurance, act: Act) -> Question:
    about = digest(kit, assurance, act)
    return Question(assurance.sign_in, Purpose.PAYMENT_CHANGE, assurance.company, about, act.words)


def digest(kit: Kit, assurance: Assurance, act: Act) -> str:
    """Keyed, so that nobody with the database can find an account number by trying them all."""
    who = (str(assurance.sign_in.user_id), str(assurance.sign_in.id), str(assurance.company.id))
    return kit.keys.digest("change", *who, act.exactly)


def spend(kit: Kit, approval: Approval, act: Act) -> None:
    """Consume `approval` for `act`, in the transaction that carries it out. Raises Mismatch, or the gate's Obstacle
    for what came up since: a role taken, a lock, "this wasn't me", the end of the window."""
    gate.confirm(kit, approval.assurance)
    if not (approval.act == act and take(kit, approval)):
        raise Mismatch


def take(kit: Kit, approval: Approval) -> bool:
    """One conditional statement each: an approval that was used, closed or made for another act is not there."""
    found, assurance = approval.challenge, approval.assurance
    if found.purpose == Purpose.PAYMENT_CHANGE:
        bound = (Challenge.about == digest(kit, assurance, approval.act), Challenge.sign_in == assurance.sign_in.id)
        return Challenge.close(kit.now, Challenge.id == found.id, Challenge.open_until > kit.now, *bound) == 1
    if found.id != assurance.challenge.id or policy(kit, assurance.company) == EVERY_CHANGE:
        return False
    unused = (Challenge.id == found.id, Challenge.approved_at.is_null(), Challenge.closed_at.is_null())
    return bool(Challenge.update(approved_at=kit.now).where(*unused).execute())


def refuse(kit: Kit, assurance: Assurance) -> None:
    """Put a refused approval on the record."""
    record(kit, "approval.refused", by=assurance.sign_in, company=assurance.company)


def policy(kit: Kit, company: Company) -> str:
    """`first-change` or `every-change`: the installation's, or the stricter one of the company."""
    strict = Company.select(Company.every_change).where(Company.id == company.id).scalar()
    return EVERY_CHANGE if strict else kit.settings.payment_approval
