"""The lock: ten failures in a row over every way, browser and company; what it closes, how long, who lifts it."""

from datetime import timedelta

import pytest
from house.asking import PAYMENT, Asked, app_code, user_of
from house.phones import wrong_code

from portal.clock import FOREVER
from portal.models.challenge import Challenge, Code
from portal.models.event import Event
from portal.models.user import User
from portal.payments import information
from portal.telephony.protocol import Channel
from portal.verification import challenges, gate, lockout, sending


def locked(asked, name: str = "grace", times: int = 10) -> Asked:
    somebody = asked(name)
    somebody.guesses(times)
    return somebody


def minutes_left(somebody: Asked) -> int:
    return round((somebody.user.locked_until - somebody.kit.now).total_seconds() / 60)


# What is counted


def test_ten_wrong_answers_lock(asked):
    grace = asked("grace")
    assert grace.guesses(10) == ["wrong"] * 9 + ["locked"]


def test_nine_wrong_and_one_wrong_after_a_new_code_lock_and_the_right_code_is_refused(asked):
    grace = asked("grace")
    grace.guesses(9)
    code = grace.gets()
    assert grace.guesses(1) == ["locked"]
    assert grace.answers(code) == "locked"


def test_nine_wrong_one_right_and_nine_wrong_do_not_lock(asked):
    grace = asked("grace")
    grace.guesses(9)
    grace.passes()
    assert grace.guesses(9) == ["wrong"] * 9
    assert not grace.user.is_locked(grace.kit.now)


def test_the_counter_is_the_same_in_every_browser(asked):
    asked("grace").guesses(5)
    assert asked("grace").guesses(5)[-1] == "locked"


def test_the_counter_is_the_same_in_every_company(asked):
    asked("mary").guesses(5)
    assert asked("mary", "Difference Works").guesses(5)[-1] == "locked"


def test_texts_calls_and_apps_share_the_counter(asked):
    grace = asked("grace")
    grace.gets("text"), grace.guesses(3), grace.gets("call"), grace.guesses(3)
    assert [grace.answers_app(wrong_code(app_code(grace.kit))) for _ in range(4)][-1] == "locked"


def test_codes_for_a_first_number_count_too(asked):
    ada = asked("ada")
    sending.send_to_new(ada.kit, ada.question, "+12025550111", Channel.TEXT)
    assert ada.guesses(10)[-1] == "locked"


def test_codes_for_a_first_app_count_too(asked):
    ada = asked("ada")
    challenges.begin_app(ada.kit, ada.question)
    outcomes = [challenges.answer_new_app(ada.kit, ada.question, "000000").outcome for _ in range(10)]
    assert outcomes[-1] == "locked"


def test_an_expired_right_code_does_not_start_the_count_again(asked, clock):
    grace = asked("grace")
    code = grace.gets()
    grace.guesses(9)
    clock.forward(minutes=11)
    assert grace.answers(code) == "expired"
    assert grace.guesses(1) == ["locked"]


def test_answers_while_locked_are_not_counted(asked):
    grace = locked(asked)
    grace.guesses(20)
    assert grace.user.failures == 10


def test_the_limit_is_a_setting(asked, kit_with):
    grace = asked("grace")
    grace.kit = kit_with(failures_before_lockout=3)
    assert grace.guesses(3)[-1] == "locked"


def test_three_tries_before_the_lock_the_page_says_how_many_are_left(person):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    said = [mary.fills("Six-digit code", "12 34 56").presses("Verify").alert for _ in range(9)]
    assert ["left" in alert for alert in said] == [False] * 6 + [True] * 3
    assert ["3 tries" in said[6], "2 tries" in said[7], "1 try" in said[8]] == [True] * 3


# How long


def test_the_first_lock_lasts_thirty_minutes(asked, clock):
    grace = locked(asked)
    code = wrong_code()
    clock.forward(minutes=29, seconds=59)
    assert grace.answers(code) == "locked"
    clock.forward(seconds=1)
    assert grace.answers(code) == "wrong"


def test_after_the_lock_the_right_code_works(asked, clock):
    grace = locked(asked)
    clock.forward(minutes=30)
    grace.passes()
    assert grace.user.failures == 0


def test_every_further_lock_doubles(asked, clock):
    grace, lasted = asked("grace"), []
    for _ in range(9):
        grace.guesses(10)
        lasted.append(minutes_left(grace))
        clock.forward(minutes=lasted[-1], seconds=1)
    assert lasted == [30 * 2**n for n in range(9)]


def test_a_success_between_starts_again_at_thirty_minutes(asked, clock):
    grace = locked(asked)
    clock.forward(minutes=30)
    grace.passes().guesses(10)
    assert minutes_left(grace) == 30


def test_nine_further_failures_after_a_lock_do_not_lock_again(asked, clock):
    grace = locked(asked)
    clock.forward(minutes=30)
    assert grace.guesses(10) == ["wrong"] * 9 + ["locked"]


def hundred_failures(asked, clock) -> Asked:
    grace = asked("grace")
    for _ in range(10):
        grace.guesses(10)
        clock.forward(days=6)
    return grace


def test_a_hundred_failures_lock_until_support_helps(asked, clock):
    grace = hundred_failures(asked, clock)
    assert grace.user.locked_until == FOREVER
    clock.forward(days=3650)
    assert grace.answers(wrong_code()) == "locked"


def test_the_page_of_such_a_lock_names_customer_support(asked, clock, person):
    hundred_failures(asked, clock)
    grace = person("grace").opens(PAYMENT)
    assert grace.status == 423
    grace.sees("customer support").does_not_see("9999")


# Who lifts it


def test_a_lock_can_be_lifted_on_the_record(asked, events):
    grace = locked(asked)
    lockout.unlock(grace.kit, grace.user, "called back, case 7")
    assert grace.passes()
    assert events("account.unlocked")[-1].details["reason"] == "called back, case 7"


def test_even_the_lock_of_a_hundred_failures_can_be_lifted(asked, clock):
    grace = hundred_failures(asked, clock)
    lockout.unlock(grace.kit, grace.user, "identity confirmed")
    assert grace.passes()


def test_a_lifted_lock_starts_the_count_again(asked):
    grace = locked(asked)
    lockout.unlock(grace.kit, grace.user, "a typo")
    assert grace.guesses(9) == ["wrong"] * 9


# What it closes


def test_nothing_is_sent_while_locked(asked, phone):
    grace = locked(asked)
    with pytest.raises(challenges.Locked):
        grace.gets()
    assert phone("+12025550143").messages == []


def test_open_windows_close(asked):
    here, there = asked("grace").passes(), asked("grace")
    assurance = here.enters()
    there.guesses(10)
    with pytest.raises(gate.AccountLocked):
        here.enters()
    with pytest.raises(gate.AccountLocked):
        information.show_number(here.kit, assurance)


def test_what_was_open_stays_closed_after_the_lock(asked, clock):
    here = asked("grace").passes()
    asked("grace").guesses(10)
    lockout.unlock(here.kit, here.user, "at once")
    with pytest.raises(gate.NotVerified):
        here.enters()


def test_codes_from_before_the_lock_are_dead_after_it(asked):
    grace = asked("grace")
    code = grace.gets()
    grace.guesses(10)
    lockout.unlock(grace.kit, grace.user, "at once")
    assert grace.answers(code) != "passed"


def test_a_first_app_cannot_be_begun_while_locked(asked):
    ada = asked("ada")
    ada.guesses(10)
    with pytest.raises(challenges.Locked):
        challenges.begin_app(ada.kit, ada.question)
    assert not Challenge.select().where(Challenge.secret.is_null(False)).exists()


def test_other_administrators_are_not_affected(asked):
    locked(asked)
    assert asked("mary").passes().enters()


def test_the_locked_page_says_why_until_when_and_how_to_reach_support(asked, person, clock):
    locked(asked)
    clock.forward(minutes=10)
    grace = person("grace").clicks("Payment Information")
    assert grace.status == 423
    grace.sees("in 20 minutes", "12:30 UTC").does_not_see("3000")
    assert "Too many verifications" in grace.alert
    assert "Contact customer support" in [link.text for link in grace.page.every("a")]


@pytest.mark.parametrize("htmx", [False, True])
def test_the_tenth_wrong_answer_shows_the_locked_page_at_once(asked, person, htmx):
    mary = person("mary", htmx=htmx).clicks("Payment Information").presses("Send code")
    asked("mary").guesses(9)
    mary.fills("Six-digit code", "12 34 56").presses("Verify")
    assert (mary.status, mary.heading) == (423, "Verification is locked")


@pytest.mark.parametrize("path", ["", "/edit", "/check"])
def test_payment_data_is_closed_at_every_address(asked, verified, path):
    grace = verified()
    locked(asked)
    grace.opens(PAYMENT + path).does_not_see("Analytical Engines Ltd", "3000")
    assert grace.status == 423


def test_one_can_still_sign_in_and_sign_out_other_browsers(asked, person):
    locked(asked)
    there, here = person("grace"), person("grace")
    here.clicks("Payment Information").presses("Sign out other browsers")
    assert there.opens("/").heading == "Sign in"
    assert here.opens("/").heading == "Home"


def test_wrong_passwords_never_lock_the_second_step(visitor, asked):
    door = visitor().opens("/sign-in")
    for _ in range(15):
        door.fills("E-mail address", "grace@example.com").fills("Password", "wrong").presses("Sign in")
    assert (user_of("grace").failures, user_of("grace").locked_until) == (0, None)
    assert asked("grace").passes()


def test_wrong_passwords_do_not_make_a_lock_longer(visitor, asked):
    until = locked(asked).user.locked_until
    door = visitor().opens("/sign-in").fills("E-mail address", "grace@example.com")
    door.fills("Password", "wrong").presses("Sign in")
    assert user_of("grace").locked_until == until


def test_every_failure_and_the_lock_are_on_the_record(asked, events):
    locked(asked)
    assert [event.details["tries"] for event in events("verification.failed")] == list(range(1, 11))
    (lock,) = events("account.locked")
    assert lock.user == user_of("grace").id
    assert lock.details["until"].startswith("2026-03-02T12:30")


def test_the_end_of_a_lock_is_a_function_of_the_failures(kit):
    end = [lockout.lock_end(kit.settings, failures, kit.now) for failures in (10, 20, 90)]
    assert end[1] - end[0] == pytest.approx(timedelta(minutes=30), abs=timedelta(seconds=1))
    assert end[2] - end[0] == pytest.approx(timedelta(minutes=30 * 255), abs=timedelta(seconds=1))


def test_the_success_of_one_person_clears_nothing_of_another(asked):
    asked("grace").guesses(9)
    asked("mary").passes()
    assert asked("grace").guesses(1) == ["locked"]


def test_a_failure_leaves_the_code_alive(asked):
    grace = asked("grace")
    code = grace.gets()
    grace.guesses(9)
    assert Code.select().count() == 1
    assert grace.answers(code) == "passed"


def test_the_counter_lives_in_the_database_and_not_in_a_cookie(person, asked):
    asked("mary").guesses(9)
    mary = person("mary").clicks("Payment Information").presses("Send code")
    mary.fills("Six-digit code", "12 34 56").presses("Verify")
    assert mary.status == 423
    assert User.get_by_id(user_of("mary").id).failures == 10
    assert Event.select().where(Event.kind == "account.locked").count() == 1


def test_can_i_get_in_says_what_is_in_the_way(person, kit):
    mary = person("mary").opens("/account/can-i-get-in").does_not_see("Not now")
    lockout.lock(kit, user_of("mary"), kit.now.replace(year=kit.now.year + 1))
    assert "your account is locked" in mary.opens("/account/can-i-get-in").alert
    User.update(frozen_at=kit.now).where(User.email == "mary@example.com").execute()
    assert "until you have set a new password" in mary.opens("/account/can-i-get-in").alert
