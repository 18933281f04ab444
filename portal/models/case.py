"""A case: what one person and one support desk say to each other, until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from peewee import AutoField, BigAutoField, BooleanField, CharField, ForeignKeyField, TextField

from portal.language import speaking
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

    def add(self, text: str, now: datetime, author: User | None = None, by_staff: bool = False) -> None:
        """One more line. Without an author the program says it."""
        Line.create(case=self, author=author, by_staff=by_staff, text=text, at=now)
        waiting = {"waiting_since": None if by_staff else self.waiting_since or now} if author else {}
        Case.update(said_at=now, **waiting).where(Case.id == self.id).execute()

    def note(self, now: datetime, words: Callable[[], str]) -> None:
        """The same, said by the program in the language of the person whose case it is."""
        with speaking(self.user.language):
            self.add(words(), now)

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
