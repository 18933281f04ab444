"""Two windows: somebody who is locked out, and customer support, who sees what is written without reloading."""

from __future__ import annotations

import pytest
from house.asking import app_code
from house.phones import wrong_code
from playwright.sync_api import expect

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser


def locks_herself_out(grace, kit):
    grace.follows(PAYMENT_INFORMATION)
    for _ in range(10):
        grace.fills("Six-digit code", wrong_code(app_code(kit))).clicks("Verify")
    return grace.is_at("Verification is locked").clicks("Contact customer support")


def test_locked_grace_chats_is_identified_unlocked_and_gets_in(person, kit):
    grace = locks_herself_out(person("grace"), kit).clicks("Chat with customer support")
    grace.fills("Message", "Ten times wrong, it was me.").clicks("Send message").sees("Ten times wrong")

    care = comes_to_the_desk(person("care"), kit)
    care.clicks("Open").clicks("Take case").fills("Answer", "I call your company.").clicks("Send answer")
    grace.sees("I call your company.")
    grace.fills("Message", "Thank you.").clicks("Send message")
    care.sees("Thank you.").chooses("Called back").fills("Which number, or which facts", "The company")
    care.clicks("Record it").clicks("Lift the lock").is_told("The lock is lifted.")

    gets_in(grace, kit)


def comes_to_the_desk(care, kit):
    return care.fills("Six-digit code", app_code(kit, "care")).clicks("Verify").is_at("Cases")


def gets_in(grace, kit):
    grace.follows(PAYMENT_INFORMATION).is_at("Enter the code")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information")


def test_locked_grace_is_called_back_identified_unlocked_and_gets_in(person, kit):
    grace = locks_herself_out(person("grace"), kit)
    care = comes_to_the_desk(person("care"), kit).sees("Nobody waits")

    grace.clicks("Have them call you").sees("Nobody here will ever ask you for a code")
    grace.fills("Phone number", "+1 202 555 0199").fills("When is a good time?", "today after 14:00 UTC")
    grace.clicks("Ask for a call").is_told("Customer support will call you back.")

    expect(care.main).to_contain_text("Grace Murray", timeout=15_000)  # the queue looks for itself
    care.clicks("Open").sees("by phone")
    care.sees("+1 202-555-0199, today after 14:00 UTC", "On file", "It is Analytical Engines’s number.")
    care.does_not_see("Lift the lock")
    care.clicks("Take case").sees("Not identified").chooses("Called back")
    care.fills("Which number, or which facts", "The number of the company").clicks("Record it")
    care.sees("Identified", "Called back: The number of the company")
    care.clicks("Lift the lock").is_told("The lock is lifted.").clicks("Close case")

    grace.sees("The lock was lifted.", "This conversation is closed.")
    gets_in(grace, kit)


@pytest.mark.parametrize("script", [True, False])
def test_somebody_who_only_rings_gets_a_case(person, visitor, kit, script):
    care = comes_to_the_desk(person("care", script=script), kit).unfolds("Somebody is on the phone")
    care.fills("E-mail address of the caller", "grace@example.org").fills("What it is about", "Locked out")
    care.clicks("Take the call").is_warned("Nobody has an account with this address.")
    care.fills("E-mail address of the caller", "grace@example.com").clicks("Take the call")
    care.is_at("Case 1: Grace Murray").sees("by phone", "On the phone: Locked out", "Not identified")
    mail = visitor().opens("/dev/mail")
    mail.sees("Customer support opened a case for you", "To grace@example.com", "Somebody rang customer support")
