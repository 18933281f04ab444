"""What is known of a sign-in and a company: read by one statement, and decided upon by the gate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, SQL, ModelAlias, fn

from portal.clock import between
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Purpose
from portal.models.company import Company, Membership
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.sign_in import SignIn
from portal.models.statement import Statement, place
from portal.models.user import User

Opened: Any = Challenge.alias()
Permitting: Any = Challenge.alias()


@dataclass(frozen=True)
class Facts:
    """A look at one sign-in, and at the company that it asks for, as they were at one moment."""

    sign_in: SignIn  # with its person
    memberships: list[Membership]  # of the person, each with its company; none for staff
    membership: Membership | None  # the one in the company that is asked for
    has_authenticator: bool
    recovery_codes: int  # that are left
    replacement_is_due: bool
    opened: Challenge | None  # that was passed last for Payment Information of this company
    permitting: Challenge | None  # that was passed last for a change of authenticators

    def seen_from(self, membership: Membership) -> Facts:
        """The same before the door of another company of theirs, where nothing is opened yet."""
        return replace(self, membership=membership, opened=None)

    @property
    def person(self) -> User:
        person: User = self.sign_in.user
        return person

    @property
    def company(self) -> Company | None:
        return self.membership.company if self.membership else None

    @property
    def is_administrator(self) -> bool:
        return self.membership is not None and self.membership.is_administrator

    @property
    def wants_second_step(self) -> bool:
        """Whether two-step verification guards signing in too: where one of their companies wants it, and at a desk."""
        return bool(self.person.staff) or any(each.company.second_step_at_sign_in for each in self.memberships)

    def is_locked(self, now: datetime) -> bool:
        """An ended sign-in counts as that."""
        return self.sign_in.ended_at is not None or self.person.is_locked(now)

    def knows_password(self, now: datetime, lasts: timedelta) -> bool:
        """Whether it was typed again, for one change of authenticators."""
        typed: datetime | None = self.sign_in.confirmed_at
        return typed is not None and between(typed, now, typed + lasts)


def statement(*which: Any) -> Statement:
    """One row for each company of the person, or one without."""
    return Statement(
        lambda: (
            SignIn.select(
                SignIn,
                User,
                Membership,
                Company,
                Opened,
                Permitting,
                fn.EXISTS(Authenticator.select(SQL("1")).where(Authenticator.user == SignIn.user)).alias("has_one"),
                RecoveryCode.select(fn.COUNT(RecoveryCode.id))
                .where(RecoveryCode.user == SignIn.user, RecoveryCode.used_at.is_null())
                .alias("codes"),
                fn.EXISTS(
                    Replacement.select(SQL("1")).where(
                        Replacement.user == SignIn.user,
                        Replacement.takes_effect_at <= place("now"),
                        *Replacement.unsettled(),
                    )
                ).alias("is_due"),
            )
            .join(User)
            .join(Membership, JOIN.LEFT_OUTER, on=(Membership.user == User.id), attr="membership")
            .join(Company, JOIN.LEFT_OUTER)
            .join_from(
                SignIn, Opened, JOIN.LEFT_OUTER, on=is_newest(Opened, Purpose.PAYMENT_INFORMATION), attr="opened"
            )
            .join_from(
                SignIn, Permitting, JOIN.LEFT_OUTER, on=is_newest(Permitting, Purpose.AUTHENTICATORS), attr="permitting"
            )
            .where(*which)
            .order_by(Membership.id)
        )
    )


def is_newest(challenge: ModelAlias, purpose: Purpose) -> Any:
    """Whether it is the one whose pass opened something for this purpose last."""
    other: Any = Challenge.alias()
    company = other.company.is_null() if purpose == Purpose.AUTHENTICATORS else other.company == place("company")
    passed = (other.sign_in == SignIn.id, other.purpose == purpose.value, company, other.about == "")
    newest = other.select(other.id).where(*passed, other.open_until.is_null(False))
    return challenge.id == newest.order_by(other.open_until.desc()).limit(1)


BY_TOKEN = statement(SignIn.token_digest == place("token"))
BY_ID = statement(SignIn.id == place("id"))


def read(by: Statement, now: datetime, company_id: int | None, **which: object) -> Facts | None:
    rows = by.all(now=now, company=company_id, **which)
    if not rows:
        return None
    first = rows[0]
    found = [] if first.user.staff else [row.user.membership for row in rows if row.user.membership]
    asked = next((each for each in found if each.company_id == company_id), None)
    return Facts(
        sign_in=first,
        memberships=found,
        membership=asked,
        has_authenticator=bool(first.has_one),
        recovery_codes=first.codes,
        replacement_is_due=bool(first.is_due),
        opened=first.opened,
        permitting=first.permitting,
    )
