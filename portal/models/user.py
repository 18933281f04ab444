"""A person with a sign-in, and the one counter of their failed verifications."""

from __future__ import annotations

from datetime import datetime

from peewee import AutoField, CharField, IntegerField

from portal.database import locked
from portal.models.base import Instant, Record


class User(Record):
    id = AutoField()
    email = CharField(max_length=254, unique=True)
    name = CharField(max_length=100)
    password = CharField(max_length=200)
    staff = CharField(max_length=20, null=True)
    failures = IntegerField(default=0)
    locked_until = Instant(null=True)
    frozen_at = Instant(null=True)  # "This wasn't me": nothing changes until a new password is set by mail
    created_at = Instant()

    @classmethod
    def held(cls, user_id: int) -> User:
        """The person's row, nobody else's to change until this transaction ends."""
        user: User = locked(cls.select().where(cls.id == user_id)).get()
        return user

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until
