"""Each answer of the help that names a way can be followed, word by word, by the labels on the pages alone."""

from __future__ import annotations

import re

import pyotp
import pytest
from house.asking import app_code
from playwright.sync_api import expect

from portal.demo import seed

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser

LOGIN_AND_SECURITY = "Accounts & Lists > Account > Login & security"
FREE = "+1 202 555 0102"


def on_the_account_site(somebody):
    """From the console to the account site, by the person's own menu."""
    return somebody.opens_own_menu().clicks("Account").is_at("Account")


def types_the_password(somebody):
    return somebody.is_at("Enter your password").fills("Password", seed.PASSWORD).clicks("Continue")


# What is two-step verification? Which developers must use it?


@pytest.mark.parametrize(
    ("name", "heading"), [("ada", "Add a phone number"), ("grace", "Enter the code"), ("alan", "No access")]
)
def test_opening_payment_information_starts_the_verification(person, name, heading):
    person(name).follows(PAYMENT_INFORMATION).is_at(heading).does_not_see("3000")


# How can I get the verification code?


def test_grace_chooses_a_text_or_a_call_to_each_of_her_numbers_or_her_app(person):
    grace = person("grace").follows(PAYMENT_INFORMATION).sees("Work phone").unfolds("Use another way")
    for way in ("Text •• 43", "Call •• 43", "Text •• 23", "Call •• 23"):
        expect(grace.action(way)).to_be_visible()
    grace.clicks("Text •• 23").sees("charges might apply")


# Does it support authenticator apps?


def test_an_app_can_be_made_the_preferred_way(person, phone, kit):
    mary = on_the_account_site(person("mary")).follows(LOGIN_AND_SECURITY)
    mary.clicks("Edit", under="2-Step verification")
    adds_an_app(mary, phone("+1 202 555 0178"), kit)
    mary.clicks("Edit", under="Pocket")
    verifies_by_text(mary, phone("+1 202 555 0178"), kit)
    mary.clicks("Make preferred").is_told("is preferred now")
    mary.opens("/").follows(PAYMENT_INFORMATION).sees("Open “Pocket” on your phone")


# I want to set up two-step verification for the first time.


@pytest.mark.tour
def test_the_first_set_up_by_phone_number(person, phone):
    ada = on_the_account_site(person("ada")).follows(LOGIN_AND_SECURITY)
    ada.clicks("Turn on", under="2-Step verification").clicks("Phone Number")
    types_the_password(ada).is_at("Add a phone number").fills("Phone number", FREE).chooses("Call").clicks("Send code")
    ada.fills("Six-digit code", phone(FREE).code()).clicks("Verify")
    ada.is_at("Two-Step Verification (2SV) Settings").is_told("Added.").sees("202-555-0102")


@pytest.mark.tour
def test_the_first_set_up_by_authenticator_app(person):
    ada = on_the_account_site(person("ada")).follows(LOGIN_AND_SECURITY)
    ada.clicks("Turn on", under="2-Step verification").clicks("Authenticator App")
    types_the_password(ada).clicks("Show the QR code")
    expect(ada.page.get_by_role("img", name="QR code")).to_be_visible()
    ada.fills("Name of this app", "Tablet").fills("Six-digit code", app_that_scanned(ada)).clicks("Verify")
    ada.is_at("Two-Step Verification (2SV) Settings").sees("Tablet")


# I don't have a phone number associated with my developer account.


def test_payment_information_itself_asks_for_the_first_number(person, phone):
    ada = person("ada").follows(PAYMENT_INFORMATION).fills("Phone number", FREE).clicks("Send code")
    ada.fills("Six-digit code", phone(FREE).code()).clicks("Verify").is_at("Payment Information")


@pytest.mark.parametrize("name", ["ada", "mary"])
def test_a_number_is_added_in_my_account(person, phone, kit, name):
    somebody = person(name).follows("Settings > My Account").sees("There is no phone number in My Account.")
    assert is_in_the_upper_right(somebody, "Edit")
    somebody.clicks("Edit").clicks("Add", under="Phone number")
    types_the_password(somebody)
    if name == "mary":
        verifies_by_text(somebody, phone("+1 202 555 0178"), kit, password=False)
    somebody.fills("Phone number", "202 555 0102").clicks("Send code")
    somebody.fills("Six-digit code", phone(FREE).code()).clicks("Verify").is_at("My Account").sees("202-555-0102")


# Where can I add or edit my current phone number?


def test_the_number_of_my_account_is_changed_where_it_stands(person, phone, kit):
    grace = person("grace").follows("Settings > My Account").clicks("Edit").clicks("Change", under="Phone number")
    types_the_password(grace).fills("Six-digit code", app_code(kit)).clicks("Verify")
    grace.fills("Phone number", FREE).clicks("Send code")
    grace.another_tab().opens(grace.path.replace("/phone-number", "")).sees("202-555-0143").page.close()
    grace.fills("Six-digit code", phone(FREE).code()).clicks("Verify").is_at("My Account")
    grace.sees("202-555-0102").does_not_see("0143")


def test_more_numbers_and_an_app_are_added_on_the_account_site(person, phone, kit, clock):
    mary = on_the_account_site(person("mary")).follows(LOGIN_AND_SECURITY)
    mary.clicks("Edit", under="2-Step verification").is_at("Two-Step Verification (2SV) Settings")
    mary.clicks("Add new phone")
    verifies_by_text(mary, phone("+1 202 555 0178"), kit)
    mary.fills("Phone number", "+44 7700 900456").clicks("Send code")
    mary.fills("Six-digit code", phone("+44 7700 900456").code()).clicks("Verify").sees("+44 7700 900456")
    adds_an_app(mary, phone("+1 202 555 0178"), kit)


# How can I see my current registered phone number?


def test_the_current_number_stands_in_my_account(person):
    person("grace").follows("Settings > My Account").sees("+1 202-555-0143")


def test_all_numbers_and_apps_stand_on_the_account_site(person):
    grace = on_the_account_site(person("grace")).follows(LOGIN_AND_SECURITY)
    grace.clicks("Edit", under="2-Step verification").is_at("Two-Step Verification (2SV) Settings")
    grace.sees("+1 202-555-0143", "+44 7700 900123", "Work phone")


# I don't see a number on the My Account page.


def test_where_my_account_is_empty_the_account_site_shows_what_there_is(person):
    mary = person("mary").follows("Settings > My Account").sees("You have 1 authenticator on the account site")
    on_the_account_site(mary).follows(LOGIN_AND_SECURITY).clicks("Edit", under="2-Step verification")
    mary.sees("+1 202-555-0178")
    for label in ("Add new phone", "Authenticator App"):
        expect(mary.action(label)).to_be_visible()


# Is the number in My Account the same as the number in the Company Profile?


def test_the_number_of_the_company_is_another_one_and_not_used(person):
    grace = person("grace").follows("Settings > Company Profile").sees("+1 202-555-0199")
    grace.sees("not used for two-step verification")
    grace.follows(PAYMENT_INFORMATION).unfolds("Use another way").does_not_see("•• 99")


# How long is the verification code active? What happens if I enter the wrong code? Who can I contact?


def test_the_help_leads_to_the_pages_that_it_names(person):
    grace = person("grace").follows("Help").clicks(PAYMENT_INFORMATION, under="How long does a code work?")
    grace.is_at("Enter the code").follows("Help").is_at("Two-step verification help")


def is_in_the_upper_right(somebody, label: str) -> bool:
    box, page = somebody.action(label).bounding_box(), somebody.main.bounding_box()
    return box["x"] > page["x"] + page["width"] / 2 and box["y"] < 300


def app_that_scanned(somebody) -> str:
    """What an app shows that was given the key on the page."""
    [key] = re.findall(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", somebody.text)
    return pyotp.TOTP(key.replace(" ", "")).now()


def verifies_by_text(somebody, phone, kit, *, password: bool = True):
    """The password and an authenticator that is there, before anything changes."""
    if password:
        types_the_password(somebody)
    before = len(phone.codes())
    somebody.clicks("Send code")
    somebody.fills("Six-digit code", phone.code(after=before)).clicks("Verify")


def adds_an_app(somebody, phone, kit):
    somebody.clicks("Authenticator App")
    verifies_by_text(somebody, phone, kit)
    somebody.clicks("Show the QR code").fills("Name of this app", "Pocket")
    somebody.fills("Six-digit code", app_that_scanned(somebody)).clicks("Verify").sees("Pocket")
