"""From the door to Payment Information and back: a newcomer, somebody with every authenticator, and nobody."""

from __future__ import annotations

import pytest
from house.asking import app_code
from playwright.sync_api import expect

from .person import PAYMENT_INFORMATION
from .phone import handset

pytestmark = [pytest.mark.browser, pytest.mark.tour]

ACCOUNT = "DE75 5121 0800 1245 1261 99"


def test_a_newcomer_adds_a_number_and_saves_where_the_income_goes(person):
    ada = person("ada", permissions=["clipboard-read", "clipboard-write"])
    ada.opens("/companies/2/").follows(PAYMENT_INFORMATION).is_at("Add a phone number")
    ada.sees("charges might apply")
    ada.fills("Phone number", "(202) 555-0101").chooses("Text").clicks("Send code").is_at("Enter the code")

    table = ada.another_tab().opens("/dev/phones")
    shown = handset(table.page, "+1 202 555 0101")
    shown.get_by_role("button", name="Copy code").click()
    expect(shown.get_by_role("button", name="copied")).to_be_visible()
    table.page.close()
    ada.page.bring_to_front()
    ada.field("Six-digit code").press("Control+V")
    ada.clicks("Verify").is_at("Payment Information").sees("No payout details yet", "Open for 15 minutes")

    ada.clicks("Add payment information")
    ada.chooses("A company").fills("Legal name", "Difference Works Ltd").fills("Street and number", "1 Dorset Street")
    ada.fills("City", "London").fills("Postal code", "W1U 4EG").chooses("United Kingdom", among="Country")
    ada.chooses("Euro", among="Currency").chooses("Germany", among="Country of the bank account")
    ada.fills("IBAN", ACCOUNT).clicks("Check the changes").is_at("Check the changes")
    ada.clicks("Save payment information").is_told("Payment information saved.")

    ada.page.reload()
    ada.is_at("Payment Information").sees("Difference Works Ltd", "DE •••• 6199")
    assert "5121" not in ada.page.content()


def test_grace_gets_in_with_her_app_then_by_text_then_by_call(person, phone, kit):
    grace = person("grace").follows(PAYMENT_INFORMATION).is_at("Enter the code").sees("Work phone")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information")

    grace.clicks("End now").follows(PAYMENT_INFORMATION).unfolds("Use another way").clicks("Text •• 43")
    grace.is_told("We have sent a text to the number ending 43.")
    grace.fills("Six-digit code", phone("+1 202 555 0143").code()).clicks("Verify").is_at("Payment Information")

    grace.clicks("End now").follows(PAYMENT_INFORMATION).unfolds("Use another way").clicks("Call •• 23")
    grace.sees("read out to the number ending 23")
    heard = phone("+44 7700 900123").code()
    grace.fills("Six-digit code", f"{heard[:3]} {heard[3:]}").clicks("Verify").is_at("Payment Information")


def test_alan_is_refused_and_his_phone_stays_silent(person, phone):
    alan = person("alan").follows(PAYMENT_INFORMATION).is_at("No access")
    alan.sees("Only administrators").does_not_see("DE89", "code")
    assert not phone("+1 202 555 0119").messages


def test_send_answer_and_resend_are_swapped_into_the_page_that_stands_there(person, phone, clock):
    mary = person("mary").follows(PAYMENT_INFORMATION)
    mary.page.evaluate("window.mark = 'still here'")
    here = mary.path
    mary.clicks("Send code").is_at("Enter the code")
    mary.fills("Six-digit code", "000000").clicks("Verify").is_warned("invalid")
    mary.unfolds("Use another way").clicks("Call")
    mary.fills("Six-digit code", phone("+1 202 555 0178").code(after=1)).clicks("Verify").is_at("Payment Information")
    assert mary.page.evaluate("window.mark") == "still here"
    assert mary.path == here
