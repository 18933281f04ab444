"""Approving the change, not the visit: what the phone says, four eyes, a waiting time, a hold from the mail."""

from __future__ import annotations

import re

import pytest
from house.asking import PAYMENT

from portal.database import database
from portal.models.company import Company

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser

MARY, ADA = "+1 202 555 0178", "+1 202 555 0123"
ONE, OTHER = "DE75512108001245126199", "DE02120300000000202051"


def rules(**wanted: object) -> None:
    with database.connection_context():
        Company.update(**wanted).execute()


@pytest.fixture
def mary(person, phone):
    def opens():
        mary = person("mary").follows(PAYMENT_INFORMATION).clicks("Send code")
        mary.fills("Six-digit code", phone(MARY).code())
        return mary.clicks("Verify").is_at("Payment Information")

    return opens


@pytest.fixture
def ada(person, phone):
    def opens():
        ada = person("ada").follows(PAYMENT_INFORMATION).fills("Phone number", ADA).clicks("Send code")
        return ada.fills("Six-digit code", phone(ADA).code()).clicks("Verify").is_at("Payment Information")

    return opens


def types(who, iban):
    return who.clicks("Edit").fills("IBAN", iban).clicks("Check the changes").is_at("Check the changes")


def test_the_text_names_the_account_and_changing_it_makes_the_code_useless(mary, phone, server):
    rules(every_change=True)
    mary = types(mary(), ONE).clicks("Save payment information").is_at("Verify that it is you")
    mary.sees("to pay Analytical Engines to the account ending 6199").clicks("Send code")
    assert "to pay Analytical Engines to the account ending 6199" in phone(MARY).newest["body"]
    code = phone(MARY).code()

    mary.opens(PAYMENT)
    types(mary, OTHER).clicks("Save payment information").sees("ending 2051").clicks("Send code")
    mary.fills("Six-digit code", code).clicks("Verify").sees("This code is invalid")
    mary.fills("Six-digit code", phone(MARY).code()).clicks("Verify").is_at("Check the changes").sees("Approved")
    mary.clicks("Save payment information").is_told("Payment information saved.").sees("2051")


def test_four_eyes_are_those_of_ada_and_mary(mary, ada, server):
    rules(four_eyes=True)
    mary, ada = mary(), ada()
    types(mary, ONE).clicks("Save payment information").sees("A second administrator has to approve it", "3000")
    assert not mary.page.get_by_role("button", name="Approve the change").count()
    ada.follows(PAYMENT_INFORMATION).clicks("Approve the change").is_told("You approved the change.").sees("6199")


def test_a_change_that_waits_is_held_by_one_click_from_the_mail(mary, visitor, kit, server):
    rules(waiting_hours=24)
    mary = types(mary(), ONE).clicks("Save payment information")
    mary.sees("A change is waiting", "3000")
    letters = [letter for letter in kit.mail.letters() if letter["subject"].startswith("Payment information changed")]
    link = re.search(r"/hold/\S+", next(each["body"] for each in letters if each["to"] == "grace@example.com"))[0]
    visitor().opens(link).clicks("Hold the change").is_at("The change is held")
    mary.follows(PAYMENT_INFORMATION).does_not_see("A change is waiting").sees("3000")


def test_a_change_that_nobody_holds_takes_effect_when_its_hours_are_over(mary, clock, server):
    rules(waiting_hours=24)
    types(mary(), ONE).clicks("Save payment information").sees("A change is waiting", "3000")
    clock.forward(hours=24, seconds=5)
    mary().sees("6199").does_not_see("A change is waiting")
