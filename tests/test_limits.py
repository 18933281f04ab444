"""Every limit of the settings, changed: what is said of it and what it does change together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import pytest
from flask import Flask
from house.asking import PAYMENT, Asked, app_code, user_of
from house.browser import Browser
from house.desk import at_the_desk, identifies, takes
from house.payouts import ACCOUNTS, types
from house.phones import Phone
from house.world import StillClock

from portal.config import Settings
from portal.demo import seed
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Purpose
from portal.models.company import Company

MARYS = "+12025550178"
USERS = "/companies/1/settings/users"
RECOVERY_CODES = "/account/login-and-security/2-step-verification/recovery-codes"
CHAT = "/support/chat/customer"


@dataclass
class World:
    """The program under a limit that was changed, and the ways into it."""

    app: Flask
    browser: Callable[..., Browser]
    signed_in: Callable[..., Browser]

    @property
    def kit(self) -> Kit:
        return self.app.extensions["kit"]

    @property
    def clock(self) -> StillClock:
        return self.kit.clock

    def visitor(self) -> Browser:
        return self.browser(of=self.app)

    def person(self, name: str) -> Browser:
        return self.signed_in(name, of=self.app)

    def verified(self) -> Browser:
        """Grace, Payment Information in front of her."""
        return self.person("grace").opens(PAYMENT).fills("Six-digit code", app_code(self.kit)).presses("Verify")

    def asked(self, name: str) -> Asked:
        return Asked.open(self.kit, name, "Analytical Engines", Purpose.PAYMENT_INFORMATION)

    def phone(self) -> Phone:
        return Phone(self.kit.telephony, MARYS)

    def help_says(self, words: str) -> None:
        self.visitor().opens("/help").sees(words)

    def letters(self, to: str) -> list[str]:
        return [each["body"] for each in self.kit.mail.letters() if each["to"] == f"{to}@example.com"]

    def link(self, to: str, kind: str) -> str:
        """The path of the newest link of a kind in somebody's mail."""
        return re.findall(rf"http://localhost(/{kind}/\S+)", "\n".join(self.letters(to)))[-1]


Case = Callable[[World], None]
LIMITS: dict[str, tuple[Any, Case]] = {}


def limit(**changed: Any) -> Callable[[Case], Case]:
    """What holds when one limit has this value."""
    ((name, value),) = changed.items()

    def keep(case: Case) -> Case:
        LIMITS[name] = value, case
        return case

    return keep


def numeric() -> dict[str, Any]:
    """The limits, which stand above the installation, with their defaults."""
    names = [each.name for each in fields(Settings)]
    limits = fields(Settings)[: names.index("mode")]
    return {each.name: each.default for each in limits if isinstance(each.default, int | tuple)}


@pytest.mark.parametrize("name", numeric())
def test_a_limit_that_is_changed_changes_what_is_said_and_what_happens(name, app_with, visitor, person):
    value, case = LIMITS[name]
    case(World(app_with(**{name: value}), visitor, person))


def test_every_limit_has_its_case_with_a_value_that_is_not_the_default():
    assert LIMITS.keys() == numeric().keys()
    assert [name for name, default in numeric().items() if LIMITS[name][0] == default] == []


# Codes


@limit(code_minutes=3)
def a_code_is_active_for_three_minutes(world: World) -> None:
    world.help_says("Each code that you receive works for 3 minutes")
    mary = world.person("mary").opens(PAYMENT).presses("Send code").sees("Works for 3 minutes")
    assert "It works for 3 minutes." in world.phone().newest["body"]
    world.clock.forward(minutes=3, seconds=1)
    mary.fills("Six-digit code", world.phone().newest_code()).presses("Verify")
    assert "This code has expired: a code works for 3 minutes." in mary.alert
    mary.presses("Send another")
    world.clock.forward(minutes=2, seconds=59)
    mary.fills("Six-digit code", world.phone().newest_code()).presses("Verify")
    assert mary.heading == "Payment Information"


@limit(verification_minutes=7)
def a_verification_opens_payment_information_for_seven_minutes(world: World) -> None:
    world.help_says("the page stays open for you for 7 minutes")
    world.person("grace").opens("/account/can-i-get-in").sees("it opens for 7 minutes")
    grace = world.verified().sees("Open for 7 minutes")
    world.clock.forward(minutes=6, seconds=59)
    assert grace.opens(PAYMENT).heading == "Payment Information"
    world.clock.forward(seconds=1)
    assert grace.opens(PAYMENT).heading == "Enter the code"


@limit(resend_waits=(45, 90))
def the_second_code_comes_after_45_seconds_and_the_third_after_90(world: World) -> None:
    world.help_says("you can send another after 45 seconds")
    mary = world.person("mary").opens(PAYMENT).presses("Send code").presses("Send another")
    assert (mary.status, "You can ask for another in 45 seconds." in mary.alert) == (429, True)
    world.clock.forward(seconds=44)
    assert mary.presses("Send another").status == 429
    world.clock.forward(seconds=1)
    assert "We have sent a text" in mary.presses("Send another").status_line
    assert "in 90 seconds" in mary.presses("Send another").alert


@limit(sends_per_challenge=2)
def one_challenge_sends_two_codes(world: World) -> None:
    world.help_says("One verification can send 2 codes")
    mary = world.person("mary").opens(PAYMENT).presses("Send code")
    world.clock.forward(seconds=31)
    mary.presses("Send another")
    world.clock.forward(seconds=61)
    mary.presses("Send another")
    assert (mary.status, "That was the last code for now." in mary.alert) == (429, True)
    assert len(world.phone().messages) == 2


def codes_stop_after(world: World, times: int, sentence: str) -> None:
    """Each time in a browser, and so in a challenge, of its own."""
    answers = [world.person("mary").opens(PAYMENT).presses("Send code") for _ in range(times + 1)]
    assert [answer.status for answer in answers] == [200] * times + [429]
    assert sentence in answers[-1].alert
    assert len(world.phone().messages) == times


@limit(sends_per_number_a_day=3)
def one_number_gets_three_codes_a_day(world: World) -> None:
    world.help_says("one phone number can get 3 codes a day")
    codes_stop_after(world, 3, "This number has been sent all its codes for today.")


@limit(sends_per_person_a_day=2)
def one_person_asks_for_two_codes_a_day(world: World) -> None:
    codes_stop_after(world, 2, "You have asked for too many codes today.")


@limit(sends_per_address_an_hour=4)
def one_network_asks_for_four_codes_an_hour(world: World) -> None:
    codes_stop_after(world, 4, "Your network has asked for too many codes.")
    world.clock.forward(hours=1)
    assert world.person("mary").opens(PAYMENT).presses("Send code").status == 200


@limit(sends_a_day=2)
def everybody_together_gets_two_codes_a_day(world: World) -> None:
    world.asked("grace").gets()
    codes_stop_after(world, 1, "We have sent all the codes that we can send today.")


# Lockout


def wrong_answers(browser: Browser, times: int) -> list[str]:
    """How many tries are left, as the page says it after each of them; empty where it says nothing."""
    said = [browser.fills("Six-digit code", "12 34 56").presses("Verify").alert for _ in range(times)]
    return ["".join(re.findall(r"You have (\d+) tr(?:y|ies) left", each)) for each in said]


@limit(failures_before_lockout=4)
def four_failures_lock(world: World) -> None:
    world.help_says("After 4 failed verifications in a row, the account is locked")
    mary = world.person("mary").opens(PAYMENT).presses("Send code")
    assert wrong_answers(mary, 4) == ["3", "2", "1", ""]
    assert (mary.status, mary.heading) == (423, "Verification is locked")


@limit(tries_left_warning=2)
def with_two_tries_left_the_page_begins_to_say_so(world: World) -> None:
    world.help_says("With 2 tries left, it begins to say how many remain")
    mary = world.person("mary").opens(PAYMENT).presses("Send code")
    assert wrong_answers(mary, 9) == [""] * 7 + ["2", "1"]


@limit(lockout_minutes=20)
def the_first_lock_lasts_twenty_minutes(world: World) -> None:
    world.help_says("stay closed for 20 minutes")
    world.asked("mary").guesses(10)
    mary = world.person("mary").opens(PAYMENT).sees("in 20 minutes")
    world.clock.forward(minutes=19, seconds=59)
    assert mary.opens(PAYMENT).status == 423
    world.clock.forward(seconds=1)
    assert mary.opens(PAYMENT).status == 200


@limit(failures_before_support=5)
def five_failures_lock_until_customer_support_helps(world: World) -> None:
    world.help_says("After 5 failures in a row, only customer support can lift it")
    assert world.asked("mary").guesses(5) == ["wrong"] * 4 + ["locked"]
    world.clock.forward(days=365)
    mary = world.person("mary").opens(PAYMENT).sees("until customer support has spoken with you")
    assert mary.status == 423


# Signing in


@limit(sign_in_idle_minutes=20)
def a_sign_in_ends_after_twenty_minutes_without_a_click(world: World) -> None:
    grace = world.person("grace")
    world.clock.forward(minutes=19, seconds=30)
    assert grace.opens("/").heading == "Home"
    world.clock.forward(minutes=20, seconds=1)
    assert grace.opens("/").heading == "Sign in"


@limit(sign_in_hours=2)
def a_sign_in_ends_after_two_hours_in_any_case(world: World) -> None:
    grace = world.person("grace")
    for _ in range(3):
        world.clock.forward(minutes=30)
        assert grace.opens("/").heading == "Home"
    world.clock.forward(minutes=30, seconds=1)
    assert grace.opens("/").heading == "Sign in"


LONG = "violet otter climbs nine ladders"
SHORT = "kV7#otZr9wqB"


@limit(password_length=20)
def a_password_has_twenty_characters(world: World) -> None:
    world.visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    new = world.visitor().opens(world.link("new", "join")).sees("At least 20 characters")
    new.fills("Your name", "Nia").fills("Company name", "Looms").fills("Password", LONG[:19]).presses("Sign up")
    assert "A password has at least 20 characters" in new.error_beside("Password")
    assert new.fills("Password", LONG[:20]).presses("Sign up").heading == "Home"


@limit(password_length_with_2sv=12)
def it_has_twelve_where_two_step_verification_guards_the_door(world: World) -> None:
    Company.update(second_step_at_sign_in=True).execute()
    world.visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
    grace = world.visitor().opens(world.link("grace", "new-password")).sees("At least 12 characters")
    grace.fills("New password", SHORT[:11]).presses("Save password")
    assert "A password has at least 12 characters" in grace.error_beside("New password")
    grace.fills("New password", SHORT).presses("Save password")
    assert "new password is set" in grace.status_line


def tries(door: Browser, password: str) -> Browser:
    door.opens("/sign-in").fills("E-mail address", "grace@example.com")
    return door.fills("Password", password).presses("Sign in")


@limit(wrong_passwords=3)
def three_wrong_passwords_make_a_pause(world: World) -> None:
    door = world.visitor()
    assert [tries(door, "wrong").status for _ in range(3)] == [422] * 3
    assert tries(door, seed.PASSWORD).status == 429


@limit(wrong_password_minutes=4)
def the_pause_lasts_four_minutes(world: World) -> None:
    door = world.visitor()
    for _ in range(10):
        tries(door, "wrong")
    assert "in 4 minutes" in tries(door, seed.PASSWORD).alert
    world.clock.forward(minutes=4, seconds=1)
    assert tries(door, seed.PASSWORD).heading == "Home"


@limit(mails_an_hour=2)
def one_address_is_sent_two_links_an_hour(world: World) -> None:
    def asks() -> int:
        world.visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
        return len(world.letters("grace"))

    assert [asks() for _ in range(3)] == [1, 2, 2]
    world.clock.forward(hours=1)
    assert asks() == 3


@limit(reset_minutes=10)
def a_link_to_a_new_password_works_for_ten_minutes(world: World) -> None:
    world.visitor().opens("/new-password").fills("E-mail address", "grace@example.com").presses("Send link")
    assert "works once, for 10 minutes" in world.letters("grace")[-1]
    world.clock.forward(minutes=9, seconds=59)
    assert world.visitor().opens(world.link("grace", "new-password")).status == 200
    world.clock.forward(seconds=1)
    assert world.visitor().opens(world.link("grace", "new-password")).status == 410


@limit(invitation_days=2)
def a_link_to_sign_up_or_an_invitation_works_for_two_days(world: World) -> None:
    world.visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    assert "works once, for 2 days" in world.letters("new")[-1]
    invited = invites(world.verified(), "other").sees("It works once, for 2 days")
    links = [world.link("new", "join"), invited.value("Link").removeprefix("http://localhost")]
    world.clock.forward(days=1, hours=23)
    assert [world.visitor().opens(link).status for link in links] == [200, 200]
    world.clock.forward(hours=1)
    assert [world.visitor().opens(link).status for link in links] == [410, 410]


def invites(grace: Browser, name: str) -> Browser:
    grace.opens(USERS).clicks("Invite a user").fills("E-mail address", f"{name}@example.com")
    return grace.presses("Make invitation")


@limit(invitations_a_day=2)
def one_company_makes_two_invitations_a_day(world: World) -> None:
    grace = world.verified()
    assert [invites(grace, name).status for name in ("one", "two", "three")] == [200, 200, 429]
    assert "That is enough invitations for a day." in grace.alert


@limit(companies_a_day=1)
def one_person_creates_one_company_a_day(world: World) -> None:
    grace = world.person("grace")
    for status, name in ((200, "Looms"), (429, "Gears")):
        assert grace.opens("/companies/new").fills("Company name", name).presses("Create company").status == status
    assert "That is enough companies for a day." in grace.alert
    world.clock.forward(days=1)
    grace = world.person("grace").opens("/companies/new").fills("Company name", "Gears").presses("Create company")
    assert grace.status == 200


@limit(not_me_days=3)
def the_link_of_a_notice_works_for_three_days(world: World) -> None:
    world.asked("grace").guesses(10)
    link = world.link("grace", "not-me")
    world.clock.forward(days=2, hours=23)
    assert world.visitor().opens(link).status == 200
    world.clock.forward(hours=1)
    assert world.visitor().opens(link).status == 410


@limit(recovery_codes=4)
def a_set_has_four_recovery_codes(world: World) -> None:
    grace = world.verified().opens(RECOVERY_CODES).fills("Password", seed.PASSWORD).presses("Continue")
    grace.fills("Six-digit code", app_code(world.kit, steps=1)).presses("Verify").sees("You get 4, each works once")
    grace.presses("Make recovery codes")
    assert len(list(grace.page.first("ol", class_="recovery-codes numeric").every("li"))) == 4


# Payment Information


@limit(draft_hours=2)
def what_was_typed_is_kept_for_two_hours(world: World) -> None:
    grace = types(world.verified().clicks("Edit"), *ACCOUNTS[0][:3]).fills("City", "Turin")
    grace.presses("Check the changes")
    world.clock.forward(hours=1, minutes=59)
    assert world.verified().clicks("Edit").value("City") == "Turin"
    world.clock.forward(minutes=1, seconds=1)
    assert world.verified().clicks("Edit").value("City") == "London"


# Support


def writes(browser: Browser, text: str) -> Browser:
    return browser.opens(CHAT).fills("Message", text).presses("Send message")


@limit(message_length=50)
def a_message_has_fifty_characters(world: World) -> None:
    grace = world.person("grace").opens(CHAT).sees("At most 50 characters.")
    writes(grace, "x" * 51)
    assert "This has 51 characters, and a message can have 50." in grace.error_beside("Message")
    assert writes(grace, "x" * 50).status == 200


@limit(messages_an_hour=2)
def one_person_writes_two_messages_an_hour(world: World) -> None:
    grace = world.person("grace")
    assert [writes(grace, text).status for text in ("One.", "Two.", "Three.")] == [200, 200, 429]
    assert "You can write again in 60 minutes." in grace.error_beside("Message")
    world.clock.forward(minutes=59, seconds=30)
    grace.opens(CHAT)
    world.clock.forward(seconds=30)
    assert writes(grace, "Three.").status == 200


@limit(replacement_hours=6)
def lost_phones_and_apps_are_replaced_after_six_hours(world: World) -> None:
    writes(world.person("grace"), "My phone is gone.")
    care = identifies(takes(at_the_desk(world.kit, world.person))).sees("It takes effect after 6 hours.")
    care.presses("Replace lost phones and apps").sees("All phones and apps are removed in 6 hours")
    told = world.letters("grace")[-1]
    assert "18:00 UTC" in told
    world.clock.forward(hours=5, minutes=59)
    world.person("grace").opens(PAYMENT)
    assert len(Authenticator.of(user_of("grace").id)) == 3
    world.clock.forward(minutes=1)
    assert world.person("grace").opens(PAYMENT).heading == "Add a phone number"
    assert Authenticator.of(user_of("grace").id) == []
