"""A challenge: one question, to one sign-in, for one purpose. Once passed, it is what holds the page open.

A code is one message of a challenge. The database knows its keyed digest, never its digits.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import JOIN, CharField, ForeignKeyField, IntegerField

from portal.clock import between
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator
from portal.models.base import Instant, Record, new_id
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.models.statement import Insertion, Statement, place
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
    codes: list[Code]  # newest first; where they were asked for

    class Meta:
        indexes = ((("sign_in", "purpose", "company", "created_at"), False), (("user", "open_until"), False))

    @classmethod
    def asked(cls, sign_in: SignIn, purpose: Purpose, company: Company | None, about: str) -> list[Challenge]:
        """Every one of this sign-in for this purpose and subject, newest first, each with its codes."""
        values = {"sign_in": sign_in.id, "purpose": purpose, "about": about}
        rows = OF_COMPANY.all(**values, company=company.id) if company else OF_NO_COMPANY.all(**values)
        found = {row.id: row for row in rows[::-1]}
        codes: dict[str, list[Code]] = {}
        for row in rows:
            codes.setdefault(row.id, []).extend([row.code] if row.code else [])
        for row in found.values():
            row.codes = codes[row.id]
            for code in row.codes:
                code.challenge = row
        return [found[each] for each in codes]

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

    def put(self) -> None:
        """As a new row."""
        PUT_CHALLENGE.put(self)

    def count_send(self) -> None:
        self.sends += 1
        COUNT_SEND.run(id=self.id)

    def spend(self, now: datetime, by: str | None = None, how: str = "", open_until: datetime | None = None) -> bool:
        """Mark it as passed, once: False where it was passed or closed before."""
        self.passed_at, self.passed_by, self.passed_how, self.open_until = now, by, how, open_until
        return bool(SPEND.run(id=self.id, now=now, by=by, how=how, until=open_until))

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

    def put(self) -> None:
        """As a new row."""
        PUT_CODE.put(self)

    def note_delivery(self, accepted: bool, reason: str) -> None:
        self.delivery, self.reason = "accepted" if accepted else "failed", reason
        NOTE_DELIVERY.run(id=self.id, delivery=self.delivery, reason=reason)

    def is_active(self, now: datetime) -> bool:
        return between(self.sent_at, now, self.expires_at)


def same_company(column: ForeignKeyField, company: Company | None) -> object:
    return column.is_null() if company is None else column == company.id


def with_codes(company: Any) -> Statement:
    same = (Challenge.sign_in == place("sign_in"), Challenge.purpose == place("purpose"), company)
    return Statement(
        lambda: (
            Challenge.select(Challenge, Code)
            .join(Code, JOIN.LEFT_OUTER, attr="code")
            .where(*same, Challenge.about == place("about"))
            .order_by(Challenge.created_at.desc(), Challenge.id, Code.sent_at.desc())
        )
    )


OF_COMPANY = with_codes(Challenge.company == place("company"))
OF_NO_COMPANY = with_codes(Challenge.company.is_null())
PUT_CHALLENGE, PUT_CODE = Insertion(Challenge), Insertion(Code)
COUNT_SEND = Statement(lambda: Challenge.update(sends=Challenge.sends + 1).where(Challenge.id == place("id")))
SPEND = Statement(
    lambda: Challenge.update(
        passed_at=place("now"), passed_by=place("by"), passed_how=place("how"), open_until=place("until")
    ).where(Challenge.id == place("id"), Challenge.passed_at.is_null(), Challenge.closed_at.is_null())
)
NOTE_DELIVERY = Statement(
    lambda: Code.update(delivery=place("delivery"), reason=place("reason")).where(Code.id == place("id"))
)
