"""A person with a sign-in, and the one counter of their failed verifications."""

from __future__ import annotations

from datetime import datetime

from peewee import AutoField, CharField, IntegerField

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
    language = CharField(max_length=8, default="")  # that mails and texts are in; empty is English
    created_at = Instant()

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until
