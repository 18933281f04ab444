"""Which phone numbers can receive a code, and what is said about those that cannot."""

import contextlib
import re
import time

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from portal.text import ending
from portal.verification import numbers
from portal.verification.numbers import NumberRefused, parse, pretty


def refusal(typed: str, region: str = "US", channel: numbers.Channel = "call", **more: frozenset[str]) -> str:
    with pytest.raises(NumberRefused) as refused:
        parse(typed, region=region, channel=channel, **more)
    return str(refused.value)


def e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@pytest.mark.parametrize("channel", ["text", "call"])
@pytest.mark.parametrize(
    "number",
    ["+1 202 555 0143", "+1 202 555 0178", "+1 202 555 0166", "+1 202 555 0119", "+44 7700 900123"],
)
def test_the_phones_of_the_demo_people_get_texts_and_calls(number, channel):
    assert pretty(parse(number, region="US", channel=channel)).replace("-", " ") == number


@pytest.mark.parametrize("last", range(100, 200, 9))
def test_the_american_numbers_of_fiction_are_accepted(last):
    assert parse(f"(202) 555-0{last}", region="US", channel="text") == f"+12025550{last}"


@pytest.mark.parametrize(
    ("number", "channel"),
    [
        ("+33 6 39 98 00 12", "text"),
        ("+353 20 911 1234", "text"),
        ("+44 1632 960123", "call"),
        ("+44 20 7946 0199", "call"),
    ],
)
def test_numbers_kept_for_films_are_accepted(number, channel):
    assert parse(number, region="US", channel=channel) == number.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "region", "read"),
    [
        ("+49 151 23456789", "US", "+4915123456789"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("0049 151 23456789", "DE", "+4915123456789"),
        ("011 49 151 23456789", "US", "+4915123456789"),
        ("0049 151 23456789", "US", "+4915123456789"),
        ("0044 7700 900456", "AU", "+447700900456"),
        ("810 49 151 23456789", "RU", "+4915123456789"),
        ("8 912 345-67-89", "RU", "+79123456789"),
        ("07700 900456", "GB", "+447700900456"),
        ("+44 (0)7700 900456", "US", "+447700900456"),
        ("(+49) 151/23456789", "US", "+4915123456789"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("1-202-555-0123", "US", "+12025550123"),
        ("202.555.0123.", "US", "+12025550123"),
        ("06.12.34.56.78", "FR", "+33612345678"),
        ("06\u00a012\u202f34\u200956\u300078", "FR", "+33612345678"),
        ("202–555‑0123", "US", "+12025550123"),
        ("  +12025550123\t\r\n", "US", "+12025550123"),
        ("＋１（２０２）５５５－０１２３", "US", "+12025550123"),
        ("٠١٥١ ٢٣٤٥٦٧٨٩", "DE", "+4915123456789"),
        ("+९१ ९८७६५ ४३२१०", "US", "+919876543210"),
        ("333 1234567", "IT", "+393331234567"),
        ("11 91234-5678", "BR", "+5511912345678"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, region, read):
    assert parse(typed, region=region, channel="text") == read


@pytest.mark.parametrize("written", [PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL])
def test_mobile_numbers_of_every_country_get_texts(written):
    for region in phonenumbers.SUPPORTED_REGIONS:
        if number := phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE):
            typed = phonenumbers.format_number(number, written)
            assert parse(typed, region=region, channel="text") == e164(number)


def test_a_landline_cannot_receive_texts_but_calls():
    assert refusal("+44 20 7946 0199", channel="text") == numbers.LANDLINE
    assert parse("+44 20 7946 0199", region="US", channel="call") == "+442079460199"


@pytest.mark.parametrize("typed", ["", " ", "\t\r\n", "\u00a0\u3000"])
def test_nothing_typed_asks_for_a_number(typed):
    assert refusal(typed) == numbers.EMPTY


@pytest.mark.parametrize("typed", ["1-800-FLOWERS", "+1 202 KLO 0143", "call me", "tel:+1202", "+49 ١٥١ باب"])
def test_letters_are_refused(typed):
    assert refusal(typed) == numbers.LETTERS


@pytest.mark.parametrize(
    "hidden",
    "\x00\x07\n\t\x1f\x7f\x85\u00ad\u061c\u200b\u200d\u200e\u202a\u202e\u2028\u2066\ufeff\ud800\ue000",
)
def test_invisible_characters_are_refused(hidden):
    assert refusal(f"+1 202{hidden}555 0143") == numbers.INVISIBLE


def test_direction_marks_around_a_copied_number_are_refused():
    assert refusal("\u202a+1 202 555 0143\u202c") == numbers.INVISIBLE


@pytest.mark.parametrize("extension", [" ext. 5", "x5", " X 12", ";ext=1", ",123", " #12", " extension 7", " доб. 3"])
def test_extensions_are_refused(extension):
    assert refusal(f"202 555 0143{extension}") == numbers.EXTENSION


@pytest.mark.parametrize(
    "typed",
    [
        "*#06#",
        "+1 202 555 014²",
        "202+555+0143",
        "++12025550143",
        "202_555_0143",
        "☎2025550143",
        "2025550143￣",
        "(①)",
    ],
)
def test_other_characters_are_refused(typed):
    assert refusal(typed) == numbers.NOT_A_NUMBER


@pytest.mark.parametrize("typed", ["5", "+", "()", "+1", "555-0143", "+49 15", "٥"])
def test_too_few_digits_are_refused(typed):
    assert refusal(typed) == numbers.TOO_SHORT


@pytest.mark.parametrize("typed", ["+1 202 555 01433", "+44 7700 900123 456", "1" * 30, "1" * 61, " " * 100])
def test_too_many_digits_are_refused(typed):
    assert refusal(typed) == numbers.TOO_LONG


def test_a_megabyte_is_refused_at_once():
    typed = "١" * 1_000_000
    began = time.perf_counter()
    assert refusal(typed) == numbers.TOO_LONG
    assert time.perf_counter() - began < 0.01


@pytest.mark.parametrize("typed", ["+1 555 123 4567", "+31 6 00000000", "+44 7700 90012", "+33 639 98 0012 0"])
def test_numbers_that_nobody_can_have_are_refused(typed):
    assert refusal(typed) in {numbers.NOT_VALID, numbers.TOO_LONG}


@pytest.mark.parametrize("typed", ["+999 12345678", "+0 12345678", "+210 123456"])
def test_unknown_country_codes_are_refused(typed):
    assert refusal(typed) in {numbers.UNKNOWN_COUNTRY, numbers.TOO_SHORT}


@pytest.mark.parametrize("region", ["", "ZZ", "XX", "001", "gb", "\x00"])
def test_a_region_that_does_not_exist_asks_for_the_country_code(region):
    assert refusal("2025550143", region=region) == numbers.UNKNOWN_COUNTRY


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("911", "US"),
        ("112", "GB"),
        ("999", "GB"),
        ("000", "AU"),
        ("+44 112", "US"),
        ("١١٢", "DE"),
        ("116 123", "DE"),
    ],
)
def test_emergency_and_short_numbers_are_refused(typed, region):
    assert refusal(typed, region) == numbers.SHORT_NUMBER


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("+1 900 234 5678", "premium-rate"),
        ("+44 909 879 0123", "premium-rate"),
        ("+49 180 5 123456", "shared-cost"),
        ("+1 800 234 5678", "toll-free"),
        ("+44 56 1234 5678", "VoIP"),
        ("+1 500 234 5678", "personal"),
        ("+44 7012 345678", "personal"),
        ("+44 7640 123456", "pager"),
        ("+44 55 1234 5678", "company-wide"),
    ],
)
@pytest.mark.parametrize("channel", ["text", "call"])
def test_numbers_that_cost_or_forward_are_refused(typed, kind, channel):
    assert kind in refusal(typed, channel=channel)


@pytest.mark.parametrize(
    "typed", ["+881 6 1234 5678", "+882 16 123456", "+870 773 111 632", "+800 1234 5678", "+979 1 2345 6789"]
)
def test_satellite_and_global_numbers_are_refused(typed):
    assert refusal(typed) == numbers.GLOBAL


def test_only_the_countries_allowed_are_sent_to():
    allowed = frozenset({"US", "GB"})
    assert refusal("+49 151 23456789", countries=allowed) == numbers.COUNTRY
    assert parse("+1 202 555 0143", region="US", channel="text", countries=allowed)
    assert parse("+44 7700 900123", region="US", channel="text", countries=allowed)


@pytest.mark.parametrize("typed", ["+1 876 456 7890", "+1 416 555 0143", "+44 7911 123456"])
def test_countries_that_share_a_country_code_are_told_apart(typed):
    assert refusal(typed, countries=frozenset({"US", "GB"})) == numbers.COUNTRY


def test_only_the_last_two_digits_are_shown():
    assert ending("+12025550143") == "43"


def test_its_owner_sees_a_number_in_the_international_spelling():
    assert pretty("+447700900123") == "+44 7700 900123"


typings = st.text() | st.text("+0123456789 ()-./x#;\u00a0\u200b٠١²", max_size=30)
regions = st.sampled_from(["US", "GB", "DE", "IT", "AU", "BR", "SG", "ZZ", ""])
channels = st.sampled_from(["text", "call"])


@given(typings, regions, channels)
def test_whatever_is_typed_is_read_or_refused(typed, region, channel):
    with contextlib.suppress(NumberRefused):
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", parse(typed, region=region, channel=channel))


digits = st.text("0123456789", min_size=6, max_size=9)


@given(st.sampled_from(["+1202", "+4915", "+447", "+336", "+391", "+5511", "+9198"]), digits, channels)
def test_a_number_that_was_read_is_read_the_same_again(start, rest, channel):
    with contextlib.suppress(NumberRefused):
        number = parse(start + rest, region="US", channel=channel)
        assert parse(number, region="ZZ", channel=channel) == number
        assert parse(pretty(number), region="ZZ", channel=channel) == number
