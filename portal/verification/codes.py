"""Six digits: how they are drawn, how people may write them, and the words around them."""

from __future__ import annotations

import secrets
import unicodedata

from portal.language import gettext as _
from portal.language import ngettext
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
        raise NotACode(_("Type the six digits of the code."))
    if None in digits:
        raise NotACode(_("A code has six digits and nothing else. Check what you typed."))
    if len(digits) != DIGITS or len(typed) > LONGEST:
        raise NotACode(miscounted(len(digits)))
    return "".join(map(str, digits))


def miscounted(digits: int) -> str:
    if digits > DIGITS:
        return _("A code has six digits; this has more. Check what you typed.")
    return ngettext(
        "A code has six digits; this has only one. Check what you typed.",
        "A code has six digits; this has only %(num)s. Check what you typed.",
        digits,
    )


def body(channel: Channel, code: str, *, brand: str, purpose: str, ref: str, minutes: int, host: str) -> str:
    """The words of a text, with the origin-bound last line that browsers fill in from; or of a call."""
    about = {"brand": brand, "purpose": purpose}
    if channel == Channel.TEXT:
        words = ngettext(
            "%(code)s is your %(brand)s code %(purpose)s (ref %(ref)s). It works for %(num)s minute. "
            "We never ask for it.",
            "%(code)s is your %(brand)s code %(purpose)s (ref %(ref)s). It works for %(num)s minutes. "
            "We never ask for it.",
            minutes,
            code=code,
            ref=ref,
            **about,
        )
        return f"{words}\n\n@{host} #{code}"
    return ngettext(
        "Hello. This is %(brand)s, with your code %(purpose)s. The code is: %(digits)s. Once more: %(digits)s. "
        "It works for %(num)s minute. We never ask for it. Goodbye.",
        "Hello. This is %(brand)s, with your code %(purpose)s. The code is: %(digits)s. Once more: %(digits)s. "
        "It works for %(num)s minutes. We never ask for it. Goodbye.",
        minutes,
        digits=", ".join(code),
        **about,
    )
