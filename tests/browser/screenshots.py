"""The main pages as pictures for the docs. In the folder `tests`, with Chromium installed:

../.venv/bin/python -m browser.screenshots ../docs/screenshots
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from house.asking import app_code
from playwright.sync_api import Browser

from portal import demo

from . import chromium
from .person import Person
from .server import Server, serving
from .watch import Watch

PICTURES = Path("docs/screenshots")
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
SETTINGS = "/account/login-and-security/2-step-verification"
PAYMENT = "/companies/1/settings/payments-and-benefits/payment-information"
ALSO_DARK = {"sign-in", "enter-the-code", "payment-information"}  # each picture weighs about as much as all the CSS
SCALE = {"type": "png", "animations": "disabled", "caret": "hide", "scale": "css"}

Story = Iterator[tuple[str, Person]]


def main(folder: Path) -> None:
    path = chromium.find()
    if path is None:
        sys.exit(chromium.NONE_HERE)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as server, chromium.launched(path) as browser:
        for look, options in LOOKS.items():
            server.reset()
            for name, somebody in pages(server, at(browser, server, options)):
                if look == "dark" and name not in ALSO_DARK:
                    continue
                somebody.page.evaluate("scrollTo(0, 0)")
                somebody.page.screenshot(path=folder / f"{name}-{look}.png", **SCALE)


def at(browser: Browser, server: Server, options: dict[str, Any]) -> Callable[[str], Person]:
    def person(name: str) -> Person:
        context = browser.new_context(reduced_motion="reduce", **options)
        somebody = Person(context, Watch(context), server.url, script=True)
        return somebody.signs_in(name, demo.PASSWORD) if name else somebody.opens("/sign-in")

    return person


def pages(server: Server, person: Callable[[str], Person]) -> Story:
    """What is worth a picture, in the order of the main job."""
    yield "sign-in", person("")
    ada = person("ada").opens(PAYMENT)
    yield "first-phone-number", ada
    mary = person("mary").opens(PAYMENT).clicks("Send code")
    yield "enter-the-code", mary
    mary.opens("/dev/phones").page.wait_for_timeout(500)
    yield "phones", mary
    grace = person("grace").opens(PAYMENT).fills("Six-digit code", app_code(server.kit)).clicks("Verify")
    yield "payment-information", grace.is_at("Payment Information")
    grace.opens(f"{PAYMENT}/edit").fills("Legal name", "Analytical Engines and Sons Ltd")
    yield "check-the-changes", grace.clicks("Check the changes").is_at("Check the changes")
    yield "two-step-verification-settings", grace.opens(SETTINGS)
    yield "users", grace.opens("/companies/1/settings/users")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
