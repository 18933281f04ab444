"""Somebody at a browser, who finds their way by the words on the page alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from playwright.sync_api import BrowserContext, Locator, Page, expect

from .watch import Watch

PATIENCE = 10_000  # milliseconds for a page
PAYMENT_INFORMATION = "Settings > Payments and Benefits > Payment Information"


class Person:
    def __init__(self, context: BrowserContext, watch: Watch, url: str, *, script: bool) -> None:
        self.context, self.watch, self.url, self.script = context, watch, url, script
        self.page: Page = context.new_page()

    def another_tab(self) -> Person:
        return Person(self.context, self.watch, self.url, script=self.script)

    # Going

    def opens(self, path: str) -> Person:
        self.page.goto(self.url + path, wait_until="domcontentloaded")
        return self

    def signs_in(self, name: str, password: str) -> Person:
        self.opens("/sign-in").fills("E-mail address", f"{name}@example.com").fills("Password", password)
        return self.clicks("Sign in")

    def signs_out(self) -> Person:
        return self.opens_own_menu().clicks("Sign out")

    def opens_own_menu(self) -> Person:
        """The one at the upper right: the person's on the console, Accounts & Lists on the account site."""
        self.page.get_by_role("banner").locator("summary").last.click()
        return self

    def goes_back(self) -> Person:
        """The Back button of the browser."""
        with self.arriving():
            self.page.evaluate("setTimeout(() => history.back())")  # answers before the page is gone
        return self

    def follows(self, path: str) -> Person:
        """Go the way that the help describes: each label is a link, a menu to unfold, or the words over a group."""
        for label in path.split(" > "):
            self.takes(label)
        return self

    def takes(self, label: str) -> None:
        """One step of a way: a link, a menu to unfold, or the words over a group of links; menus come first."""
        menus = self.page.get_by_role("navigation").or_(self.page.get_by_role("banner"))
        for place, name in ((menus, exactly(label)), (self.page, exactly(label)), (self.main, begins_with(label))):
            links = place.get_by_role("link", name=name).filter(visible=True)
            folded = place.locator("summary", has_text=label).filter(visible=True)
            if links.count():
                with self.arriving():
                    links.first.click()
                return
            if folded.count():
                folded.click()
                return
            if menus.get_by_text(label, exact=True).filter(visible=True).count():
                return
        raise AssertionError(f"{label!r} is nowhere at {self.path}: {self.page.locator('body').inner_text()}")

    def clicks(self, label: str | re.Pattern[str], under: str = "") -> Person:
        """Follow the link, or press the button, with these words."""
        with self.arriving():
            self.action(label, under).click()
        return self

    def double_clicks(self, label: str) -> Person:
        with self.arriving():
            self.action(label).dblclick()
        return self

    def unfolds(self, label: str) -> Person:
        """What is folded away under these words; it may stand open already."""
        summary = self.page.locator("summary", has_text=label).filter(visible=True)
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
        return self

    def fills(self, label: str, text: str) -> Person:
        self.field(label).fill(text)
        return self

    def chooses(self, option: str, among: str = "") -> Person:
        """A radio card by its words, or an option of the list called `among`."""
        if among:
            brings_more = self.script and self.field(among).get_attribute("hx-post")
            with self.arriving() if brings_more else nullcontext():
                self.field(among).select_option(label=option)
        else:
            self.page.get_by_role("radio", name=begins_with(option)).check()
        return self

    def waits(self, seconds: float) -> Person:
        self.page.wait_for_timeout(1000 * seconds)
        return self

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Wait until what is done inside has led to another page, whole or swapped in."""
        if not self.script:
            with self.page.expect_navigation(wait_until="domcontentloaded", timeout=PATIENCE):
                yield
            return
        before = self.watch.at(self.page)
        yield
        for _ in range(PATIENCE // 20):
            if self.watch.at(self.page) > before:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"Nothing came: still at {self.page.url}: {self.text}")

    # Looking

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def text(self) -> str:
        return self.main.inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    def is_at(self, heading: str) -> Person:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def sees(self, *words: str) -> Person:
        for each in words:
            expect(self.main).to_contain_text(each, use_inner_text=True)
        return self

    def does_not_see(self, *words: str) -> Person:
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)
        return self

    def is_told(self, words: str | re.Pattern[str]) -> Person:
        """A sentence that is confirmed to everybody: it stands in a status."""
        expect(self.page.get_by_role("status").filter(has_text=words).first).to_be_visible()
        return self

    def is_warned(self, words: str | re.Pattern[str]) -> Person:
        """A sentence that nobody must miss: it stands in an alert."""
        expect(self.page.get_by_role("alert").filter(has_text=words).first).to_be_visible()
        return self

    def field(self, label: str) -> Locator:
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        return self.page.get_by_label(name).and_(self.page.locator("input, select, textarea"))

    def action(self, label: str | re.Pattern[str], under: str = "") -> Locator:
        place = self.around(under) if under else self.page.locator("body")
        links, buttons = (place.get_by_role(role, name=begins_with(label)) for role in ("link", "button"))
        return links.or_(buttons).filter(visible=True)

    def around(self, words: str) -> Locator:
        """The smallest part of the page around these words in which there is something to do."""
        return self.main.get_by_text(words, exact=True).locator("xpath=ancestor::*[.//a or .//button][1]")


def exactly(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*$")


def begins_with(label: str | re.Pattern[str]) -> re.Pattern[str]:
    if isinstance(label, re.Pattern):
        return label
    return re.compile(rf"^\s*{re.escape(label)}(?!\w)")
