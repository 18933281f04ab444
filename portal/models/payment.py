"""Payment information: every save is a version, sealed and never changed; and what is typed but not saved yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField, fn

from portal.models.base import Instant, Record, new_id
from portal.models.challenge import Challenge
from portal.models.company import Company
from portal.models.statement import Insertion, Statement, place
from portal.models.user import User


class PaymentVersion(Record):
    id = CharField(max_length=16, primary_key=True, default=new_id)
    company = ForeignKeyField(Company, on_delete="CASCADE")
    version = IntegerField()
    details = TextField()  # sealed
    changed = CharField(max_length=300)
    made_by = ForeignKeyField(User, on_delete="RESTRICT")
    made_at = Instant()
    challenge = ForeignKeyField(Challenge, on_delete="SET NULL", null=True)  # the one that approved it
    address = CharField(max_length=45, default="")
    verified_how = CharField(max_length=8, default="")
    approved_how = CharField(max_length=20, default="")
    takes_effect_at = Instant()
    four_eyes = BooleanField(default=False)  # takes effect only when a second administrator has approved it
    seconded_by = ForeignKeyField(User, on_delete="RESTRICT", null=True, backref="seconded")
    seconded_at = Instant(null=True)
    held_at = Instant(null=True)
    held_by = CharField(max_length=254, default="")
    company_id: int
    made_by_id: int

    class Meta:
        indexes = ((("company", "version"), True),)

    @classmethod
    def of(cls, company: Company) -> list[PaymentVersion]:
        """Every version, newest first, each with who made it."""
        return EVERY.all(company=company.id)

    @classmethod
    def since_in_force(cls, company: Company, now: datetime) -> list[PaymentVersion]:
        """The newest that has come into force, and those after it."""
        return SINCE_IN_FORCE.all(company=company.id, now=now)

    def put(self) -> bool:
        """As a new row; False where there is one of this number."""
        return bool(PUT.put(self))

    def is_in_force(self, now: datetime) -> bool:
        """Whether it has come into force (a later version may have followed it)."""
        seconded = self.seconded_at is not None or not self.four_eyes
        return self.held_at is None and seconded and self.takes_effect_at <= now

    def is_waiting(self, now: datetime) -> bool:
        return self.held_at is None and not self.is_in_force(now)

    @property
    def place_of_details(self) -> str:
        return f"payment_version:{self.id}:details"


class PaymentDraft(Record):
    user = ForeignKeyField(User, on_delete="CASCADE")
    company = ForeignKeyField(Company, on_delete="CASCADE")
    typed = TextField()  # sealed
    kept_at = Instant()

    class Meta:
        primary_key = CompositeKey("user", "company")

    @staticmethod
    def place_of_typed(user: User, company: Company) -> str:
        return f"payment_draft:{user.id}-{company.id}:typed"


def versions(*which: Any) -> Any:
    rows = PaymentVersion.select(PaymentVersion, User).join(User, on=(PaymentVersion.made_by == User.id))
    return rows.where(PaymentVersion.company == place("company"), *which).order_by(PaymentVersion.version.desc())


def since_in_force() -> Any:
    other: Any = PaymentVersion.alias()
    has_come = (
        other.held_at.is_null(),
        other.takes_effect_at <= place("now"),
        ~other.four_eyes | other.seconded_at.is_null(False),
    )
    newest = other.select(fn.COALESCE(fn.MAX(other.version), 0)).where(other.company == place("company"), *has_come)
    return versions(PaymentVersion.version >= newest)


EVERY, SINCE_IN_FORCE = Statement(versions), Statement(since_in_force)
PUT = Insertion(PaymentVersion, lambda query: query.on_conflict_ignore())
