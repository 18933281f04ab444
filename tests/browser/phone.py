"""A phone of the demo in somebody's hand, while the program runs, and the same phone as a page shows it."""

from __future__ import annotations

import re
import time

from house.phones import Phone
from playwright.sync_api import Locator, Page

PATIENCE = 5.0  # seconds


class LivePhone(Phone):
    def code(self, *, after: int = 0) -> str:
        """The newest code, once the phone has got more than `after` of them."""
        until = time.monotonic() + PATIENCE
        while len(self.codes()) <= after and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.codes()) > after, f"The phone {self.number} got {len(self.codes())} codes."
        return self.newest_code()


def handset(page: Page, number: str) -> Locator:
    """The phone with this number at /dev/phones, however its number is written there."""
    digits = r"\D*".join(re.sub(r"\D", "", number))
    return page.get_by_role("region", name=re.compile(rf"\+{digits}"))


def set_at_dev_phones(page: Page, number: str, condition: str) -> None:
    """Choose there what is the matter with the phone: works, slow, lost, failing or down."""
    shown = handset(page, number)
    shown.get_by_role("combobox").select_option(condition)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        shown.get_by_role("button", name="Set", exact=False).click()
