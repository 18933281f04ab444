"""A case: what one person and one support desk say to each other, until it is closed; and what may follow from it,
a recovery, by which lost authenticators are taken away after a while.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from peewee import AutoField, BigAutoField, BooleanField, CharField, ForeignKeyField, TextField

from portal.models.base import Instant, Record
from portal.models.user import User


class Came(StrEnum):
    """How a person reached the desk. Nothing about an account is changed in a case that came otherwise (FAQ)."""

    CHAT = "chat"
    PHONE = "phone"
    REPORT = "report"  # "This wasn't me": nobody has spoken with the desk yet


class Identified(StrEnum):
    """How customer support made sure with whom they speak; never by a code, a password or a secret question."""

    CALL_BACK = "call_back"
    TWO_FACTS = "two_facts"


class Case(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", backref="cases")
    desk = CharField(max_length=20)
    came = CharField(max_length=8)
    urgent = BooleanField(default=False)
    opened_at = Instant()
    waiting_since = Instant(null=True)  # the person has written and nobody has answered yet
    said_at = Instant()
    person_seen_at = Instant(null=True)
    staff_seen_at = Instant(null=True)
    number = CharField(max_length=16, default="")  # to be called back
    call_when = CharField(max_length=100, default="")
    taken_by = ForeignKeyField(User, on_delete="SET NULL", null=True, backref="taken")
    identified_how = CharField(max_length=12, default="")
    identified_note = CharField(max_length=500, default="")
    identified_by = ForeignKeyField(User, on_delete="SET NULL", null=True, backref="identified")
    identified_at = Instant(null=True)
    closed_at = Instant(null=True)
    user_id: int
    taken_by_id: int | None
    identified_by_id: int | None

    class Meta:
        indexes = ((("desk", "closed_at"), False),)

    @classmethod
    def open_of(cls, user_id: int, desk: str) -> Case | None:
        """The one that this person and this desk have open."""
        mine = (cls.user == user_id, cls.desk == desk, cls.closed_at.is_null())
        found: Case | None = cls.select().where(*mine).order_by(cls.id).first()
        return found

    @classmethod
    def take(cls, case_id: int, staff_id: int) -> bool:
        """Make it the work of one member of staff: False where it is somebody's already, or closed."""
        free = (cls.id == case_id, cls.taken_by.is_null(), cls.closed_at.is_null())
        return bool(cls.update(taken_by=staff_id).where(*free).execute())

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Line(Record):
    """Something that was said in a case; without an author it is the program that says what happened."""

    id = BigAutoField()
    case = ForeignKeyField(Case, on_delete="CASCADE", backref="lines")
    author = ForeignKeyField(User, on_delete="SET NULL", null=True)
    by_staff = BooleanField(default=False)
    text = TextField()
    at = Instant()
    author_id: int | None


class Recovery(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", backref="recoveries")
    case = ForeignKeyField(Case, on_delete="CASCADE", backref="recoveries")
    started_by = ForeignKeyField(User, on_delete="RESTRICT", backref="started_recoveries")
    started_at = Instant()
    takes_effect_at = Instant()
    shortened_by = ForeignKeyField(User, on_delete="SET NULL", null=True, backref="shortened_recoveries")
    cancelled_at = Instant(null=True)
    done_at = Instant(null=True)
    user_id: int
    started_by_id: int

    @classmethod
    def running(cls, user_id: int) -> Recovery | None:
        """The one that is neither cancelled nor done."""
        found: Recovery | None = cls.select().where(cls.user == user_id, *cls.unsettled()).first()
        return found

    @classmethod
    def is_due(cls, user_id: int, now: datetime) -> bool:
        due = (cls.user == user_id, cls.takes_effect_at <= now, *cls.unsettled())
        return bool(cls.select().where(*due).exists())

    @classmethod
    def settle(cls, recovery_id: int, **how: object) -> bool:
        """Cancel, shorten or complete it: False where it was cancelled or done before."""
        return bool(cls.update(**how).where(cls.id == recovery_id, *cls.unsettled()).execute())

    @classmethod
    def unsettled(cls) -> tuple[object, ...]:
        return cls.cancelled_at.is_null(), cls.done_at.is_null()
