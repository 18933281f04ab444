"""Passwords: argon2id, length and a blocklist, no rules of composition (NIST SP 800-63B-4 3.1.1)."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import import_module
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.config import Settings
from portal.language import gettext as _
from portal.models.user import User

LONGEST = 200
SCORED = 72  # characters that zxcvbn looks at
GUESSABLE = 3  # scores below this are found in a list, or nearly

_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)


class Unfit(ValueError):
    """The password cannot be used; the message says why and what to do."""


class WrongPassword(Exception):
    """Not the present password of this person."""


def hashed(password: str) -> str:
    return _hasher.hash(normal(password))


def is_right(user: User | None, password: str) -> bool:
    """Whether it is the password of `user`; takes as long where there is no such user."""
    try:
        return _hasher.verify(user.password if user else _nobody(), normal(password)) and user is not None
    except (VerificationError, InvalidHashError):
        return False


def check(settings: Settings, password: str, *about: str, least: int = 0) -> None:
    """Raise Unfit for a password that is too short (`least` characters, or what the settings say), too long, or
    easy to guess for who knows `about`."""
    least = least or settings.password_length
    if len(password) < least:
        raise Unfit(
            _("A password has at least %(least)s characters. Four or five unrelated words do well.", least=least)
        )
    if len(password) > LONGEST:
        raise Unfit(_("A password has at most %(most)s characters.", most=LONGEST))
    known = [word for text in (settings.brand, *about) for word in (text, *text.replace("@", " ").split())]
    if meter()(password[:SCORED], user_inputs=known)["score"] < GUESSABLE:
        raise Unfit(_("This password is easy to guess. Use four or five unrelated words, or your password manager."))


@cache
def meter() -> Any:
    """Its lists take 14 MiB, which are only for processes in which somebody chooses a password."""
    return import_module("zxcvbn").zxcvbn


def normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
