"""The letters that went out in a test."""

from __future__ import annotations

import re

from portal.demo.kit import DemoKit


def letters(kit: DemoKit, to: str = "") -> list[dict[str, str]]:
    """Oldest first; those to whoever has this in their address."""
    return [letter for letter in kit.mail.letters() if to in letter["to"]]


def link_in_mail(kit: DemoKit, to: str) -> str:
    """The path of the first link in somebody's newest letter."""
    return re.search(r"http://localhost(/\S+)", letters(kit, to)[-1]["body"])[1]
