"""The page where the code goes: its countdowns, and what it says of wrong codes, old codes and providers in trouble."""

from __future__ import annotations

import re
import time

import pytest
from house.phones import wrong_code
from playwright.sync_api import expect

from .person import PAYMENT_INFORMATION
from .phone import set_at_dev_phones

pytestmark = pytest.mark.browser

NUMBER = "+1 202 555 0178"


@pytest.fixture
def mary(person):
    """Mary, whose browser's own time a test can let run."""
    mary = person("mary")
    mary.page.clock.install()
    return mary.follows(PAYMENT_INFORMATION)


def test_the_ten_minutes_are_counted_down_until_the_code_has_expired(mary, phone, clock):
    mary.clicks("Send code").sees("Works for 10 minutes")
    mary.page.clock.run_for("03:00")
    mary.sees("Works for 7 minutes")
    mary.page.clock.run_for("06:15")
    mary.sees(" seconds.")
    mary.page.clock.run_for("01:00")
    mary.sees("This code has expired.")

    clock.forward(minutes=10)
    mary.fills("Six-digit code", phone(NUMBER).code()).clicks("Verify")
    mary.is_warned("This code has expired: a code works for 10 minutes. Send another code.")
    mary.clicks("Send another").is_told("We have sent a text")
    mary.fills("Six-digit code", phone(NUMBER).code(after=1)).clicks("Verify").is_at("Payment Information")


def test_send_another_wakes_up_by_itself(mary, phone, clock):
    another = mary.clicks("Send code").action("Send another")
    expect(another).to_have_text(re.compile(r"Send another in (30|29|28) seconds"))
    expect(another).to_be_disabled()
    another.click(force=True)
    mary.page.clock.run_for("00:31")
    expect(another).to_have_text("Send another")
    expect(another).to_be_enabled()

    clock.forward(seconds=30)
    mary.clicks("Send another").is_told("We have sent a text")
    assert len(phone(NUMBER).messages) == 2


@pytest.mark.tour
def test_a_wrong_code_brings_the_sentence_and_the_field_back_without_a_new_page(mary, phone):
    mary.clicks("Send code").page.evaluate("window.mark = 'still here'")
    code = mary.field("Six-digit code")
    wrong = wrong_code(phone(NUMBER).code())
    code.fill(wrong)
    code.press("Enter")
    mary.is_warned("This code is invalid. Check it and try again.")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("aria-invalid", "true")
    assert mary.page.evaluate("getSelection().toString() || document.activeElement.value") == wrong
    assert mary.page.evaluate("window.mark") == "still here"


def test_the_last_tries_are_counted(mary, phone):
    mary.clicks("Send code")
    wrong = wrong_code(phone(NUMBER).code())
    for left in ("3 tries", "2 tries", "1 try"):
        for _ in range(7 if left == "3 tries" else 1):
            mary.fills("Six-digit code", wrong).clicks("Verify")
        mary.is_warned(f"You have {left} left before your account is locked for a while.")
    mary.fills("Six-digit code", wrong).clicks("Verify").is_at("Verification is locked")
    mary.sees("in 30 minutes").page.reload()
    mary.is_at("Verification is locked").clicks("Contact customer support")


def sets(somebody, condition, number=NUMBER):
    table = somebody.another_tab().opens("/dev/phones")
    set_at_dev_phones(table.page, number, condition)
    table.page.close()


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("failing", "This phone cannot be reached right now. Try a call instead, or use another way."),
        ("down", "Our phone provider does not answer."),
    ],
)
def test_a_message_that_does_not_go_out_is_said_at_once_with_another_way_beside_it(mary, condition, sentence):
    sets(mary, condition)
    mary.clicks("Send code").is_warned(sentence).unfolds("Use another way")
    expect(mary.action("Call")).to_be_visible()
    expect(mary.action("Send another")).to_be_enabled()


def test_a_slow_provider_keeps_nobody_waiting(person, phone):
    emmy = person("emmy").follows(PAYMENT_INFORMATION)
    sets(emmy, "slow", "+1 202 555 0166")
    began = time.monotonic()
    emmy.clicks("Send code").is_told("The phone company is taking its time. If nothing arrives, use another way.")
    assert time.monotonic() - began < 2
    emmy.unfolds("Use another way")
    expect(emmy.action("Call")).to_be_visible()


def test_a_text_that_is_lost_can_be_called_for(mary, phone):
    sets(mary, "lost")
    mary.clicks("Send code").is_at("Enter the code")
    assert not phone(NUMBER).messages
    sets(mary, "works")
    mary.unfolds("Use another way").clicks("Call").sees("read out to the number ending 78")
    mary.fills("Six-digit code", phone(NUMBER).code()).clicks("Verify").is_at("Payment Information")
