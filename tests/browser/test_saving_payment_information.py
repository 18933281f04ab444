"""A form that comes too late, and two administrators who save at once: nothing is carried out, nothing is lost."""

from __future__ import annotations

import pytest
from house.asking import app_code

from portal.database import database
from portal.models.payment import PaymentVersion

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser

IBAN = "DE75512108001245126199"


@pytest.fixture
def grace(person, kit):
    grace = person("grace").follows(PAYMENT_INFORMATION)
    return grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information")


@pytest.fixture
def mary(person, phone):
    mary = person("mary").follows(PAYMENT_INFORMATION).clicks("Send code")
    mary.fills("Six-digit code", phone("+1 202 555 0178").code())
    return mary.clicks("Verify").is_at("Payment Information")


def versions() -> int:
    with database.connection_context():
        return PaymentVersion.select().count()


@pytest.mark.tour
def test_a_form_that_comes_too_late_is_kept_and_saved_only_when_the_button_is_pressed_again(grace, clock, kit):
    grace.clicks("Edit").fills("Legal name", "Engines Unlimited").fills("IBAN", IBAN)
    clock.forward(minutes=15)
    grace.clicks("Check the changes").is_at("Enter the code").does_not_see("Engines Unlimited")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Edit payment information")
    assert versions() == 1

    grace.sees("Your entries are back")
    assert grace.field("Legal name").input_value() == "Engines Unlimited"
    assert grace.field("IBAN").input_value() == ""
    grace.fills("IBAN", IBAN).clicks("Check the changes").is_at("Check the changes")
    grace.clicks("Save payment information").is_told("Payment information saved.")
    grace.sees("Engines Unlimited", "6199")
    assert versions() == 2


def test_the_last_button_pressed_too_late_saves_nothing_either(grace, clock, kit):
    grace.clicks("Edit").fills("Legal name", "Engines Unlimited").clicks("Check the changes")
    clock.forward(minutes=15)
    grace.clicks("Save payment information").is_at("Enter the code")
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Check the changes").sees("Engines Unlimited")
    assert versions() == 1
    grace.clicks("Save payment information").is_told("Payment information saved.")
    assert versions() == 2


@pytest.mark.tour
def test_of_two_administrators_who_save_at_once_the_second_is_told_and_loses_nothing(grace, mary):
    for somebody, label, words in ((grace, "Legal name", "Engines of Grace"), (mary, "City", "Burntisland")):
        somebody.clicks("Edit").fills(label, words).clicks("Check the changes").is_at("Check the changes")
    grace.clicks("Save payment information").is_told("Payment information saved.")

    mary.clicks("Save payment information").is_warned("Grace Murray saved payment information")
    mary.is_at("Check the changes").sees("Engines of Grace", "Burntisland")
    assert versions() == 2
    mary.clicks("Save payment information").is_told("Payment information saved.").sees("Burntisland")
    assert versions() == 3


def test_a_field_that_is_wrong_says_so_beside_it_and_keeps_the_rest(grace):
    grace.clicks("Edit").fills("City", "Paris").fills("IBAN", "DE75512108001245126198").clicks("Check the changes")
    grace.is_warned("Some fields need another look. Nothing is saved yet.")
    assert grace.field("City").input_value() == "Paris"
    assert grace.field("IBAN").get_attribute("aria-invalid") == "true"
    assert versions() == 1
