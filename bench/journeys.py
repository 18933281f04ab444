"""The four journeys, each of which looks at what it was answered."""

from __future__ import annotations

import base64
import hmac
import threading
import time
from collections.abc import Callable
from pathlib import Path

from browser import Browser, Wrong
from targets import Form

Journey = Callable[[Browser, "Phones"], None]
TRIES, PAUSE_SECONDS = 200, 0.005  # how long a text may take


class Phones:
    """The file in which every text ends, read as it grows."""

    def __init__(self, file: Path) -> None:
        file.touch()
        self.lines = file.open()
        self.lines.seek(0, 2)
        self.codes: dict[str, str] = {}
        self.lock = threading.Lock()

    def code_for(self, phone: str) -> str:
        """The code that was texted to `phone`; waits for it."""
        for _ in range(TRIES):
            with self.lock:
                self.codes |= dict(line.split() for line in self.lines)
                if phone in self.codes:
                    return self.codes.pop(phone)
            time.sleep(PAUSE_SECONDS)
        raise Wrong(f"No text to {phone}.")


def step_up_by_app(browser: Browser, phones: Phones) -> None:
    """A: ask for the protected page, answer with the code of the app, and be there."""
    open_challenge(browser)
    answer(browser, browser.target.by_app, code_of_app(browser.secret))
    must_be_open(browser)


def step_up_by_text(browser: Browser, phones: Phones) -> None:
    """B: ask for the protected page, have a code texted, answer with it, and be there."""
    open_challenge(browser)
    browser.submit(browser.target.ask_for_text)
    if browser.status != 200:
        raise Wrong(f"No code was sent: {browser.excerpt}")
    answer(browser, browser.target.by_text, phones.code_for(browser.phone))
    must_be_open(browser)


def answer_wrongly(browser: Browser, phones: Phones) -> None:
    """C: one wrong code; the challenge stands there already, so this is one POST."""
    wrong = (int(code_of_app(browser.secret)) + 111_111 + browser.number) % 1_000_000
    answer(browser, browser.target.by_app, f"{wrong:06d}")
    if browser.target.wrong not in browser.page or is_open(browser):
        raise Wrong(f"A wrong code was not refused: {browser.excerpt}")


def look(browser: Browser, phones: Phones) -> None:
    """D: look at the protected page, which is open since the step-up."""
    open_protected(browser)
    must_be_open(browser)


def meet_challenge(browser: Browser, phones: Phones) -> None:
    """No further than the challenge: what C needs before it, and what is measured right after a start."""
    open_challenge(browser)


def open_challenge(browser: Browser) -> None:
    open_protected(browser)
    if browser.status != 200 or is_open(browser):
        raise Wrong(f"No challenge came: {browser.excerpt}")


def open_protected(browser: Browser) -> None:
    browser.open(browser.target.protected.format(number=browser.number))


def answer(browser: Browser, form: Form, code: str) -> None:
    browser.submit(form, **{form.code: code})


def is_open(browser: Browser) -> bool:
    return browser.target.opened in browser.page


def must_be_open(browser: Browser) -> None:
    if browser.status != 200 or not is_open(browser):
        raise Wrong(f"The protected page did not come: {browser.excerpt}")


def code_of_app(secret: str) -> str:
    """RFC 6238, as every authenticator app does it."""
    step = int(time.time()) // 30
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[19] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


JOURNEYS: dict[str, Journey] = {
    "A": step_up_by_app,
    "B": step_up_by_text,
    "C": answer_wrongly,
    "D": look,
    "challenge": meet_challenge,
}
