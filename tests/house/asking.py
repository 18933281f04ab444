"""The heart without the web: somebody who is asked to verify, and answers."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp

from house.phones import Phone, wrong_code
from portal.accounts import sign_ins
from portal.demo import seed
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Code, Purpose
from portal.models.company import Company
from portal.models.user import User
from portal.telephony.protocol import Channel
from portal.verification import challenges, gate, sending
from portal.verification.challenges import Question, Verdict
from portal.verification.gate import Assurance

PAYMENT = "/companies/1/settings/payments-and-benefits/payment-information"
APPS = {**seed.APPS, "carl": "ONSWG4TFORSXG5CTMVRXEZLUKRSXG5CT"}  # Carl is hired by tests


def user_of(name: str) -> User:
    return User.get(User.email == f"{name}@example.com")


def company_of(name: str) -> Company:
    return Company.get(Company.name == name)


def app_code(kit: Kit, name: str = "grace", steps: int = 0) -> str:
    """What the demo app of this person shows, now or some steps away from now."""
    return pyotp.TOTP(APPS[name]).at(kit.now, counter_offset=steps)


@dataclass
class Asked:
    """One sign-in that stands before one question."""

    kit: Kit
    name: str
    question: Question

    @classmethod
    def open(cls, kit: Kit, name: str, company: str, purpose: Purpose) -> Asked:
        sign_in = sign_ins.open_sign_in(kit, user_of(name), "127.0.0.1", "a test")
        return cls(kit, name, Question(sign_in, purpose, company_of(company)))

    @property
    def user(self) -> User:
        return user_of(self.name)

    def authenticator(self, number: str = "") -> Authenticator:
        """The one with this number, or the first phone."""
        phones = [each for each in Authenticator.of(self.user.id) if each.kind == Kind.PHONE]
        return next(each for each in phones if number in ("", each.number))

    def gets(self, channel: str = "text", number: str = "") -> str:
        """Have a code sent; what it says. Raises what the heart raises."""
        to = self.authenticator(number)
        sending.send(self.kit, self.question, to.id, Channel(channel))
        return Phone(self.kit.telephony, to.number).newest_code()

    def gets_nothing(self, channel: str = "text", number: str = "") -> Code:
        """Have a code sent to a phone that will not get it; what the database knows of it."""
        return sending.send(self.kit, self.question, self.authenticator(number).id, Channel(channel))

    def answers(self, typed: str) -> str:
        return self.notes(challenges.answer(self.kit, self.question, typed)).outcome

    def answers_app(self, typed: str) -> str:
        app = next(each for each in Authenticator.of(self.user.id) if each.kind == Kind.APP)
        return self.notes(challenges.answer_app(self.kit, self.question, app.id, typed)).outcome

    def guesses(self, times: int = 1) -> list[str]:
        """Answer with a code that is certainly wrong."""
        live = [Phone(self.kit.telephony, code.number).codes() for code in Code.select()]
        digits = wrong_code(*(each for codes in live for each in codes))
        return [self.answers(digits) for _ in range(times)]

    def passes(self) -> Asked:
        assert self.answers(self.gets()) == "passed"
        return self

    def enters(self) -> Assurance:
        """Through the gate, or its Obstacle."""
        return gate.enter(self.kit, gate.look(self.kit, self.question.sign_in, self.question.company.id))

    def notes(self, verdict: Verdict) -> Verdict:
        self.question.sign_in.token = verdict.token or self.question.sign_in.token
        return verdict
