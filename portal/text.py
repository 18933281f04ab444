"""Small rules for text that many rooms share: what is shown of a number, what is hidden in a line, what is a number."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"  # belong to scripts and to emoji
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def ending(number: str | None) -> str:
    """All that is shown of a phone number: its last two digits, as in "the number ending 43"."""
    return (number or "")[-2:]


def hidden(text: str) -> bool:
    """Whether something in it cannot be seen, or turns around what can."""
    return any(unicodedata.category(c)[0] == "C" and c not in JOINERS for c in text)


def tidied(text: str) -> str:
    """One line, with single spaces."""
    return " ".join(text.split())


def whole_number(text: str, digits: int = 9) -> int | None:
    """A whole number of at most so many plain digits; None for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def one_line(value: str) -> str:
    """At most 200 characters, without anything that could forge or hide a line."""
    return "".join(c for c in value[:200] if c.isprintable())


def harmless(value: str) -> str:
    """Text that a spreadsheet would run as a formula is quoted (OWASP: CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA) else value
