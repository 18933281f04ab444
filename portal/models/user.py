"""A person with a sign-in, and the one counter of their failed verifications."""

from __future__ import annotations

from datetime import datetime

from peewee import AutoField, CharField, IntegerField

from portal.models.base import Instant, Record
from portal.models.statement import Statement, place


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

    def count_failure(self) -> None:
        self.failures += 1
        COUNT_FAILURE.run(id=self.id)

    def forget_failures(self) -> None:
        """And any lock that they brought."""
        FORGET_FAILURES.run(id=self.id)

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


COUNT_FAILURE = Statement(lambda: User.update(failures=User.failures + 1).where(User.id == place("id")))
FORGET_FAILURES = Statement(lambda: User.update(failures=0, locked_until=None).where(User.id == place("id")))
