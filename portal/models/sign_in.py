"""One browser signed in as one person: a row that can be listed, rotated and ended.

The browser holds a random token, the row only its digest.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from peewee import AutoField, CharField, ForeignKeyField

from portal.models.base import Instant, Record
from portal.models.statement import Statement, place
from portal.models.user import User


class SignIn(Record):
    id = AutoField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    token_digest = CharField(max_length=64, unique=True)
    previous_digest = CharField(max_length=64, null=True, index=True)
    rotated_at = Instant(null=True)
    created_at = Instant()
    seen_at = Instant()
    ended_at = Instant(null=True)
    confirmed_at = Instant(null=True)  # the password was typed again, for one change of authenticators
    second_step_at = Instant(null=True)  # where two-step verification guards signing in too
    address = CharField(max_length=45)
    browser = CharField(max_length=200)

    user_id: int
    token: str = ""  # what the browser showed, for this request only

    @staticmethod
    def digest(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def note_seen(self, address: str, now: datetime) -> None:
        self.address, self.seen_at = address, now
        NOTE_SEEN.run(id=self.id, address=address, now=now)

    def rotate(self, token: str, now: datetime) -> bool:
        """Hold another token: False where the one at hand is dead already."""
        return bool(ROTATE.run(id=self.id, old=self.digest(self.token), new=self.digest(token), now=now))

    @classmethod
    def end(cls, now: datetime, *which: object) -> int:
        """End the sign-ins that `which` selects; how many that were."""
        return int(cls.update(ended_at=now).where(cls.ended_at.is_null(), *which).execute())


NOTE_SEEN = Statement(
    lambda: SignIn.update(address=place("address"), seen_at=place("now")).where(SignIn.id == place("id"))
)
ROTATE = Statement(
    lambda: SignIn.update(token_digest=place("new"), previous_digest=place("old"), rotated_at=place("now")).where(
        SignIn.id == place("id"), SignIn.token_digest == place("old"), SignIn.ended_at.is_null()
    )
)
