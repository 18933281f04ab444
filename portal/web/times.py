"""The hall: times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from portal.language import Unit, distance, later
from portal.language import gettext as _

UNITS: dict[Unit, int] = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}


def in_words(now: datetime, then: datetime) -> str:
    """How far `then` is: in 28 seconds, 3 days ago, just now. Rounded so that nobody comes too early."""
    apart = (then - now).total_seconds()
    for unit, length in UNITS.items():
        if abs(apart) >= length * (2 if apart > length and unit != "second" else 1):
            count = ceil(apart / length) if apart > 0 else -int(-apart // length)
            return distance(timedelta(seconds=count * length), unit)
    return _("now") if apart > 0 else _("just now")


BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": later("%(browser)s on iPhone"),
    "iPad": later("%(browser)s on iPad"),
    "Android": later("%(browser)s on Android"),
    "Windows": later("%(browser)s on Windows"),
    "Mac OS": later("%(browser)s on Mac"),
    "Linux": later("%(browser)s on Linux"),
}


def browser_in_words(agent: str) -> str:
    """What kind of browser a User-Agent header claims to be."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), _("A program"))
    there = next((words for mark, words in SYSTEMS.items() if mark in agent), "")
    return _(there, browser=browser) if there else browser
