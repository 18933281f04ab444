"""What a person may change about themselves without a second step."""

from __future__ import annotations

from portal import audit
from portal.database import writing
from portal.kit import Kit
from portal.models.sign_in import SignIn
from portal.models.user import User


def rename(kit: Kit, by: SignIn, name: str) -> None:
    with writing():
        User.update(name=name).where(User.id == by.user_id).execute()
        audit.record(kit, "name.changed", by=by)
