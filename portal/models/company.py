"""A company, and who belongs to it in which role."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField

from portal.language import gettext as _
from portal.language import later
from portal.models.base import Instant, Record
from portal.models.user import User


class Role(StrEnum):
    """The value is its English word too."""

    ADMINISTRATOR = later("administrator")
    DEVELOPER = later("developer")
    MARKETER = later("marketer")
    ANALYST = later("analyst")

    @property
    def words(self) -> str:
        return _(self.value)


class Company(Record):
    id = AutoField()
    name = CharField(max_length=100)
    phone = CharField(max_length=16, default="")  # E.164; never used for two-step verification
    address = CharField(max_length=300, default="")
    website = CharField(max_length=200, default="")
    support = CharField(max_length=254, default="")  # the address where its customers get help
    second_step_at_sign_in = BooleanField(default=False)
    every_change = BooleanField(default=False)  # each change of payment information asks for a code of its own
    waiting_hours = IntegerField(default=0)  # before a change of payment information takes effect
    four_eyes = BooleanField(default=False)  # a second administrator approves it
    payouts_held_at = Instant(null=True)  # an administrator said by link that a change was not theirs
    created_at = Instant()


class Membership(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    company = ForeignKeyField(Company, on_delete="CASCADE")
    role = CharField(max_length=20)
    user_id: int
    company_id: int

    class Meta:
        indexes = ((("user", "company"), True),)

    @classmethod
    def of_administrators(cls) -> Any:
        """What a query asks of a membership that administers."""
        return cls.role == Role.ADMINISTRATOR.value

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR
