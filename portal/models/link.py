"""A link in a mail: works once, for a while, for what it was made for. The row holds only its digest."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from portal.clock import between
from portal.models.base import Instant, Record
from portal.models.company import Company
from portal.models.user import User


class LinkKind(StrEnum):
    SIGN_UP = "sign_up"
    RESET = "reset"
    INVITATION = "invitation"
    NOT_ME = "not_me"
    REPLACEMENT = "replacement"  # cancels it
    HOLD = "hold"


class Link(Record):
    id = AutoField()
    digest = CharField(max_length=64, unique=True)
    kind = CharField(max_length=12)
    email = CharField(max_length=254)
    user = ForeignKeyField(User, on_delete="CASCADE", null=True)
    company = ForeignKeyField(Company, on_delete="CASCADE", null=True)
    role = CharField(max_length=20, null=True)
    version = IntegerField(null=True)  # of payment information, for the kind that holds one
    made_at = Instant()
    ends_at = Instant()
    used_at = Instant(null=True)
    user_id: int | None
    company_id: int | None

    @property
    def person(self) -> User:
        """Whom it was made for; only for the kinds that are made for somebody."""
        user: User = self.user  # type: ignore[assignment]
        return user

    @classmethod
    def make(cls, kind: LinkKind, email: str, now: datetime, lasts: timedelta, **about: object) -> str:
        """A new link; its token, which is nowhere in the database."""
        token = secrets.token_urlsafe(24)
        digest = sha256(token.encode()).hexdigest()
        cls.create(digest=digest, kind=kind, email=email, made_at=now, ends_at=now + lasts, **about)
        return token

    @classmethod
    def find(cls, kind: LinkKind, token: str, now: datetime) -> Link | None:
        """The link of `token`, if it still works."""
        found: Link | None = cls.get_or_none(cls.digest == sha256(token.encode()).hexdigest(), cls.kind == kind)
        return found if found and not found.used_at and between(found.made_at, now, found.ends_at) else None

    def spend(self, now: datetime) -> bool:
        """Use it, once: False where it was used before."""
        unused = Link.update(used_at=now).where(Link.id == self.id, Link.used_at.is_null())
        return bool(unused.execute())
