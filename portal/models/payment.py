"""Payment information: every save is a version, sealed and never changed; and what is typed but not saved yet."""

from __future__ import annotations

from datetime import datetime

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from portal.models.base import Instant, Record, new_id
from portal.models.challenge import Challenge
from portal.models.company import Company
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
        every = cls.select(cls, User).join(User, on=(cls.made_by == User.id)).where(cls.company == company.id)
        return list(every.order_by(cls.version.desc()))

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
