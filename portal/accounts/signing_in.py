"""The door: an address and a password. Wrong passwords slow down; they never lock the second step."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

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
    with writing():
        if until := slowed(kit, email, address):
            record(kit, "sign_in.slowed", user=user, address=address)
        else:
            count_try(kit, email, address)
    if until:
        raise NotBefore(until)
    right = passwords.is_right(user, password)
    with writing():
        if user is None or not right:
            record(kit, "sign_in.refused", user=user, address=address)
        else:
            Quota.forget(pair(email, address))
            Quota.give_back(wide(address))
            return sign_ins.open_sign_in(kit, user, address, browser)
    raise passwords.WrongPassword


def confirm(kit: Kit, by: SignIn, password: str) -> None:
    """Type the password again, for one change of authenticators. Raises WrongPassword or NotBefore."""
    email = by.user.email
    if until := slowed(kit, email, by.address):
        raise NotBefore(until)
    count_try(kit, email, by.address)
    if not passwords.is_right(by.user, password):
        raise passwords.WrongPassword
    with writing():
        Quota.forget(pair(email, by.address))
        Quota.give_back(wide(by.address))
        SignIn.update(confirmed_at=kit.now).where(SignIn.id == by.id).execute()
        record(kit, "password.confirmed", by=by)


def change_password(kit: Kit, by: SignIn, old: str, new: str) -> None:
    """Raises Frozen, WrongPassword, NotBefore or passwords.Unfit. Every other sign-in of the person ends."""
    user = by.user
    if user.frozen_at is not None:
        raise Frozen
    confirm(kit, by, old)
    passwords.check(kit.settings, new, user.email, user.name, least=people.least_password(kit.settings, user))
    secret = passwords.hashed(new)
    with writing():
        User.update(password=secret).where(User.id == user.id).execute()
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


def count_try(kit: Kit, email: str, address: str) -> None:
    Quota.spend(pair(email, address), most(kit), window(kit), kit.now)
    Quota.spend(wide(address), 10 * most(kit), window(kit), kit.now)


def most(kit: Kit) -> int:
    return kit.settings.wrong_passwords


def window(kit: Kit) -> timedelta:
    return timedelta(minutes=kit.settings.wrong_password_minutes)


def pair(email: str, address: str) -> str:
    return f"password:{address}:{sha256(canonical(email).encode()).hexdigest()[:32]}"


def wide(address: str) -> str:
    return f"passwords:{address}"
