"""Text for spreadsheets, which run what looks like a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """Text that a spreadsheet would run as a formula is quoted (OWASP: CSV injection)."""
    return f"'{value}" if value.startswith(FORMULA) else value
