"""What holds of a person wherever they are: their name, and whether a second step guards their signing in."""

from __future__ import annotations

from portal import audit
from portal.config import Settings
from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company, Membership
from portal.models.sign_in import SignIn
from portal.models.user import User


def rename(kit: Kit, by: SignIn, name: str) -> None:
    with writing():
        User.update(name=name).where(User.id == by.user_id).execute()
        audit.record(kit, "name.changed", by=by)


def speak(user: User, language: str) -> None:
    """Write to this person in `language` from here on."""
    with writing():
        User.update(language=language).where(User.id == user.id).execute()


def wants_second_step(user: User) -> bool:
    """Whether two-step verification guards signing in too: where one of their companies wants it, and at a desk."""
    strict = Membership.select().join(Company).where(Membership.user == user.id, Company.second_step_at_sign_in)
    return bool(user.staff) or bool(strict.exists())


def least_password(settings: Settings, user: User) -> int:
    """Characters of this person's password, at the least: fewer where it is not the only thing at the door."""
    return settings.password_length_with_2sv if wants_second_step(user) else settings.password_length
