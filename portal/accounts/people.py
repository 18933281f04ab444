"""People wherever they are: their account, their name, and whether a second step guards their signing in."""

from __future__ import annotations

from portal.accounts import passwords
from portal.accounts.addresses import canonical
from portal.config import Settings
from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company, Membership
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record


class Taken(Exception):
    """The address has an account."""


def has_account(email: str) -> bool:
    return bool(User.select().where(User.email == email).exists())


def add_person(kit: Kit, email: str, name: str, password: str, **who: object) -> User:
    """An account made by the operator. Raises Taken or Unfit."""
    passwords.check(kit.settings, password, email, name)
    secret = passwords.hashed(password)
    with writing():
        if has_account(canonical(email)):
            raise Taken
        user: User = User.create(email=canonical(email), name=name, password=secret, created_at=kit.now)
        record(kit, "user.added", user=user, **who)  # type: ignore[arg-type]
        return user


def rename(kit: Kit, by: SignIn, name: str) -> None:
    with writing():
        User.update(name=name).where(User.id == by.user_id).execute()
        record(kit, "name.changed", by=by)


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
