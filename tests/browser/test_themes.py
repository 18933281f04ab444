"""The ledger, our second theme, in a real browser: nothing for axe to find by day or by night; and what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from house.asking import app_code
from house.phones import wrong_code
from playwright.sync_api import expect

from portal.demo import seed

from .looking import faults_of
from .server import serving

pytestmark = pytest.mark.browser

LEDGER = Path(__file__).parent.parent.parent / "themes" / "ledger"
PAYMENT = "/companies/1/settings/payments-and-benefits/payment-information"
SETTINGS = "/account/login-and-security/2-step-verification"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("ledger"), PORTAL_THEME=str(LEDGER)) as server:
        yield server


def test_the_main_job_looks_right_to_everybody(visitor, person, phone, kit):
    faults = faults_of(visitor().opens("/sign-in").page)
    faults += faults_of(person("ada").opens(PAYMENT).is_at("Add a phone number").page)
    mary = person("mary").opens(PAYMENT)
    faults += faults_of(mary.unfolds("Use another way").page)
    mary.clicks("Send code").fills("Six-digit code", wrong_code(phone("+1 202 555 0178").code())).clicks("Verify")
    faults += faults_of(mary.is_at("Enter the code").page)
    grace = person("grace").opens(PAYMENT).fills("Six-digit code", app_code(kit)).clicks("Verify")
    faults += faults_of(grace.is_at("Payment Information").page)
    grace.opens(f"{PAYMENT}/edit").fills("Legal name", "Sons Ltd").clicks("Check the changes")
    faults += faults_of(grace.sees("Carried forward", "Amended").page)
    for path in ("/", "/companies/1/settings/users", SETTINGS, "/account/login-and-security", "/help", "/dev/phones"):
        faults += faults_of(grace.opens(path).page)
    assert not faults, "\n".join(faults)


def test_the_ways_of_the_help_are_there_under_another_masthead(person):
    ada = person("ada").opens("/").follows("Settings > My Account").is_at("My Account")
    ada.opens("/account").follows("Accounts & Lists > Account > Login & security").is_at("Login & security")


def test_the_console_stays_whole_on_a_phone(person):
    ada = person("ada", viewport={"width": 390, "height": 844}).opens("/companies/1/settings/company-profile")
    expect(ada.page.locator(".brand span")).to_be_in_viewport()
    ada.unfolds("Menu").clicks("Users").is_at("Users")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_gets_the_brand_the_title_the_codes_and_the_date(person, kit, scheme):
    grace = person("grace", color_scheme=scheme).opens(f"{SETTINGS}/recovery-codes")
    grace.fills("Password", seed.PASSWORD).clicks("Continue").fills("Six-digit code", app_code(kit)).clicks("Verify")
    grace.clicks("Make recovery codes").page.emulate_media(media="print")
    lines = [line.strip() for line in grace.page.locator("body").inner_text().splitlines() if line.strip()]
    codes = grace.page.locator(".recovery-codes li").all_inner_texts()
    assert lines == ["Developer Console", "Recovery codes", *codes, lines[-1]]
    assert str(kit.now.year) in lines[-1]
    ground = grace.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
