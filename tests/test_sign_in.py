"""The door: signing in and out, and how long a sign-in lasts."""

import re
import time

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.browser import Browser

from portal.accounts import passwords
from portal.demo import seed
from portal.models.sign_in import SignIn
from portal.models.user import User


def tries(door: Browser, email: str, password: str) -> Browser:
    return door.opens("/sign-in").fills("E-mail address", email).fills("Password", password).presses("Sign in")


# In


def test_the_right_password_opens_the_console(person):
    assert person("grace").heading == "Home"


@pytest.mark.parametrize("email", ["GRACE@EXAMPLE.COM", " grace@example.com ", "Grace@Example.com"])
def test_an_address_may_be_written_in_any_case(visitor, email):
    assert tries(visitor(), email, seed.PASSWORD).heading == "Home"


def test_an_unknown_address_gets_the_answer_of_a_wrong_password(visitor):
    known = tries(visitor(), "grace@example.com", "wrong password")
    unknown = tries(visitor(), "nobody@example.com", "wrong password")
    assert known.status == unknown.status == 422
    assert known.alert == unknown.alert
    assert known.text == unknown.text


def test_an_unknown_address_takes_as_long(kit):
    passwords._nobody()
    User.update(password=passwords.hashed(seed.PASSWORD)).where(User.email == "grace@example.com").execute()
    grace = user_of("grace")

    def best(user):
        spans = []
        for _ in range(5):
            start = time.perf_counter()
            passwords.is_right(user, "wrong")
            spans.append(time.perf_counter() - start)
        return min(spans)

    assert 0.5 < best(None) / best(grace) < 2


def test_a_wrong_password_keeps_the_address_and_not_the_password(visitor):
    door = tries(visitor(), "grace@example.com", "wrong password")
    assert (door.value("E-mail address"), door.value("Password")) == ("grace@example.com", "")
    door.does_not_see("wrong password")


def test_ten_wrong_passwords_slow_down(visitor, clock):
    door = visitor()
    for _ in range(10):
        assert tries(door, "grace@example.com", "wrong").status == 422
    assert tries(door, "grace@example.com", seed.PASSWORD).status == 429
    assert "in 15 minutes" in door.alert
    clock.forward(minutes=15, seconds=1)
    assert tries(door, "grace@example.com", seed.PASSWORD).heading == "Home"


def test_an_unknown_address_is_slowed_down_alike(visitor):
    door = visitor()
    answers = [tries(door, "nobody@example.com", "wrong").status for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_stranger_elsewhere_keeps_nobody_out(app, visitor):
    stranger = visitor()
    stranger.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    for _ in range(12):
        tries(stranger, "grace@example.com", "wrong")
    assert tries(visitor(), "grace@example.com", seed.PASSWORD).heading == "Home"


def test_a_forged_header_is_no_other_address(visitor):
    door = visitor()
    for _ in range(10):
        tries(door, "grace@example.com", "wrong")
    door.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
    assert tries(door, "grace@example.com", seed.PASSWORD).status == 429


def test_a_right_password_starts_the_count_again(visitor):
    door = visitor()
    for _ in range(9):
        tries(door, "grace@example.com", "wrong")
    tries(door, "grace@example.com", seed.PASSWORD).presses("Sign out")
    assert [tries(door, "grace@example.com", "wrong").status for _ in range(9)] == [422] * 9


@pytest.mark.parametrize(
    "wanted", ["//evil.example/x", "/\\evil.example", "/%0d%0aSet-Cookie:x=1", "/..//evil.example"]
)
def test_where_one_goes_on_never_leaves_the_host(visitor, wanted):
    door = visitor()
    door.client.get(wanted, base_url="http://localhost")
    door.client.get(f"{PAYMENT}?next={wanted}")
    door.opens("/sign-in").fills("E-mail address", "grace@example.com").fills("Password", seed.PASSWORD)
    answer = door.sends("/sign-in", {"email": "grace@example.com", "password": seed.PASSWORD, "next": wanted})
    assert re.fullmatch(r"/[a-z0-9/-]*", answer.headers["Location"])


# The token


def token_of(browser: Browser) -> str:
    return browser.client.get_cookie("portal").value


def test_the_token_changes_at_sign_in(visitor):
    door = visitor().opens(PAYMENT)
    before = token_of(door)
    tries(door, "grace@example.com", seed.PASSWORD)
    after = token_of(door)
    door.client.set_cookie("portal", before)
    assert door.opens("/").heading == "Sign in"
    assert after != before


def test_the_token_changes_at_verification_and_the_old_one_is_dead(person, kit, visitor):
    grace = person("grace").opens(PAYMENT)
    before = token_of(grace)
    grace.fills("Six-digit code", app_code(kit)).presses("Verify").sees("3000")
    thief = visitor()
    thief.client.set_cookie("portal", before)
    assert thief.opens(PAYMENT).heading == "Sign in"
    assert grace.opens(PAYMENT).sees("3000")


def test_the_table_knows_no_token(person, app):
    grace = person("grace")
    with grace.client.session_transaction() as session:
        token = session["_user_id"]
    assert token not in str(list(SignIn.select().dicts()))


def test_a_sign_in_ends_after_an_hour_without_a_click(person, clock):
    grace = person("grace")
    clock.forward(minutes=59)
    assert grace.opens("/").heading == "Home"
    clock.forward(minutes=60, seconds=1)
    assert grace.opens("/").heading == "Sign in"


def test_who_goes_on_clicking_stays_however_short_the_idle_time_is(app, kit_with, person, clock):
    app.extensions["kit"] = kit_with(sign_in_idle_minutes=2)
    grace = person("grace")
    for _ in range(12):
        app.extensions["kit"].clock.forward(seconds=50)
        assert grace.opens("/account").heading == "Account"
    app.extensions["kit"].clock.forward(minutes=2)
    assert grace.opens("/account").heading == "Sign in"


def test_a_sign_in_ends_after_a_day_in_any_case(person, clock):
    grace = person("grace")
    for _ in range(47):
        clock.forward(minutes=30)
        assert grace.opens("/").heading == "Home"
    clock.forward(minutes=30, seconds=1)
    assert grace.opens("/").heading == "Sign in"


def test_a_clock_set_back_keeps_nobody_in(person, clock):
    grace = person("grace")
    clock.back(hours=1)
    assert grace.opens("/").heading == "Sign in"


def test_signing_out_kills_the_token(person, visitor):
    grace = person("grace")
    token = token_of(grace)
    assert "signed out" in grace.presses("Sign out").status_line
    thief = visitor()
    thief.client.set_cookie("portal", token)
    assert thief.opens("/").heading == "Sign in"


def test_signing_out_is_no_get(person):
    grace = person("grace")
    assert grace.opens("/sign-out").status in (404, 405)
    assert grace.opens("/").heading == "Home"


@pytest.mark.parametrize(
    "forged",
    ["", "x", "x.y.z", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "." * 3000, "é", "%00"],
)
def test_a_forged_cookie_is_nobody(visitor, forged):
    stranger = visitor()
    stranger.client.set_cookie("portal", forged)
    assert stranger.opens(PAYMENT).heading == "Sign in"


@pytest.mark.parametrize("token", ["1", "", None, "é", "x" * 100_000])
def test_a_signed_cookie_with_an_odd_token_is_nobody(visitor, token):
    stranger = visitor()
    with stranger.client.session_transaction() as session:
        session["_user_id"] = token
    assert stranger.opens(PAYMENT).heading == "Sign in"
