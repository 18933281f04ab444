"""Phones and apps: the first one at the gate, and what an app's code is worth."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from house.asking import PAYMENT, app_code, user_of
from house.phones import wrong_code

from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.challenge import Challenge
from portal.verification import apps, challenges, sending
from portal.verification.authenticators import NotYours

NEW = "+12025550111"
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238 appendix B, in base32
RFC_VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def authenticators(name: str) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.place, each.number) for each in Authenticator.of(user_of(name).id)]


# The first one, at the gate


@pytest.fixture
def first_time(person):
    """Ada on the page that asks for her first number."""
    return lambda **more: person("ada", **more).clicks("Payment Information")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_first_number_by_text_opens_payment_information_and_stands_in_my_account(first_time, phone, htmx):
    ada = first_time(htmx=htmx).fills("Phone number", "(202) 555-0111").presses("Send code")
    ada.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify")
    assert ada.heading == "Payment Information"
    assert authenticators("ada") == [(Kind.PHONE, Place.MY_ACCOUNT, NEW)]


def test_a_first_number_by_call_is_kept_on_the_account_site(first_time, phone):
    ada = first_time().fills("Phone number", NEW).chooses("Call").presses("Send code")
    assert phone(NEW).newest["channel"] == "call"
    ada.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify").sees("•••• 3000")
    assert authenticators("ada") == [(Kind.PHONE, Place.ACCOUNT_SITE, NEW)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("020 7946 0018", None),
        ("+44 7700 900 999", "+447700900999"),
        ("+1 (202) 555.0111", NEW),
        ("+91 98765 43210", "+919876543210"),
    ],
)
def test_numbers_of_any_country_are_taken_as_people_write_them(first_time, phone, typed, number):
    first_time().fills("Phone number", typed).presses("Send code")
    assert number is None or phone(number).newest_code()


def test_an_unusable_number_is_refused_beside_its_field_and_kept(first_time, kit):
    ada = first_time().fills("Phone number", "911").presses("Send code")
    assert ada.status == 422
    assert "emergency" in ada.error_beside("Phone number")
    assert ada.value("Phone number") == "911"
    assert kit.telephony.messages() == []


def test_a_wrong_code_adds_nothing(first_time, phone):
    ada = first_time().fills("Phone number", NEW).presses("Send code")
    ada.fills("Six-digit code", wrong_code(phone(NEW).newest_code())).presses("Verify")
    assert "invalid" in ada.error_beside("Six-digit code")
    assert authenticators("ada") == []


def test_an_unverified_number_is_no_authenticator(first_time, person):
    first_time().fills("Phone number", NEW).presses("Send code")
    assert person("ada").clicks("Payment Information").heading == "Add a phone number"


def test_another_number_can_be_taken_instead(first_time, phone):
    ada = first_time().fills("Phone number", "+12025550112").presses("Send code").clicks("Another number")
    ada.fills("Phone number", NEW).presses("Send code")
    ada.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify")
    assert authenticators("ada") == [(Kind.PHONE, Place.MY_ACCOUNT, NEW)]


def test_the_same_number_can_be_called_instead(first_time, phone):
    ada = first_time().fills("Phone number", NEW).presses("Send code").presses("Call •• 11")
    assert phone(NEW).newest["channel"] == "call"
    assert ada.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify").heading == "Payment Information"


def test_a_number_that_is_in_use_looks_like_a_free_one_until_the_code(first_time, phone):
    taken = first_time().fills("Phone number", "+12025550143").presses("Send code")
    free = first_time().fills("Phone number", "+12025550145").presses("Send code")
    assert taken.status == free.status
    assert taken.text.replace("43", "45") == free.text


def test_a_number_that_is_in_use_is_refused_only_after_its_code(first_time, phone):
    ada = first_time().fills("Phone number", "+12025550143").presses("Send code")
    ada.fills("Six-digit code", phone("+12025550143").newest_code()).presses("Verify")
    assert (ada.status, ada.heading) == (409, "This number is in use")
    ada.sees("account site").does_not_see("Grace", "3000")
    assert authenticators("ada") == []


def test_after_a_number_in_use_another_one_works(first_time, phone):
    ada = first_time().fills("Phone number", "+12025550143").presses("Send code")
    ada.fills("Six-digit code", phone("+12025550143").newest_code()).presses("Verify").clicks("Add another number")
    ada.fills("Phone number", NEW).presses("Send code")
    assert ada.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify").heading == "Payment Information"


def test_of_two_windows_the_second_finds_the_first_ones_authenticator(first_time, phone):
    here = first_time().fills("Phone number", NEW).presses("Send code")
    there = first_time().fills("Phone number", "+12025550112").presses("Send code")
    here.fills("Six-digit code", phone(NEW).newest_code()).presses("Verify")
    there.fills("Six-digit code", phone("+12025550112").newest_code()).presses("Verify")
    assert authenticators("ada") == [(Kind.PHONE, Place.MY_ACCOUNT, NEW)]
    assert there.heading == "Verify that it is you"


def test_who_has_one_cannot_add_a_first_one(asked):
    grace = asked("grace")
    with pytest.raises(NotYours):
        sending.send_to_new(grace.kit, grace.question, NEW, "text")
    with pytest.raises(NotYours):
        challenges.begin_app(grace.kit, grace.question)


# A first app


def key_on(page) -> str:
    return re.search(r"Key:? ((?:[A-Z2-7]{4} ?)+)", page.text)[1].replace(" ", "")


@pytest.fixture
def enrolling(first_time):
    return lambda **more: first_time(**more).presses("Use an authenticator app instead")


@pytest.mark.parametrize("htmx", [False, True])
def test_an_app_is_added_with_its_first_right_code(enrolling, clock, htmx):
    ada = enrolling(htmx=htmx)
    ada.fills("Six-digit code", pyotp.TOTP(key_on(ada)).at(clock.now())).presses("Verify")
    assert ada.heading == "Payment Information"
    assert authenticators("ada") == [(Kind.APP, Place.ACCOUNT_SITE, None)]


def test_the_key_has_160_bits_and_a_picture_beside_it(enrolling):
    ada = enrolling()
    assert len(key_on(ada)) == 32
    assert ada.page.first("svg", "path", xmlns=True) or ada.page.first("path")
    assert ada.page.first(role="img").attrs["aria-label"].startswith("QR code")


def test_a_wrong_code_activates_no_app(enrolling, clock):
    ada = enrolling()
    ada.fills("Six-digit code", wrong_code(pyotp.TOTP(key_on(ada)).at(clock.now()))).presses("Verify")
    assert authenticators("ada") == []
    assert "invalid" in ada.error_beside("Six-digit code")


def test_an_abandoned_app_leaves_nothing_and_runs_out(enrolling, clock, person):
    ada = enrolling()
    key = key_on(ada)
    clock.forward(minutes=16)
    ada.fills("Six-digit code", pyotp.TOTP(key).at(clock.now())).presses("Verify")
    assert authenticators("ada") == []


def test_a_new_attempt_has_a_new_key(enrolling, clock, first_time):
    old = key_on(enrolling())
    clock.forward(minutes=16)
    assert key_on(enrolling()) != old


def test_a_code_of_the_enrolment_is_not_good_for_the_gate(enrolling, clock, person):
    ada = enrolling()
    code = pyotp.TOTP(key_on(ada)).at(clock.now())
    ada.fills("Six-digit code", code).presses("Verify").presses("End now")
    ada.clicks("Payment Information").fills("Six-digit code", code).presses("Verify")
    assert "used already" in ada.alert


def test_the_key_is_never_shown_again(enrolling, clock):
    ada = enrolling()
    key = key_on(ada)
    ada.fills("Six-digit code", pyotp.TOTP(key).at(clock.now())).presses("Verify")
    for path in ("/", PAYMENT, f"{PAYMENT}?use=app"):
        ada.opens(path).does_not_see(key, key[:4] + " " + key[4:8])


# What an app's code is worth


@pytest.mark.parametrize(("seconds", "code"), RFC_VECTORS)
def test_app_codes_are_those_of_rfc_6238(seconds, code):
    at = datetime.fromtimestamp(seconds, UTC)
    assert apps.step_of(RFC_SECRET, code, at) == seconds // 30


@pytest.mark.parametrize(
    ("steps", "outcome"), [(-2, "wrong"), (-1, "passed"), (0, "passed"), (1, "passed"), (2, "wrong")]
)
def test_one_step_before_and_after_is_accepted(asked, kit, steps, outcome):
    assert asked("grace").answers_app(app_code(kit, steps=steps)) == outcome


def test_each_step_counts_once(asked, kit):
    grace = asked("grace")
    code = app_code(kit)
    assert [grace.answers_app(code), grace.answers_app(code)] == ["passed", "repeated"]


def test_each_step_counts_once_over_browsers_and_companies(asked, kit):
    code = app_code(kit)
    assert asked("grace").answers_app(code) == "passed"
    assert asked("grace").answers_app(code) == "repeated"


def test_a_step_before_the_last_one_is_refused(asked, kit):
    grace = asked("grace")
    now, before = app_code(kit), app_code(kit, steps=-1)
    assert [grace.answers_app(now), grace.answers_app(before)] == ["passed", "repeated"]


def test_a_step_that_was_used_is_not_counted_as_a_failure(asked, kit):
    grace = asked("grace")
    code = app_code(kit)
    grace.answers_app(code), [grace.answers_app(code) for _ in range(12)]
    assert grace.user.failures == 0


def test_the_next_step_works_after_the_last(asked, kit, clock):
    grace = asked("grace")
    grace.answers_app(app_code(kit))
    clock.forward(seconds=30)
    assert grace.answers_app(app_code(kit)) == "passed"


def test_after_the_clock_was_set_back_the_app_is_told_to_wait(asked, kit, clock):
    grace = asked("grace")
    grace.answers_app(app_code(kit))
    clock.back(minutes=10)
    assert grace.answers_app(app_code(kit)) == "clock"
    assert grace.user.failures == 0


def test_a_wrong_app_code_takes_no_step(asked, kit):
    grace = asked("grace")
    grace.answers_app(wrong_code(app_code(kit)))
    assert grace.answers_app(app_code(kit)) == "passed"


def test_an_app_passes_without_any_message(asked, kit):
    assert asked("grace").answers_app(app_code(kit)) == "passed"
    assert kit.telephony.messages() == []
    assert Challenge.get(Challenge.passed_at.is_null(False)).passed_how == "app"


def test_the_app_of_somebody_else_is_nobodys(asked, kit):
    mary = asked("mary")
    app = Authenticator.get(Authenticator.name == "Work phone")
    with pytest.raises(NotYours):
        challenges.answer_app(kit, mary.question, app.id, app_code(kit))


def test_the_qr_code_holds_the_address_of_the_key():
    uri = apps.uri(RFC_SECRET, person="ada@example.com", brand="Ledger & Co")
    assert uri == f"otpauth://totp/Ledger%20%26%20Co:ada%40example.com?secret={RFC_SECRET}&issuer=Ledger%20%26%20Co"
    assert apps.qr(uri).startswith("<svg")
    assert "style" not in apps.qr(uri)
