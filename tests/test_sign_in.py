"""The door: signing in and out, signing up, a new password; and how long a sign-in lasts."""

import re
import time
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.browser import Browser
from house.faults import whatever_comes_between

from portal.accounts import passwords, people, protection, resetting, sign_ins, signing_in
from portal.companies import joining
from portal.database import writing
from portal.demo import seed
from portal.models.company import Company
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User

STRONG = "violet otter climbs nine ladders"


def tries(door: Browser, email: str, password: str) -> Browser:
    return door.opens("/sign-in").fills("E-mail address", email).fills("Password", password).presses("Sign in")


def link_in_mail(kit, to: str) -> str:
    body = [letter["body"] for letter in kit.mail.letters() if letter["to"] == to][-1]
    return re.search(r"http://localhost(/\S+)", body)[1]


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


# Up


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


# A new password


@pytest.fixture
def reset_link(visitor, kit):
    visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
    return link_in_mail(kit, "grace@example.com")


def test_a_new_password_is_set_by_mail(visitor, reset_link):
    browser = visitor().opens(reset_link).fills("New password", STRONG).presses("Save password")
    assert "new password is set" in browser.status_line
    assert tries(visitor(), "grace@example.com", STRONG).heading == "Home"
    assert tries(visitor(), "grace@example.com", seed.PASSWORD).status == 422


def test_a_new_password_ends_every_sign_in(person, visitor, reset_link):
    grace = person("grace")
    visitor().opens(reset_link).fills("New password", STRONG).presses("Save password")
    assert grace.opens("/").heading == "Sign in"


def test_a_new_password_skips_no_second_step(visitor, reset_link):
    visitor().opens(reset_link).fills("New password", STRONG).presses("Save password")
    grace = tries(visitor(), "grace@example.com", STRONG).opens(PAYMENT)
    assert grace.heading == "Enter the code"


def test_a_link_to_a_new_password_works_once_and_for_half_an_hour(visitor, reset_link, clock):
    clock.forward(minutes=30, seconds=1)
    assert visitor().opens(reset_link).status == 410


def test_a_used_link_to_a_new_password_is_dead(visitor, reset_link):
    visitor().opens(reset_link).fills("New password", STRONG).presses("Save password")
    assert visitor().opens(reset_link).status == 410


def test_an_unknown_address_is_told_the_same(visitor, kit):
    def asks(email):
        return visitor().opens("/new-password").fills("E-mail address", email).presses("Send link")

    known, unknown = asks("grace@example.com"), asks("fresh@example.com")
    assert known.text.replace("grace", "fresh") == unknown.text
    assert [each["to"] for each in kit.mail.letters()] == ["grace@example.com"]


def test_a_password_has_fifteen_characters_or_eight_where_a_second_step_guards_the_door(kit):
    ada = user_of("ada")
    assert people.least_password(kit.settings, ada) == 15
    Company.update(second_step_at_sign_in=True).execute()
    assert people.least_password(kit.settings, ada) == 8


# While a password is looked at, which takes a while and is in no transaction


@pytest.fixture
def owner(kit):
    """What the owner of grace's account does elsewhere, in the very moment."""

    def sets_a_new_password() -> None:
        grace = user_of("grace")
        token = Link.make(LinkKind.RESET, grace.email, kit.now, timedelta(minutes=30), user=grace)
        resetting.reset(kit, token, STRONG, "203.0.113.9")

    def says_not_me() -> None:
        with writing():
            protection.protect(kit, user_of("grace"))

    return SimpleNamespace(sets_a_new_password=sets_a_new_password, says_not_me=says_not_me)


@pytest.fixture
def as_it_was(kit):
    """Grace's row put back, and her thief signed in with the password that both know."""
    row = User.select().where(User.email == "grace@example.com").dicts().get()

    def put_back():
        User.update(**row).where(User.id == row["id"]).execute()
        SignIn.delete().execute()
        Quota.delete().execute()
        return sign_ins.open_sign_in(kit, user_of("grace"), "127.0.0.1", "a thief")

    return put_back


def live() -> int:
    return SignIn.select().where(SignIn.ended_at.is_null()).count()


def test_the_old_password_opens_nothing_once_there_is_a_new_one(kit, owner, as_it_was):
    def comes_in():
        with suppress(passwords.WrongPassword):
            signing_in.sign_in(kit, "grace@example.com", seed.PASSWORD, "127.0.0.1", "a thief")

    for gap in whatever_comes_between(comes_in, owner.sets_a_new_password):
        assert live() == 0, f"in gap {gap}"
        as_it_was()


@pytest.mark.parametrize("what", ["sets_a_new_password", "says_not_me"])
def test_a_sign_in_that_ended_confirms_nothing(kit, owner, as_it_was, what):
    thief = as_it_was()

    def types_it_again():
        with suppress(passwords.WrongPassword, sign_ins.Ended):
            signing_in.confirm(kit, thief, seed.PASSWORD)

    for gap in whatever_comes_between(types_it_again, getattr(owner, what)):
        assert SignIn.get().confirmed_at is None, f"in gap {gap}"
        thief = as_it_was()


@pytest.mark.parametrize("what", ["sets_a_new_password", "says_not_me"])
def test_a_thief_puts_no_password_over_that_of_the_owner(kit, owner, as_it_was, what):
    thief, mine = as_it_was(), "another thing that nobody knows"

    def changes_it():
        with suppress(passwords.WrongPassword, sign_ins.Ended, signing_in.Frozen):
            signing_in.change_password(kit, thief, seed.PASSWORD, mine)

    for gap in whatever_comes_between(changes_it, getattr(owner, what)):
        assert not passwords.is_right(user_of("grace"), mine), f"in gap {gap}"
        thief = as_it_was()
    assert passwords.is_right(user_of("grace"), mine)
