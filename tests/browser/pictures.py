"""The pictures in docs/screenshots: chosen states of the gallery. After a wanted change of the look, in `tests`:

../.venv/bin/python -m browser.pictures
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from house.plays import Plays, apart, settings_in
from playwright.sync_api import Browser

from portal import language
from portal.demo.gallery.export import projector
from portal.demo.gallery.looks import Look
from portal.demo.gallery.stage import Stage

from . import chromium

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots"
LEDGER = Path(__file__).parent.parent.parent / "themes" / "ledger"

DESKTOP, PHONE = "desktop", "phone"
STATES = {
    "sign-in": "sign-in/sign-in",
    "first-phone-number": "two-step-verification/no-authenticator-yet-the-first-number",
    "enter-the-code": "two-step-verification/a-text-was-sent-the-next-has-to-wait",
    "wrong-code": "two-step-verification/the-last-tries",
    "locked": "two-step-verification/locked-for-half-an-hour",
    "payment-information": "payment-information/payment-information",
    "check-the-changes": "payment-information/check-the-changes",
    "two-step-verification-settings": "account/2-step-verification-settings",
    "users": "users/users",
}
IN_THE_DARK = ("sign-in", "enter-the-code", "payment-information")
IN_GERMAN = ("enter-the-code", "locked")
IN_THE_LEDGER = ("enter-the-code", "payment-information")


@dataclass(frozen=True)
class Picture:
    state: str
    size: str
    look: Look
    end: str  # of its name
    theme: bool = False

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.state}-{self.end}.png"


ALL = [
    *(Picture(state, size, Look(), size) for state in STATES for size in (DESKTOP, PHONE)),
    *(Picture(state, DESKTOP, Look(scheme="dark"), "dark") for state in IN_THE_DARK),
    *(Picture(state, PHONE, Look(language="de"), "german") for state in IN_GERMAN),
    *(Picture(state, DESKTOP, Look(), "ledger", theme=True) for state in IN_THE_LEDGER),
]

Taking = Callable[[Picture], bytes]


def camera(browser: Browser, stage: Stage | Plays) -> Taking:
    """What takes a picture of one state: as much of it as one screen shows."""
    show = projector(browser, stage)

    def take(picture: Picture) -> bytes:
        page: Any = show(STATES[picture.state], picture.look, picture.size)
        page.evaluate("document.activeElement.blur()")
        taken: bytes = page.screenshot(animations="disabled", caret="hide")
        return taken

    return take


@contextmanager
def under_the_ledger(folder: Path) -> Iterator[Stage]:
    """A stage whose scenes play in our second theme."""
    with apart():
        stage = Stage(settings_in(folder, theme=LEDGER))
        yield stage
        stage.close()
    language.connect(settings_in(folder))


def main() -> None:
    path = chromium.find()
    if path is None:
        sys.exit(chromium.NONE_HERE)
    FOLDER.mkdir(exist_ok=True)
    with chromium.launched(path) as browser, TemporaryDirectory() as data:
        paint(camera(browser, Stage(settings_in(Path(data)))), theme=False)
        with under_the_ledger(Path(data)) as stage:
            paint(camera(browser, stage), theme=True)


def paint(take: Taking, *, theme: bool) -> None:
    for picture in (each for each in ALL if each.theme == theme):
        picture.file.write_bytes(take(picture))


if __name__ == "__main__":
    main()
