"""Recovery codes: printed, used once each. The row holds a keyed digest, never the code."""

from __future__ import annotations

from datetime import datetime

from peewee import AutoField, CharField, ForeignKeyField

from portal.models.base import Instant, Record
from portal.models.user import User


class RecoveryCode(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    digest = CharField(max_length=80)
    made_at = Instant()
    used_at = Instant(null=True)

    @classmethod
    def unused(cls, user_id: int) -> list[RecoveryCode]:
        return list(cls.select().where(cls.user == user_id, cls.used_at.is_null()))

    def spend(self, now: datetime) -> bool:
        """Use it, once: False where it was used before."""
        unused = RecoveryCode.update(used_at=now).where(RecoveryCode.id == self.id, RecoveryCode.used_at.is_null())
        return bool(unused.execute())
