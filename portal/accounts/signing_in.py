"""The door: an address and a password. Wrong passwords slow down; they never lock the second step.

A password is looked at outside of any transaction, as that takes a while: it is counted before, and whose it was is
asked again after.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from portal.accounts import passwords, people, sign_ins
from portal.accounts.addresses import canonical
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import NotBefore
from portal.telling import notices


class Frozen(Exception):
    """After "this wasn't me" a new password is set by mail alone: whoever is in may know the old one."""


def sign_in(kit: Kit, email: str, password: str, address: str, browser: str) -> SignIn:
    """Raises WrongPassword (the same, as slowly, for an address that nobody has) or NotBefore."""
    user = User.get_or_none(User.email == canonical(email))
    count_try(kit, email, address, "sign_in.slowed", user=user)
    right = passwords.is_right(user, password)
    with writing():
        if user is not None and right and has_still(user):
            forget_tries(email, address)
            return sign_ins.open_sign_in(kit, user, address, browser)
        record(kit, "sign_in.refused", user=user, address=address)
    raise passwords.WrongPassword


def confirm(kit: Kit, by: SignIn, password: str) -> None:
    """Type the password again, for one change of authenticators. Raises WrongPassword, NotBefore or Ended."""
    email, address = by.user.email, by.address
    count_try(kit, email, address, "password.slowed", by=by)
    right = passwords.is_right(by.user, password)
    with writing():
        if right:
            refuse_ended(by)
            forget_tries(email, address)
            SignIn.update(confirmed_at=kit.now).where(SignIn.id == by.id).execute()
            record(kit, "password.confirmed", by=by)
            return
        record(kit, "password.refused", by=by)
    raise passwords.WrongPassword


def change_password(kit: Kit, by: SignIn, old: str, new: str) -> None:
    """Raises Frozen, WrongPassword, NotBefore, Ended or passwords.Unfit. Every other sign-in of the person ends."""
    user = by.user
    if user.frozen_at is not None:
        raise Frozen
    confirm(kit, by, old)
    passwords.check(kit.settings, new, user.email, user.name, least=people.least_password(kit.settings, user))
    secret = passwords.hashed(new)
    with writing():
        refuse_ended(by)
        if not User.update(password=secret).where(User.id == user.id, User.frozen_at.is_null()).execute():
            raise Frozen
        sign_ins.end_others(kit, user, but=by)
        record(kit, "password.changed", by=by)
        happened = later("The password of your account was changed.")
        notices.tell(kit, [user], lambda to: (_("Your password was changed"), _(happened)))


def slowed(kit: Kit, email: str, address: str) -> datetime | None:
    """When the next password is looked at, if not now. Counted for the pair of account and address, so
    that a stranger elsewhere cannot keep the owner out; and more widely for the address alone."""
    limits = ((pair(email, address), 1), (wide(address), 10))
    waits = [Quota.used_up(name, times * most(kit), window(kit), kit.now) for name, times in limits]
    return max((wait for wait in waits if wait), default=None)


def count_try(kit: Kit, email: str, address: str, kind: str, **who: Any) -> None:
    """Count one more password that is looked at. Raises NotBefore where there were too many; the event of this `kind`
    says so, and of whom."""
    with writing():
        if until := slowed(kit, email, address):
            record(kit, kind, **{"address": address, **who})
        else:
            Quota.spend(pair(email, address), most(kit), window(kit), kit.now)
            Quota.spend(wide(address), 10 * most(kit), window(kit), kit.now)
    if until:
        raise NotBefore(until)


def forget_tries(email: str, address: str) -> None:
    """It was right."""
    Quota.forget(pair(email, address))
    Quota.give_back(wide(address))


def has_still(user: User) -> bool:
    """Whether the password that was looked at is theirs now."""
    return bool(User.select().where(User.id == user.id, User.password == user.password).exists())


def refuse_ended(by: SignIn) -> None:
    """Raise Ended where the sign-in ended meanwhile, or its person has another password."""
    on = SignIn.select().where(SignIn.id == by.id, SignIn.ended_at.is_null()).exists()
    if not (on and has_still(by.user)):
        raise sign_ins.Ended


def most(kit: Kit) -> int:
    return kit.settings.wrong_passwords


def window(kit: Kit) -> timedelta:
    return timedelta(minutes=kit.settings.wrong_password_minutes)


def pair(email: str, address: str) -> str:
    return f"password:{address}:{sha256(canonical(email).encode()).hexdigest()[:32]}"


def wide(address: str) -> str:
    return f"passwords:{address}"
