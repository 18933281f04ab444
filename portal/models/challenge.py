"""A challenge: one question, to one sign-in, for one purpose. Once passed, it is what holds the page open.

A code is one message of a challenge. The database knows its keyed digest, never its digits.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from peewee import CharField, ForeignKeyField, IntegerField

from portal.clock import between
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator
from portal.models.base import Instant, Record, new_id
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.models.user import User


class Purpose(StrEnum):
    """What a right answer is good for; a code for one is worthless for another."""

    PAYMENT_INFORMATION = "payment_information"
    PAYMENT_CHANGE = "payment_change"
    AUTHENTICATORS = "authenticators"
    SIGN_IN = "sign_in"
    MY_ACCOUNT_NUMBER = "my_account_number"
    ACCOUNT_SITE_NUMBER = "account_site_number"
    APP = "app"
    TRIAL = "trial"

    @property
    def words(self) -> str:
        """What texts, calls and pages call it."""
        return _(WORDS[self])


WORDS = {
    Purpose.PAYMENT_INFORMATION: later("Payment Information"),
    Purpose.PAYMENT_CHANGE: later("this change"),
    Purpose.AUTHENTICATORS: later("Two-Step Verification Settings"),
    Purpose.SIGN_IN: later("signing in"),
    Purpose.MY_ACCOUNT_NUMBER: later("adding this number"),
    Purpose.ACCOUNT_SITE_NUMBER: later("adding this number"),
    Purpose.APP: later("adding an app"),
    Purpose.TRIAL: later("a trial"),
}


class Challenge(Record):
    id = CharField(max_length=16, primary_key=True, default=new_id)
    sign_in = ForeignKeyField(SignIn, on_delete="CASCADE")
    user = ForeignKeyField(User, on_delete="CASCADE")
    company = ForeignKeyField(Company, on_delete="CASCADE", null=True)
    purpose = CharField(max_length=24)
    about = CharField(max_length=80, default="")  # keyed digest of the one change that it approves
    secret = CharField(max_length=200, null=True)  # sealed, of an app that is being enrolled
    sends = IntegerField(default=0)
    created_at = Instant()
    passed_at = Instant(null=True)
    passed_by = CharField(max_length=16, null=True)  # the authenticator, kept when that is removed
    passed_how = CharField(max_length=8, null=True)
    open_until = Instant(null=True)
    closed_at = Instant(null=True)
    approved_at = Instant(null=True)  # it opened the page, and has approved its one change
    user_id: int

    class Meta:
        indexes = ((("sign_in", "purpose", "company", "created_at"), False), (("user", "open_until"), False))

    @classmethod
    def latest(cls, sign_in: SignIn, purpose: Purpose, company: Company | None, about: str) -> Challenge | None:
        same = (cls.sign_in == sign_in.id, cls.purpose == purpose, same_company(cls.company, company))
        newest = cls.select().where(*same, cls.about == about).order_by(cls.created_at.desc(), cls.id)
        found: Challenge | None = newest.first()
        return found

    @classmethod
    def latest_passed(
        cls, sign_in: SignIn, purpose: Purpose, company: Company | None, about: str = ""
    ) -> Challenge | None:
        same = (cls.sign_in == sign_in.id, cls.purpose == purpose, same_company(cls.company, company))
        opening = cls.select().where(*same, cls.about == about, cls.open_until.is_null(False))
        found: Challenge | None = opening.order_by(cls.open_until.desc()).first()
        return found

    @classmethod
    def just_passed(cls, sign_in: SignIn, at: datetime) -> Challenge | None:
        """The challenge whose pass gave `sign_in` the token that it got then."""
        passed = cls.select().where(cls.sign_in == sign_in.id, cls.passed_at <= at).order_by(cls.passed_at.desc())
        found: Challenge | None = passed.first()
        return found

    @classmethod
    def spend(cls, challenge_id: str, **how: object) -> bool:
        """Mark it as passed, once: False where it was passed or closed before."""
        unspent = (cls.id == challenge_id, cls.passed_at.is_null(), cls.closed_at.is_null())
        return bool(cls.update(**how).where(*unspent).execute())

    @classmethod
    def close(cls, now: datetime, *which: object) -> int:
        """End the challenges that `which` selects, the passed ones (a verification in force) too."""
        return int(cls.update(closed_at=now).where(cls.closed_at.is_null(), *which).execute())

    def in_force(self, now: datetime) -> bool:
        opened = self.passed_at is not None and self.open_until is not None and self.closed_at is None
        return opened and between(self.passed_at, now, self.open_until)

    @property
    def place_of_secret(self) -> str:
        return f"challenge:{self.id}:secret"


class Code(Record):
    id = CharField(max_length=16, primary_key=True, default=new_id)
    challenge = ForeignKeyField(Challenge, on_delete="CASCADE")
    authenticator = ForeignKeyField(Authenticator, on_delete="CASCADE", null=True)  # null: a number to enrol
    number = CharField(max_length=16)
    channel = CharField(max_length=8)
    digest = CharField(max_length=80)
    ref = CharField(max_length=4)
    sent_at = Instant()
    expires_at = Instant()
    delivery = CharField(max_length=12, default="sending")
    reason = CharField(max_length=20, default="")
    authenticator_id: str | None

    @classmethod
    def of(cls, sign_in: SignIn, purpose: Purpose, company: Company | None, about: str) -> list[Code]:
        """Every code of this sign-in for this purpose and subject, newest first, each with its challenge."""
        theirs = cls.select(cls, Challenge).join(Challenge).where(same_company(Challenge.company, company))
        same = (Challenge.sign_in == sign_in.id, Challenge.purpose == purpose, Challenge.about == about)
        return list(theirs.where(*same).order_by(cls.sent_at.desc()))

    @classmethod
    def of_challenge(cls, challenge: Challenge) -> list[Code]:
        """Its codes, newest first."""
        return list(cls.select().where(cls.challenge == challenge.id).order_by(cls.sent_at.desc()))

    def is_active(self, now: datetime) -> bool:
        return between(self.sent_at, now, self.expires_at)


def same_company(column: ForeignKeyField, company: Company | None) -> object:
    return column.is_null() if company is None else column == company.id
