"""Payment information: every save is a version, sealed and never changed; and what is typed but not saved yet."""

from __future__ import annotations

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

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
    challenge = ForeignKeyField(Challenge, on_delete="SET NULL", null=True)

    class Meta:
        indexes = ((("company", "version"), True),)

    @classmethod
    def current(cls, company: Company) -> PaymentVersion | None:
        newest = cls.select(cls, User).join(User).where(cls.company == company.id).order_by(cls.version.desc())
        found: PaymentVersion | None = newest.first()
        return found

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
