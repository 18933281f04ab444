"""One sign-in on two sites and in several companies, shared numbers, roles that are lost, and "this was not me"."""

from __future__ import annotations

import re

import pytest
from house.asking import app_code

from portal.demo import seed

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser

MARYS = "+1 202 555 0178"
SETTINGS = "/account/login-and-security/2-step-verification"


def test_mary_gets_into_both_companies_with_a_verification_for_each(person, phone):
    mary = person("mary").follows("Settings > My Account").sees("There is no phone number in My Account.")
    for number, company in enumerate(("Analytical Engines", "Difference Works")):
        mary.opens("/").unfolds("Company:").clicks(company).follows(PAYMENT_INFORMATION).clicks("Send code")
        mary.fills("Six-digit code", phone(MARYS).code(after=number)).clicks("Verify").is_at("Payment Information")
    mary.unfolds("Company:").clicks("Analytical Engines").follows(PAYMENT_INFORMATION).is_at("Payment Information")


def test_grace_removes_every_authenticator_and_the_gate_closes(person, phone, kit, clock):
    grace = person("grace")
    grace.opens(SETTINGS).clicks("Edit Work phone").fills("Password", seed.PASSWORD).clicks("Continue")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").clicks("Remove").is_told("is removed.")
    for sent, ending in enumerate(("23", "43")):
        clock.forward(minutes=2)
        grace.opens(SETTINGS).clicks(f"Edit the number ending {ending}")
        grace.fills("Password", seed.PASSWORD).clicks("Continue").clicks("Send code")
        grace.fills("Six-digit code", phone("+1 202 555 0143").code(after=sent)).clicks("Verify")
        grace.clicks("Remove").is_told("is removed.")
    grace.opens("/").follows(PAYMENT_INFORMATION).is_at("Add a phone number").does_not_see("3000")


def test_ada_and_mary_share_a_number_and_neither_can_use_the_code_of_the_other(person, phone, clock):
    ada = person("ada").opens(f"{SETTINGS}/phone").fills("Password", seed.PASSWORD).clicks("Continue")
    ada.fills("Phone number", MARYS).clicks("Send code")
    ada.fills("Six-digit code", phone(MARYS).code()).clicks("Verify").is_told("Added.")

    clock.forward(minutes=5)
    mary = person("mary").follows(PAYMENT_INFORMATION).clicks("Send code")
    for_mary = phone(MARYS).code(after=1)
    ada.opens("/").follows(PAYMENT_INFORMATION).clicks("Send code")
    for_ada = phone(MARYS).code(after=2)
    for somebody, others in ((ada, for_mary), (mary, for_ada)):
        somebody.fills("Six-digit code", others).clicks("Verify").is_warned("This code is invalid.")
    for somebody, own in ((ada, for_ada), (mary, for_mary)):
        somebody.fills("Six-digit code", own).clicks("Verify").is_at("Payment Information")


def test_the_console_refuses_a_number_of_another_account_only_once_it_is_proved(person, phone):
    ada = person("ada").follows("Settings > My Account").clicks("Edit").clicks("Add", under="Phone number")
    ada.fills("Password", seed.PASSWORD).clicks("Continue").fills("Phone number", MARYS).clicks("Send code")
    ada.is_at("Enter the code").does_not_see("another account")
    ada.fills("Six-digit code", phone(MARYS).code()).clicks("Verify").is_at("This number is in use")
    ada.is_warned("another account uses it already").sees("Accounts & Lists > Account > Login & security")


def test_a_role_taken_away_in_one_browser_acts_on_the_next_click_in_the_other(person, phone, kit):
    grace = person("grace").follows(PAYMENT_INFORMATION)
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information")

    mary = person("mary").follows("Settings > Users").clicks("Change Grace Murray").clicks("Send code")
    mary.fills("Six-digit code", phone(MARYS).code()).clicks("Verify").is_at("Grace Murray")
    mary.chooses("Developer").clicks("Save role").is_told("Grace Murray is developer now.")

    grace.clicks("Show account number").is_at("No access").does_not_see("3000", "DE89")
    grace.opens("/").follows(PAYMENT_INFORMATION).is_at("No access")


def test_a_new_number_is_told_by_mail_and_to_the_old_phone(person, phone, kit):
    grace = person("grace").follows("Settings > My Account").clicks("Edit").clicks("Change", under="Phone number")
    grace.fills("Password", seed.PASSWORD).clicks("Continue").fills("Six-digit code", app_code(kit)).clicks("Verify")
    grace.fills("Phone number", "+1 202 555 0102").clicks("Send code")
    grace.fills("Six-digit code", phone("+1 202 555 0102").code()).clicks("Verify").is_at("My Account")
    assert "this number was replaced" in phone("+1 202 555 0143").messages[-1]["body"]
    mailbox = grace.another_tab().opens("/dev/mail")
    mailbox.sees("grace@example.com").clicks(re.compile(r".*not-me.*")).is_at("This wasn’t me")


def test_a_change_of_payment_information_is_told_to_every_administrator(person, kit):
    grace = saves_a_change(person, kit)
    told = [letter["to"] for letter in kit.mail.letters() if "ayment information" in letter["subject"]]
    assert sorted(told) == ["ada@example.com", "grace@example.com", "mary@example.com"]
    grace.another_tab().opens("/dev/mail").sees("mary@example.com", "Grace Murray")


def test_not_me_works_from_a_browser_that_nobody_is_signed_in_with_and_freezes_what_it_says(
    person, visitor, phone, kit
):
    grace = adds_a_phone(person, phone, kit)
    [link] = [found for letter in kit.mail.letters() for found in re.findall(r"/not-me/\S+", letter["body"])]

    stranger = visitor().opens(link).is_at("This wasn’t me").clicks("Protect my account")
    stranger.is_at("Your account is protected")

    grace.opens("/").is_at("Sign in")
    grace.signs_in("grace", seed.PASSWORD).follows(PAYMENT_INFORMATION).is_at("Your account is protected")
    grace.opens(SETTINGS).clicks("Add new phone").is_at("Your account is protected").does_not_see("Password")
    visitor().opens(link).is_at("This link does not work any more")

    grace.clicks("Set a new password").fills("E-mail address", "grace@example.com").clicks("Send link")
    [reset] = [found for letter in kit.mail.letters() for found in re.findall(r"/new-password/\S+", letter["body"])]
    grace.opens(reset).fills("New password", "five quiet unrelated long words").clicks("Save password")
    grace.signs_in("grace", "five quiet unrelated long words").follows(PAYMENT_INFORMATION).is_at("Enter the code")


def saves_a_change(person, kit):
    grace = person("grace").follows(PAYMENT_INFORMATION)
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").clicks("Edit").fills("City", "Paris")
    return grace.clicks("Check the changes").clicks("Save payment information").is_told("Payment information saved.")


def adds_a_phone(person, phone, kit):
    grace = person("grace").opens(f"{SETTINGS}/phone").fills("Password", seed.PASSWORD).clicks("Continue")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").fills("Phone number", "+1 202 555 0102")
    grace.clicks("Send code").fills("Six-digit code", phone("+1 202 555 0102").code()).clicks("Verify")
    return grace.is_told("Added.")
