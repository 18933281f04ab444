"""The Back button shows no payment data to whoever sits down next, with the browser's own memory of pages on."""

from __future__ import annotations

import pytest
from house.asking import app_code
from playwright.sync_api import Route

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser

PAYEE, ACCOUNT = "Analytical Engines Ltd", "3000"


@pytest.fixture(params=["swapped in", "loaded"])
def grace(person, kit, request):
    """Grace in front of her company's payout details, with another page before them."""
    grace = person("grace").follows("Help").follows("Home > " + PAYMENT_INFORMATION)
    grace.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information")
    if request.param == "loaded":
        grace.page.reload()  # a page that htmx has fetched nothing for is kept by the browser sooner
    return grace.sees(PAYEE, ACCOUNT)


def test_after_sign_out_back_leads_to_the_door(grace):
    grace.signs_out().is_at("Sign in").goes_back().is_at("Sign in").does_not_see(PAYEE, ACCOUNT)


def test_after_fifteen_minutes_back_leads_to_the_challenge(grace, clock):
    grace.follows("Home")
    clock.forward(minutes=15)
    grace.goes_back().is_at("Enter the code").does_not_see(PAYEE, ACCOUNT)


def test_after_the_role_is_lost_back_leads_nowhere(grace, clock):
    grace.follows("Home")
    clock.takes_role("grace", "Analytical Engines")
    grace.goes_back().is_at("No access").does_not_see(PAYEE, ACCOUNT)


@pytest.mark.parametrize("grace", ["loaded"], indirect=True)
def test_nothing_is_seen_while_the_page_is_asked_for_again(grace):
    before = len(grace.follows("Home").watch.arrivals)
    grace.goes_back().is_at("Payment Information").sees(PAYEE)
    [first, *_] = grace.watch.arrivals[before:]
    assert first.how == "restored"
    assert PAYEE not in first.text


def test_the_memory_of_this_browser_is_switched_on(visitor):
    somebody = visitor().opens("/sign-in").opens("/help").opens("/sign-up").goes_back()
    assert somebody.watch.arrivals[-1].how == "restored"


@pytest.mark.parametrize("grace", ["loaded"], indirect=True)
def test_even_a_browser_that_keeps_pages_against_our_word_asks_again(grace):
    grace.context.route("**/payment-information", without_no_store)
    grace.page.reload()
    grace.sees(PAYEE).signs_out().goes_back().is_at("Sign in").does_not_see(PAYEE, ACCOUNT)
    assert "restored" in {each.how for each in grace.watch.arrivals}


def without_no_store(route: Route) -> None:
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "cache-control"}
    route.fulfill(response=answer, headers=headers)


@pytest.mark.parametrize("grace", ["swapped in"], indirect=True)
def test_nothing_of_payment_information_stays_in_the_browser(grace):
    grace.clicks("Show account number").sees("DE89 3704 0044 0532 0130 00").clicks("Edit")
    stores = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert grace.page.evaluate(stores) == "[{},{}]"
    assert grace.page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert grace.page.evaluate("caches.keys().then(found => found.length)") == 0
    assert {each["name"] for each in grace.context.cookies()} == {"portal"}
