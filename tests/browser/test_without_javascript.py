"""All of it works in a browser that runs no scripts."""

from __future__ import annotations

import pytest
from house.asking import app_code
from house.phones import wrong_code

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser


@pytest.mark.tour
def test_a_newcomer_gets_to_saved_payout_details(person, phone):
    ada = person("ada", script=False).opens("/companies/2/").follows(PAYMENT_INFORMATION)
    ada.is_at("Add a phone number").fills("Phone number", "202.555.0101").clicks("Send code")
    ada.is_told("We have sent a text to the number ending 01.")
    ada.fills("Six-digit code", phone("+1 202 555 0101").code()).clicks("Verify").is_at("Payment Information")

    ada.clicks("Add payment information").chooses("A person").fills("Legal name", "Ada Byron")
    ada.fills("Street and number", "1 Dorset Street").fills("City", "London")
    ada.chooses("United Kingdom", among="Country").chooses("Pound sterling", among="Currency")
    ada.chooses("Germany", among="Country of the bank account").clicks("Show the fields of this country")
    assert ada.field("IBAN").is_visible()
    ada.chooses("United Kingdom", among="Country of the bank account").clicks("Show the fields of this country")
    assert ada.field("Legal name").input_value() == "Ada Byron"

    ada.fills("Sort code", "20-00-00").fills("Account number", "55779911").clicks("Check the changes")
    ada.is_at("Check the changes").clicks("Save payment information").is_told("Payment information saved.")
    ada.sees("Ada Byron", "9911").does_not_see("55779911")


@pytest.mark.tour
def test_a_wrong_code_is_said_to_be_invalid_and_another_one_too_soon_is_refused(person, phone):
    mary = person("mary", script=False).follows(PAYMENT_INFORMATION).clicks("Send code")
    right = phone("+1 202 555 0178").code()
    mary.fills("Six-digit code", wrong_code(right)).clicks("Verify").is_warned("This code is invalid.")
    mary.clicks("Send another").is_warned("A code is on its way. You can ask for another in ")
    assert phone("+1 202 555 0178").codes() == [right]
    mary.fills("Six-digit code", right).clicks("Verify").is_at("Payment Information")


def test_a_double_click_on_verify_lands_on_the_page(person, phone):
    mary = person("mary", script=False).follows(PAYMENT_INFORMATION).clicks("Send code")
    mary.fills("Six-digit code", phone("+1 202 555 0178").code()).double_clicks("Verify").is_at("Payment Information")


def test_so_does_one_on_the_first_number_ever(person, phone):
    ada = person("ada", script=False).follows(PAYMENT_INFORMATION)
    ada.fills("Phone number", "+1 202 555 0101").clicks("Send code")
    ada.fills("Six-digit code", phone("+1 202 555 0101").code()).double_clicks("Verify").is_at("Payment Information")


@pytest.mark.parametrize("name", ["grace", "ada"])
def test_so_does_one_where_scripts_run(person, phone, kit, name):
    somebody = person(name).follows(PAYMENT_INFORMATION)
    if name == "ada":
        somebody.fills("Phone number", "+1 202 555 0101").clicks("Send code")
    code = phone("+1 202 555 0101").code() if name == "ada" else app_code(kit)
    somebody.fills("Six-digit code", code).double_clicks("Verify").is_at("Payment Information")
