"""A company, and who belongs to it in which role."""

from __future__ import annotations

from enum import StrEnum

from peewee import AutoField, CharField, ForeignKeyField

from portal.models.base import Instant, Record
from portal.models.user import User


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"
    MARKETER = "marketer"
    ANALYST = "analyst"


class Company(Record):
    id = AutoField()
    name = CharField(max_length=100)
    phone = CharField(max_length=16, default="")
    created_at = Instant()


class Membership(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    company = ForeignKeyField(Company, on_delete="CASCADE")
    role = CharField(max_length=20)

    class Meta:
        indexes = ((("user", "company"), True),)

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR
