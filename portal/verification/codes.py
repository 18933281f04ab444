"""Six digits: how they are drawn, how people may write them, and the words around them."""

from __future__ import annotations

import secrets
import unicodedata

from portal.telephony.protocol import Channel

DIGITS = 6
LONGEST = 40  # characters of an answer, with all the spaces that somebody may put between the digits


class NotACode(ValueError):
    """What was typed cannot be a code; the message says what it has to look like. Not a guess, not counted."""


def draw() -> str:
    """Six digits from the system's CSPRNG, leading zeros kept (ASVS 6.5.3)."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def draw_ref() -> str:
    """A letter and a digit that tell one message from another; without look-alikes."""
    return secrets.choice("ABCDEFGHKLMNPRTUVWXY") + secrets.choice("2346789")


def read(typed: str) -> str:
    """The six digits in what somebody typed: spaces, dashes and other scripts' digits are fine."""
    shown = [c for c in typed[: LONGEST + 1] if not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf")]
    digits = [unicodedata.decimal(c, None) for c in shown]
    if not shown:
        raise NotACode("Type the six digits of the code.")
    if None in digits:
        raise NotACode("A code has six digits and nothing else. Check what you typed.")
    if len(digits) != DIGITS or len(typed) > LONGEST:
        raise NotACode(f"A code has six digits; this has {counted(len(digits))}. Check what you typed.")
    return "".join(map(str, digits))


def counted(digits: int) -> str:
    return "more" if digits > DIGITS else "only one" if digits == 1 else f"only {digits}"


def body(channel: Channel, code: str, *, brand: str, purpose: str, ref: str, minutes: int, host: str) -> str:
    """The words of a text, with the origin-bound last line that browsers fill in from; or of a call."""
    if channel == Channel.TEXT:
        line = f"{code} is your {brand} code {purpose} (ref {ref}). It works for {minutes} minutes."
        return f"{line} We never ask for it.\n\n@{host} #{code}"
    spoken = ", ".join(code)
    return (
        f"Hello. This is {brand}, with your code {purpose}. "
        f"The code is: {spoken}. "
        f"Once more: {spoken}. "
        f"It works for {minutes} minutes. We never ask for it. Goodbye."
    )
