"""A challenge: sending, waiting, answering; what a code is good for, how long, and how often."""

from datetime import timedelta

import pytest
from house.asking import PAYMENT, Asked
from house.phones import Phone, wrong_code

from portal.demo import seed
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Code, Purpose
from portal.models.quota import Quota
from portal.models.user import User
from portal.refusals import NotBefore
from portal.telephony.protocol import Channel
from portal.verification import challenges, codes, sending
from portal.verification.challenges import NotYours

ONE_DAY = {"days": 1, "seconds": 1}


def test_a_right_code_passes(asked):
    grace = asked("grace")
    assert grace.answers(grace.gets()) == "passed"
    assert grace.enters()


def test_a_code_works_once(asked):
    grace = asked("grace")
    code = grace.gets()
    assert [grace.answers(code), grace.answers(code)] == ["passed", "repeated"]


def test_a_code_works_at_9_59(asked, clock):
    grace = asked("grace")
    code = grace.gets()
    clock.forward(minutes=9, seconds=59)
    assert grace.answers(code) == "passed"


def test_a_code_has_expired_at_10_01(asked, clock):
    grace = asked("grace")
    code = grace.gets()
    clock.forward(minutes=10, seconds=1)
    assert grace.answers(code) == "expired"


def test_a_code_from_after_the_present_does_not_work(asked, clock):
    grace = asked("grace")
    code = grace.gets()
    clock.back(minutes=1)
    assert grace.answers(code) == "expired"


def test_the_minutes_of_a_code_are_a_setting(asked, clock, kit_with):
    grace = asked("grace")
    grace.kit = kit_with(code_minutes=3)
    code = grace.gets()
    clock.forward(minutes=3, seconds=1)
    assert grace.answers(code) == "expired"


def test_the_page_says_that_a_code_has_expired_and_how_to_get_another(person, phone, clock):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    clock.forward(minutes=10, seconds=1)
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    assert mary.status == 422
    assert "expired" in mary.alert
    assert "another" in mary.alert
    mary.presses("Send another").sees("Works for 10 minutes")


def test_an_older_code_works_on_in_its_own_ten_minutes(asked, clock):
    grace = asked("grace")
    first = grace.gets()
    clock.forward(minutes=3)
    grace.gets()
    clock.forward(minutes=6, seconds=59)
    assert grace.answers(first) == "passed"


def test_a_resend_gives_an_older_code_no_more_time(asked, clock):
    grace = asked("grace")
    first = grace.gets()
    clock.forward(minutes=3)
    second = grace.gets()
    clock.forward(minutes=7, seconds=1)
    assert [grace.answers(first), grace.answers(second)] == ["expired", "passed"]


def test_one_success_spends_every_code_of_the_challenge(asked, clock):
    grace = asked("grace")
    first = grace.gets()
    clock.forward(minutes=1)
    second = grace.gets()
    assert [grace.answers(second), grace.answers(first)] == ["passed", "repeated"]


def test_a_text_and_a_call_both_answer_the_challenge(asked):
    grace = asked("grace")
    text, call = grace.gets("text"), grace.gets("call")
    assert text != call
    assert grace.answers(text) == "passed"
    assert grace.answers(call) == "repeated"


def test_a_code_of_another_sign_in_with_the_same_phone_fails(asked):
    grace, mary = asked("grace"), asked("mary")
    Authenticator.update(number="+447700900123").where(Authenticator.user == mary.user.id).execute()
    code = grace.gets(number="+447700900123")
    assert mary.answers(code) == "wrong"
    assert grace.answers(code) == "passed"


def test_a_code_of_ones_other_browser_fails(asked):
    here, there = asked("grace"), asked("grace")
    assert there.answers(here.gets()) == "wrong"


def test_a_code_for_another_company_fails(asked):
    engines, works = asked("mary"), asked("mary", "Difference Works")
    works.question = type(works.question)(engines.question.sign_in, works.question.purpose, works.question.company)
    assert works.answers(engines.gets()) == "wrong"


@pytest.mark.parametrize("other", [each for each in Purpose if each != Purpose.PAYMENT_INFORMATION])
def test_a_code_for_another_purpose_fails(asked, other):
    grace = asked("grace")
    code = grace.gets()
    grace.question = type(grace.question)(grace.question.sign_in, other, grace.question.company)
    assert grace.answers(code) == "wrong"


def test_a_code_is_sent_only_to_ones_own_phone(asked):
    grace, mary = asked("grace"), asked("mary")
    with pytest.raises(NotYours):
        sending.send(grace.kit, grace.question, mary.authenticator().id, Channel.TEXT)
    assert Code.select().count() == 0


@pytest.mark.parametrize("unknown", ["", "nothing", "0" * 16, "\u0661", "x" * 5000])
def test_an_unknown_authenticator_is_nobodys(asked, unknown):
    grace = asked("grace")
    with pytest.raises(NotYours):
        sending.send(grace.kit, grace.question, unknown, Channel.TEXT)
    with pytest.raises(NotYours):
        challenges.answer_app(grace.kit, grace.question, unknown, "123456")


def test_an_app_is_not_texted(asked):
    grace = asked("grace")
    app = Authenticator.get(Authenticator.name == "Work phone")
    with pytest.raises(NotYours):
        sending.send(grace.kit, grace.question, app.id, Channel.TEXT)


def test_what_cannot_be_a_code_is_not_counted(asked):
    grace = asked("grace")
    with pytest.raises(codes.NotACode):
        grace.answers("12345")
    assert grace.user.failures == 0


# How often


@pytest.mark.parametrize(("sends", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 240)])
def test_a_resend_waits_longer_each_time(asked, clock, sends, seconds):
    grace = asked("grace")
    for wait in (30, 60, 120)[: sends - 1]:
        grace.gets()
        clock.forward(seconds=wait + 1)
    grace.gets()
    clock.forward(seconds=seconds - 1)
    with pytest.raises(NotBefore) as refused:
        grace.gets()
    assert refused.value.until - clock.now() < timedelta(seconds=2)
    clock.forward(seconds=1)
    assert grace.gets()


def test_the_other_way_needs_no_wait(asked, phone):
    grace = asked("grace")
    grace.gets("text"), grace.gets("call"), grace.gets("text", "+447700900123")
    assert len(phone("+12025550143").messages) == 2


def test_the_waits_are_a_setting(asked, clock, kit_with):
    grace = asked("grace")
    grace.kit = kit_with(resend_waits=(5,))
    grace.gets()
    clock.forward(seconds=6)
    assert grace.gets()


def sent_five(grace: Asked, clock) -> None:
    for wait in (31, 61, 121, 241, 1):
        grace.gets()
        clock.forward(seconds=wait)


def test_a_challenge_sends_five_codes(asked, clock, phone):
    grace = asked("grace")
    sent_five(grace, clock)
    clock.forward(minutes=5)
    with pytest.raises(NotBefore):
        grace.gets()
    assert len(phone("+12025550143").messages) == 5


def test_the_sixth_code_comes_when_the_last_one_is_over(asked, clock):
    grace = asked("grace")
    sent_five(grace, clock)
    with pytest.raises(NotBefore) as refused:
        grace.gets("call")
    clock.forward(seconds=(refused.value.until - clock.now()).total_seconds() + 1)
    assert grace.answers(grace.gets()) == "passed"


def test_a_number_gets_ten_codes_a_day_over_all_accounts(asked, clock, phone):
    Authenticator.update(number="+12025550143").where(Authenticator.number == "+12025550178").execute()
    for name in ("grace", "mary") * 5:
        asked(name).gets()
    with pytest.raises(NotBefore) as refused:
        asked("mary").gets()
    assert timedelta(hours=23) < refused.value.until - clock.now() < timedelta(hours=24)
    assert len(phone("+12025550143").messages) == 10


def test_a_number_gets_codes_again_after_a_day(asked, clock):
    for _ in range(10):
        asked("mary").gets()
    clock.forward(**ONE_DAY)
    assert asked("mary").gets()


@pytest.mark.parametrize("limit", ["sends_per_person_a_day", "sends_per_address_an_hour", "sends_a_day"])
def test_the_further_limits_hold_too(asked, kit_with, phone, limit):
    kit = kit_with(**{limit: 2})
    for _ in range(2):
        Asked.gets(with_kit(asked("grace"), kit))
    with pytest.raises(NotBefore):
        with_kit(asked("grace"), kit).gets(number="+447700900123")
    assert phone("+447700900123").messages == []


def with_kit(somebody: Asked, kit) -> Asked:
    somebody.kit = kit
    return somebody


def test_a_refused_send_takes_nothing_from_any_limit(asked, kit_with):
    kit = kit_with(sends_a_day=1)
    with_kit(asked("grace"), kit).gets()
    before = list(Quota.select(Quota.name, Quota.spent).order_by(Quota.name).tuples())
    with pytest.raises(NotBefore):
        with_kit(asked("mary"), kit).gets()
    assert list(Quota.select(Quota.name, Quota.spent).order_by(Quota.name).tuples()) == before


def test_a_refused_send_says_when_the_next_is_possible(person, phone):
    mary = person("mary").clicks("Payment Information").presses("Send code").presses("Send another")
    assert mary.status == 429
    assert "in 30 seconds" in mary.alert
    assert len(phone("+12025550178").messages) == 1


def test_a_refused_send_is_on_the_record(asked, events):
    grace = asked("grace")
    grace.gets()
    with pytest.raises(NotBefore):
        grace.gets()
    assert len(events("code.refused")) == 1


@pytest.mark.parametrize("query", ["", "?use=number", "?verify=send", "?verify=send&use=1&channel=text", "?use=app"])
def test_a_get_never_sends(person, kit, query):
    for name in ("grace", "mary", "ada"):
        person(name).clicks("Payment Information").opens(PAYMENT + query)
    assert kit.telephony.messages() == []


def test_a_reload_never_sends(person, phone):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    for _ in range(3):
        mary.opens(mary.path)
    assert len(phone("+12025550178").messages) == 1


def test_a_sent_code_is_confirmed_with_the_last_two_digits(person):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    assert "number ending 78" in mary.status_line
    mary.does_not_see("2025550178", "202 555", "202-555")


def test_one_is_asked_by_the_preferred_way_and_offered_the_others(person):
    grace = person("grace").clicks("Payment Information")
    grace.sees("Work phone", "Text •• 43", "Call •• 43", "Text •• 23", "Call •• 23")
    assert grace.field("Six-digit code").attrs["autocomplete"] == "one-time-code"
    assert grace.field("Six-digit code").attrs["inputmode"] == "numeric"


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("way", "number"), [("Text •• 43", "+12025550143"), ("Call •• 23", "+447700900123")])
def test_another_way_is_one_step_away(person, phone, way, number, htmx):
    grace = person("grace", htmx=htmx).clicks("Payment Information").presses(way)
    grace.fills("Six-digit code", phone(number).newest_code()).presses("Verify")
    assert grace.heading == "Payment Information"
    grace.sees("•••• 3000")


@pytest.mark.parametrize("name", ["ada", "mary"])
def test_charges_might_apply_wherever_a_phone_is_texted_or_called(person, name):
    person(name).clicks("Payment Information").sees("charges might apply")


def test_the_page_says_why_an_app_is_safer(person):
    person("mary").clicks("Payment Information").sees("app is safer")


def test_a_wrong_code_is_called_invalid(person):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    mary.fills("Six-digit code", "12 34 56").presses("Verify")
    assert mary.status == 422
    assert mary.error_beside("Six-digit code").startswith("This code is invalid. Check it and try again.")


def test_a_second_click_on_verify_lands_on_the_page(person, phone):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    cookie = mary.client.get_cookie("portal").value
    form = {"verify": "answer", "code": phone("+12025550178").newest_code(), "csrf_token": mary.csrf}
    mary.posts(mary.path, form)
    mary.client.set_cookie("portal", cookie)
    mary.posts(mary.path, form)
    assert (mary.status, mary.heading) == (200, "Payment Information")


def test_a_second_click_comes_no_later_than_ten_seconds(person, phone, clock):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    cookie = mary.client.get_cookie("portal").value
    form = {"verify": "answer", "code": phone("+12025550178").newest_code(), "csrf_token": mary.csrf}
    mary.posts(mary.path, form)
    clock.forward(seconds=11)
    mary.client.set_cookie("portal", cookie)
    assert mary.posts(mary.path, form).heading == "Sign in"


def test_only_the_right_code_makes_a_second_click(person, phone):
    mary = person("mary").clicks("Payment Information").presses("Send code")
    cookie, code = mary.client.get_cookie("portal").value, phone("+12025550178").newest_code()
    mary.posts(mary.path, {"verify": "answer", "code": code, "csrf_token": mary.csrf})
    mary.client.set_cookie("portal", cookie)
    mary.posts(mary.path, {"verify": "answer", "code": wrong_code(code), "csrf_token": mary.csrf})
    assert mary.heading == "Sign in"


def test_copies_of_a_right_code_are_not_counted(asked):
    grace = asked("grace")
    code = grace.gets()
    grace.answers(code)
    assert {grace.answers(code) for _ in range(20)} == {"repeated"}
    assert grace.user.failures == 0


def test_an_expired_right_code_is_not_counted(asked, clock):
    grace = asked("grace")
    code = grace.gets()
    clock.forward(minutes=11)
    assert {grace.answers(code) for _ in range(12)} == {"expired"}
    assert grace.user.failures == 0


def test_a_challenge_in_another_browser_stays_open(asked):
    here, there = asked("grace"), asked("grace")
    mine, other = here.gets(), there.gets("call")
    assert [here.answers(mine), there.answers(other)] == ["passed", "passed"]


def test_a_success_is_written_whole(asked):
    grace = asked("grace").passes()
    row = Challenge.get(Challenge.passed_at.is_null(False))
    assert (row.passed_how, row.passed_by) == ("text", grace.authenticator().id)
    assert timedelta(0) <= row.open_until - row.passed_at - timedelta(minutes=15) < timedelta(seconds=1)
    assert User.get_by_id(grace.user.id).failures == 0


def test_a_code_of_a_removed_phone_is_dead(asked, phone):
    grace = asked("grace")
    code = grace.gets(number="+447700900123")
    grace.authenticator("+447700900123").delete_instance()
    assert grace.answers(code) == "wrong"
    assert Phone(grace.kit.telephony, "+447700900123").newest_code() == code


def test_after_the_last_send_the_page_and_its_button_name_the_same_time(app_with, visitor):
    few = app_with(sends_per_challenge=1)
    mary = visitor(of=few).opens("/sign-in").fills("E-mail address", "mary@example.com")
    mary.fills("Password", seed.PASSWORD).presses("Sign in").opens(PAYMENT).presses("Send code")
    mary.sees("Send another in", "10 minutes").does_not_see("29 seconds", "30 seconds")
    mary.presses("Send another").sees("That was the last code for now. You can ask for another in 10 minutes.")


def test_a_refused_call_can_be_asked_for_again_as_a_call(app_with, visitor):
    few = app_with(sends_per_number_a_day=1)
    mary = visitor(of=few).opens("/sign-in").fills("E-mail address", "mary@example.com")
    mary.fills("Password", seed.PASSWORD).presses("Sign in").opens(PAYMENT).presses("Send code")
    few.extensions["kit"].clock.forward(minutes=21)
    mary.opens(PAYMENT).presses("Call").sees("This number has been sent all its codes for today.", "Call me")
