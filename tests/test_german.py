"""German: no text of a page, a mail or a text message, and nothing that is read out, is as it is in English."""

import re
from html.parser import HTMLParser

import pytest
from babel import Locale

from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import SCENES, components
from portal.payments.countries import COUNTRIES

pytestmark = pytest.mark.slow

READ_OUT = {"aria-label", "alt", "title", "placeholder", "data-awake", "data-done", "data-ended", "data-ready"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr", "path", "circle", "rect"}

SAME = set(
    "Administrator Analyst App Apps Bank Browser Chat Code Codes Demo Deutsch English Euro Link Mail Name Person "
    "Status Support Website optional".split()
)
NAMES = [
    *("Developer Console", "Customer Support", "Developer Support"),  # the brand, and two people of the demo
    *("Ada Byron", "Grace Murray", "Grace Hopper", "Mary Somerville", "Emmy Erlangen", "Alan Mathison"),
    *("Carl Sagan", "Ida Rhodes", "Analytical Engines", "Difference Works", "Table Makers"),
    *("Work phone", "Tablet", "My own phone"),
]
LANDS = {name for code, name in COUNTRIES.items() if name == Locale("de").territories.get(code)}
ADDRESSES = r"\S+@\S+|https?://\S+"
IDS = r"\b[a-z_]+\.[a-z_]+\b|\b(case|channel|ending|reason): \w*"  # of the audit log
NO_WORDS = re.compile(rf"{ADDRESSES}|{IDS}|\b[A-Z0-9]{{2,}}\b|\b(Ltd|Limited|plc)\b")


class Words(HTMLParser):
    """What a page says itself: not what people wrote, which stands in <bdi> or with a direction of its own."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.found |= {attrs[name] for name in READ_OUT & attrs.keys() if attrs[name]}
        theirs = tag in {"bdi", "script", "style", "textarea"} or attrs.get("dir") == "auto"
        if tag not in VOID:
            self.open.append((tag, theirs))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(theirs for _tag, theirs in self.open):
            self.found.add(" ".join(data.split()))


@pytest.mark.parametrize("name", [name for name, scene in SCENES.items() if scene.room != components.book.room])
def test_nothing_is_left_in_english(plays, name):
    english, german = (Words(plays.play(name, Look(language=code)).html).found for code in ("en", "de"))
    left = sorted(text for text in english & german if text not in LANDS and has_words(text))
    assert not left


def has_words(text):
    """Whether it has words that are not the same in both languages."""
    for name in NAMES:
        text = text.replace(name, "")
    return bool(set(re.findall(r"[^\W\d_]{2,}", NO_WORDS.sub("", text))) - SAME)
