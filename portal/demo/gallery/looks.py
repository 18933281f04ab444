"""How a state is looked at: colours, direction, size of text, length of names, language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal import language

CHOICES = {
    "scheme": {"light": "Light", "dark": "Dark"},
    "text": {"100": "100 % text", "200": "200 % text"},
    "names": {"usual": "Usual names", "long": "Long names"},
    "direction": {"ltr": "Left to right", "rtl": "Right to left"},
}

AROUND_A_PART = (
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    '<link rel="stylesheet" href="/static/css/portal.css">\n<body class="plain">\n{}\n</body>\n</html>\n'
)


@dataclass(frozen=True)
class Look:
    scheme: str = "light"
    text: str = "100"
    names: str = "usual"
    direction: str = "ltr"
    language: str = language.ENGLISH

    @classmethod
    def read(cls, wanted: Mapping[str, Any]) -> Look:
        """The look that an address asks for; the usual one for whatever it does not name, or names wrongly."""
        found = {name: wanted[name] for name, choices in cls.choices().items() if wanted.get(name) in choices}
        return cls(**found)

    @staticmethod
    def choices() -> dict[str, dict[str, str]]:
        return {**CHOICES, "language": language.known()}

    def with_(self, **other: str) -> Look:
        return replace(self, **other)

    @property
    def query(self) -> dict[str, str]:
        """What an address says of it: no more than differs from the usual."""
        usual = asdict(Look())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def dress(self, html: str) -> str:
        """The page with this look on its root, where the stylesheets find it. It stands still: nothing in it asks again
        by itself, or takes the focus from the page around its frame."""
        page = html if "<html" in html else AROUND_A_PART.format(html)
        still = re.sub(r'hx-trigger="[^"]*every [^"]*"', 'hx-trigger="none"', page)
        calm = re.sub(r"\sautofocus(?=[\s>])", "", still)
        root = f'<html data-scheme="{self.scheme}" data-text="{self.text}" dir="{self.direction}"'
        return re.sub(r"<html\b", root, calm, count=1)
