"""Two windows, and a day between: grace lost her phone, and everybody who can say no hears of it in time."""

from __future__ import annotations

import pytest
from house.asking import app_code
from playwright.sync_api import Locator, expect

from .person import PAYMENT_INFORMATION, Person
from .phone import handset

pytestmark = pytest.mark.browser

HERS = ("+1 202 555 0143", "+44 7700 900123")
CONCERNED = ("grace", "ada", "mary")  # the person, and the other administrators of her company


class Table:
    """What came by mail and on the phones, as the demo's pages show it, in a tab beside the others."""

    def __init__(self, somebody: Person) -> None:
        self.somebody = somebody

    def letter(self, name: str, subject: str) -> Locator:
        """The newest one to this person about this, unfolded."""
        page = self.somebody.opens("/dev/mail").page
        of_theirs = page.locator("details", has_text=f"To {name}@example.com").filter(has_text=subject)
        expect(of_theirs.first).to_be_attached()
        if of_theirs.first.get_attribute("open") is None:
            of_theirs.first.locator("summary").click()
        return of_theirs.first

    def follows_the_link(self, name: str, subject: str) -> Person:
        link = self.letter(name, subject).get_by_role("link", name="/replacement/")
        with self.somebody.arriving():
            link.click()
        return self.somebody

    def everybody_is_told(self, subject: str, *words: str) -> None:
        for name in CONCERNED:
            for each in words:
                expect(self.letter(name, subject)).to_contain_text(each)

    def her_phones_are_told(self, words: str) -> None:
        page = self.somebody.opens("/dev/phones").page
        for number in HERS:
            expect(handset(page, number).locator(".push")).to_contain_text(words)

    def other_phones_are_silent(self) -> None:
        assert self.somebody.opens("/dev/phones").page.get_by_text("lost this phone").count() == len(HERS)


@pytest.fixture
def table(visitor):
    return Table(visitor())


@pytest.fixture
def care(person, kit):
    """At the desk; on another day with the code of that day."""
    return lambda: person("care").fills("Six-digit code", app_code(kit, "care")).clicks("Verify").is_at("Cases")


def asks_for_help(grace):
    grace.opens("/support").clicks("Chat with customer support")
    return grace.fills("Message", "My phone is gone, and the app with it.").clicks("Send message")


def begins(care):
    care.clicks("Open").clicks("Take case").chooses("Called back")
    care.fills("Which number, or which facts", "The number of the company").clicks("Record it")
    return care.clicks("Replace lost phones and apps").is_told("The replacement has begun.")


def test_a_lost_phone_is_replaced_after_a_day_in_which_grace_could_cancel(person, care, table, clock, phone):
    grace = asks_for_help(person("grace"))
    desk = begins(care()).sees("Replacement under way", "in 24 hours")
    grace.sees("The replacement of lost phones and apps has begun.")
    table.everybody_is_told("Phones and apps are being replaced", "Grace Murray (grace@example.com)", "/replacement/")
    table.her_phones_are_told("customer support was told that you lost this phone")
    table.other_phones_are_silent()

    door = table.follows_the_link("grace", "Phones and apps are being replaced")
    door.is_at("Cancel this replacement").sees("Grace Murray")
    door.clicks("Cancel the replacement").is_at("The replacement is cancelled")
    grace.sees("The replacement of phones and apps was cancelled.")
    desk.sees("The replacement of phones and apps was cancelled.")
    table.everybody_is_told("A replacement was cancelled", "They work as before.")
    table.follows_the_link("ada", "Phones and apps are being replaced").is_at("This link does not work any more")

    desk.page.reload()
    desk.clicks("Replace lost phones and apps").is_told("The replacement has begun.")
    clock.forward(hours=23, minutes=59)
    person("grace").follows(PAYMENT_INFORMATION).is_at("Enter the code")
    clock.forward(minutes=2)

    grace = person("grace").follows(PAYMENT_INFORMATION).is_at("Add a phone number")
    table.everybody_is_told("Phones and apps were removed", "New ones can be added")
    grace.fills("Phone number", "+1 202 555 0111").chooses("Text").clicks("Send code").is_at("Enter the code")
    grace.fills("Six-digit code", phone("+1 202 555 0111").code()).clicks("Verify").is_at("Payment Information")
    care().opens("/desk/cases/1").sees("The lost phones and apps were removed.", "Phone ending 11")
