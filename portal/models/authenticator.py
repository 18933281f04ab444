"""A phone or an app that a person has proved to have. A row here is verified; there is no other kind."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField

from portal.models.base import Instant, Record, new_id
from portal.models.statement import Insertion, Statement, place
from portal.models.user import User


class Kind(StrEnum):
    PHONE = "phone"
    APP = "app"


class Place(StrEnum):
    """Where it was added, which is where it is listed and changed."""

    MY_ACCOUNT = "my_account"
    ACCOUNT_SITE = "account_site"


class Authenticator(Record):
    id = CharField(max_length=16, primary_key=True, default=new_id)
    user = ForeignKeyField(User, on_delete="CASCADE", backref="authenticators")
    kind = CharField(max_length=8)
    place = CharField(max_length=16)
    name = CharField(max_length=60, default="")
    number = CharField(max_length=16, null=True, index=True)
    secret = CharField(max_length=200, null=True)  # sealed
    last_step = BigIntegerField(default=0)
    preferred = BooleanField(default=False)
    added_at = Instant()
    used_at = Instant(null=True)
    user_id: int

    @classmethod
    def of(cls, user_id: int) -> list[Authenticator]:
        """The person's authenticators, the preferred one first, then in the order in which they were added."""
        return OF_PERSON.all(user=user_id)

    def spend_step(self, step: int, now: datetime) -> bool:
        """Take the time step of an app, once: False where it or a later one was taken (RFC 6238 5.2)."""
        return bool(SPEND_STEP.run(id=self.id, step=step, now=now))

    def note_use(self, now: datetime) -> None:
        NOTE_USE.run(id=self.id, now=now)

    def put(self) -> bool:
        """As a new row; False where My Account has a number already, or another one the same."""
        return bool(PUT.put(self))

    @property
    def phone(self) -> str:
        """The number of a phone; empty for an app."""
        return self.number or ""

    @property
    def place_of_secret(self) -> str:
        return f"authenticator:{self.id}:secret"


# My Account holds one number, and no other My Account the same one; the account site may share.
for _columns in (Authenticator.user, Authenticator.number):
    Authenticator.add_index(
        Authenticator.index(
            _columns,
            unique=True,
            where=(Authenticator.place == Place.MY_ACCOUNT.value),
            name=f"my_account_{_columns.name}",
        )
    )

OF_PERSON = Statement(
    lambda: (
        Authenticator.select()
        .where(Authenticator.user == place("user"))
        .order_by(Authenticator.preferred.desc(), Authenticator.added_at, Authenticator.id)
    )
)
SPEND_STEP = Statement(
    lambda: Authenticator.update(last_step=place("step"), used_at=place("now")).where(
        Authenticator.id == place("id"), Authenticator.last_step < place("step")
    )
)
NOTE_USE = Statement(lambda: Authenticator.update(used_at=place("now")).where(Authenticator.id == place("id")))
PUT = Insertion(Authenticator, lambda query: query.on_conflict_ignore())
