"""What stands around a page in production: drawn once for everybody, and each visitor's own all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.browser import Browser
from house.world import kit_of, settings_for

from portal.app import create_app
from portal.demo import seed
from portal.models.company import Company
from portal.models.user import User
from portal.web import frame

HOME = "/companies/1/"


@pytest.fixture(scope="module")
def production(beginning, tmp_path_factory):
    """Made once, as it has every template at hand before it begins."""
    folder = tmp_path_factory.mktemp("production")
    app = create_app(kit=in_production(kit_of(settings_for(beginning.folder)), data=folder))
    app.config.update(PREFERRED_URL_SCHEME="https", WTF_CSRF_SSL_STRICT=False)
    return app


@pytest.fixture
def live(production, kit):
    """The program as it runs in production, with the fakes of the demo at its ends and no frame drawn yet."""
    production.extensions["kit"] = in_production(kit)
    production.extensions["frames"].clear()
    return production


def in_production(kit, **more):
    return replace(kit, settings=replace(kit.settings, mode="production", url="https://localhost", **more))


@pytest.fixture
def signs_in(live):
    def sign_in(name: str, **more: object) -> Browser:
        door = Browser(live.test_client(), **more).opens("/sign-in").fills("E-mail address", f"{name}@example.com")
        return door.fills("Password", seed.PASSWORD).presses("Sign in")

    return sign_in


def test_a_frame_is_drawn_for_the_first_and_kept_for_the_second(live, signs_in):
    signs_in("grace").opens(HOME)
    drawn = dict(live.extensions["frames"])
    signs_in("alan").opens(HOME)
    assert live.extensions["frames"] == drawn


def test_in_the_same_frame_everybody_finds_themselves(signs_in):
    grace, mary = signs_in("grace").opens(HOME), signs_in("mary").opens("/companies/2/")
    grace.sees("Grace Murray", "grace@example.com", "Analytical Engines").does_not_see(
        "Mary", "mary@", "Difference Works"
    )
    mary.sees("Mary Somerville", "mary@example.com", "Difference Works").does_not_see("Grace", "grace@")
    assert grace.page.first("span", class_="face").text == "G"
    assert mary.page.first("span", class_="face").text == "M"
    assert grace.csrf != mary.csrf


def test_the_menu_leads_to_ones_own_company(signs_in):
    signs_in("grace").opens(HOME)
    mary = signs_in("mary").opens("/companies/2/")
    assert mary.clicks("Users").path == "/companies/2/settings/users"
    assert mary.opens(HOME).clicks("Users").path == "/companies/1/settings/users"
    assert not [a for a in mary.page.every("a", href=True) if str(frame.SOME_COMPANY.id) in a.attrs["href"]]


def test_forms_in_a_kept_frame_are_ones_own(signs_in):
    signs_in("grace").opens(HOME)
    alan = signs_in("alan").opens(HOME)
    assert alan.presses("Sign out").sees("You are signed out.").path == "/sign-in"
    assert signs_in("grace").opens(f"{PAYMENT}?use=number").presses("Deutsch").path == PAYMENT


def test_another_language_is_another_frame(signs_in):
    grace = signs_in("grace").opens(HOME).sees("Company Profile")
    grace.presses("Deutsch").does_not_see("Company Profile").sees("Firmenprofil")
    grace.presses("English").sees("Company Profile")


def test_staff_and_strangers_have_frames_of_their_own(live, signs_in, kit):
    signs_in("grace").opens("/support")
    Browser(live.test_client()).opens("/support").does_not_see("Grace", "Sign out")
    care = signs_in("care").fills("Six-digit code", app_code(kit, "care")).presses("Verify")
    care.opens("/desk").sees("Cases", "Customer Support").does_not_see("Payment Information")


@pytest.mark.parametrize("name", ["<b>Ada</b> & Co", "Ada \ue000", frame.TOKEN.upper(), "名前"])
def test_a_name_is_text_whatever_it_looks_like(signs_in, name):
    User.update(name=name).where(User.id == user_of("grace").id).execute()
    Company.update(name=name).where(Company.id == 1).execute()
    grace = signs_in("grace").opens(HOME)
    assert grace.page.first("span", class_="person-name").text == name
    assert grace.csrf not in grace.text
    assert not list(grace.page.every("b"))


def test_no_hole_is_left_open(live, signs_in, kit):
    stranger, grace = Browser(live.test_client()), signs_in("grace")
    seen = [
        stranger.opens(path).html for path in ("/sign-in", "/sign-up", "/help", "/support", "/nothing", "/not-me/x")
    ]
    paths = (
        HOME,
        PAYMENT,
        "/account",
        "/account/activity",
        "/support/chat/customer",
        "/help",
        "/nothing",
        "/companies/9/",
    )
    seen += [grace.opens(path).html for path in paths]
    grace.opens(PAYMENT).fills("Six-digit code", app_code(kit)).presses("Verify")
    seen += [grace.opens(path).html for path in (PAYMENT, f"{PAYMENT}/edit", f"{PAYMENT}/rules")]
    assert not [html for html in seen if frame.SECRET in html or str(frame.SOME_COMPANY.id) in html]


def test_htmx_gets_its_part_with_ones_own_token(signs_in, kit):
    grace = signs_in("grace", htmx=True).opens(PAYMENT).fills("Six-digit code", app_code(kit)).presses("Verify")
    assert grace.sees("Every look at this page").csrf
    assert grace.presses("End now").heading == "Home"
