"""A new password: by a link in a mail, and against whoever comes between."""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
from house.asking import PAYMENT, user_of
from house.faults import whatever_comes_between
from house.mail import link_in_mail
from test_sign_in import tries

from portal.accounts import passwords, people, protection, resetting, sign_ins, signing_in
from portal.database import writing
from portal.demo import seed
from portal.models.company import Company
from portal.models.link import Link, LinkKind
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.models.user import User

STRONG = "violet otter climbs nine ladders"


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
