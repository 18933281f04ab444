"""E-mail addresses: their shape, and the one spelling of each that we keep."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


def is_address(text: str) -> bool:
    """Whether it has the shape of an e-mail address; whether it exists is for the mailbox to say."""
    return len(text) <= 254 and text.isascii() and text.isprintable() and bool(EMAIL.fullmatch(text))


def canonical(email: str) -> str:
    return email.strip().casefold()
