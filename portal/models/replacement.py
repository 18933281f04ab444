"""A replacement of lost authenticators: customer support begins it, and after a while all of them are taken away, for
new ones to be added. Until then it can be cancelled.
"""

from __future__ import annotations

from datetime import datetime

from peewee import AutoField, ForeignKeyField

from portal.models.base import Instant, Record
from portal.models.case import Case
from portal.models.user import User


class Replacement(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", backref="replacements")
    case = ForeignKeyField(Case, on_delete="CASCADE", backref="replacements")
    started_by = ForeignKeyField(User, on_delete="RESTRICT", backref="started_replacements")
    started_at = Instant()
    takes_effect_at = Instant()
    shortened_by = ForeignKeyField(User, on_delete="SET NULL", null=True, backref="shortened_replacements")
    cancelled_at = Instant(null=True)
    done_at = Instant(null=True)
    user_id: int
    started_by_id: int

    @classmethod
    def running(cls, user_id: int) -> Replacement | None:
        """The one that is neither cancelled nor done."""
        found: Replacement | None = cls.select().where(cls.user == user_id, *cls.unsettled()).first()
        return found

    @classmethod
    def is_due(cls, user_id: int, now: datetime) -> bool:
        due = (cls.user == user_id, cls.takes_effect_at <= now, *cls.unsettled())
        return bool(cls.select().where(*due).exists())

    @classmethod
    def settle(cls, replacement_id: int, **how: object) -> bool:
        """Cancel, shorten or complete it: False where it was cancelled or done before."""
        return bool(cls.update(**how).where(cls.id == replacement_id, *cls.unsettled()).execute())

    @classmethod
    def unsettled(cls) -> tuple[object, ...]:
        return cls.cancelled_at.is_null(), cls.done_at.is_null()
