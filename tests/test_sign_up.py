"""Signing up: by a link in a mail, or by invitation."""

import pytest
from house.mail import link_in_mail

from portal.companies import joining
from portal.models.user import User

STRONG = "violet otter climbs nine ladders"


def test_one_signs_up_by_a_link_in_a_mail(visitor, kit):
    new = visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    assert "new@example.com" in new.status_line
    new.opens(link_in_mail(kit, "new@example.com")).fills("Your name", "Núria 李 😀").fills(
        "Company name", "Ünïcode & Co"
    )
    new.fills("Password", STRONG).presses("Sign up")
    assert new.heading == "Home"
    new.sees("Ünïcode & Co", "administrator")


def test_who_has_an_account_sees_the_same_page_and_gets_another_mail(visitor, kit):
    def asks(email):
        return visitor().opens("/sign-up").fills("E-mail address", email).presses("Send link")

    known, unknown = asks("grace@example.com"), asks("fresh@example.com")
    assert known.text.replace("grace", "fresh") == unknown.text
    assert "You have an account" in kit.mail.letters()[0]["subject"]


def test_a_link_works_once(visitor, kit):
    visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    link = link_in_mail(kit, "new@example.com")
    for name in ("One", "Two"):
        page = visitor().opens(link)
        if page.status == 200:
            page.fills("Your name", name).fills("Company name", name).fills("Password", STRONG).presses("Sign up")
    assert page.status == 410
    assert User.select().where(User.email == "new@example.com").count() == 1


def test_a_link_ends_after_a_week(visitor, kit, clock):
    visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    clock.forward(days=7, seconds=1)
    assert visitor().opens(link_in_mail(kit, "new@example.com")).status == 410


@pytest.mark.parametrize("path", ["/join/x", "/new-password/x", "/join/" + "a" * 5000, "/new-password/%20", "/join/٣"])
def test_a_link_that_never_was_one_is_dead(visitor, path):
    assert visitor().opens(path).status == 410


def test_a_link_of_one_kind_is_none_of_another(visitor, kit):
    visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
    token = link_in_mail(kit, "grace@example.com").rpartition("/")[2]
    assert visitor().opens(f"/join/{token}").status == 410


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "at least 15"),
        ("passwordpassword", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("new@example.com!", "easy to guess"),
        ("x" * 201, "at most 200"),
        ("", "Choose a password"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field_and_the_rest_stays(visitor, kit, password, sentence):
    joining.ask_to_join(kit, "new@example.com")
    new = visitor().opens(link_in_mail(kit, "new@example.com")).fills("Your name", "Nia").fills("Company name", "N")
    new.fills("Password", password).presses("Sign up")
    assert new.status == 422
    assert sentence in new.error_beside("Password")
    assert new.value("Your name") == "Nia"


def test_signing_up_by_invitation_alone_is_a_setting(kit_with, app, visitor):
    door = visitor()
    app.extensions["kit"] = kit_with(sign_up="invitation")
    door.opens("/sign-in")
    assert door.sends("/sign-up", {"email": "new@example.com"}).status_code == 403


def test_mails_to_one_address_are_few(visitor, kit):
    for _ in range(8):
        visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
    assert len(kit.mail.letters()) == 5
