"""Phone numbers as people type them, read into E.164 or refused with one sentence that says why.

It decides what a number is and whether a code can reach it; it never sends, stores or looks up anything.
"""

from __future__ import annotations

import re
from unicodedata import category, decimal, east_asian_width, normalize

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat
from phonenumbers import PhoneNumberType as Kind
from phonenumbers import ValidationResult as Length
from phonenumbers import is_possible_number_with_reason as _length

from portal.language import gettext as _
from portal.language import later
from portal.telephony.protocol import Channel

LONGEST = 60  # far more than any number with its separators, and little work for whoever sends a megabyte

REACHED_BY: dict[Channel, set[int]] = {
    Channel.TEXT: {Kind.MOBILE, Kind.FIXED_LINE_OR_MOBILE},
    Channel.CALL: {Kind.MOBILE, Kind.FIXED_LINE_OR_MOBILE, Kind.FIXED_LINE},
}

# Kept free for films, examples and demos. The library takes those of other countries, but not these.
FICTION = {
    re.compile(r"\+447700900[0-9]{3}"): Kind.MOBILE,  # Ofcom
    re.compile(r"\+441632960[0-9]{3}"): Kind.FIXED_LINE,  # Ofcom
    re.compile(r"\+3363998[0-9]{4}"): Kind.MOBILE,  # Arcep
    re.compile(r"\+3532091[0-9]{5}"): Kind.MOBILE,  # ComReg
}

EMPTY = later("Enter a phone number.")
TOO_LONG = later("This phone number is too long. Check it for a digit too many.")
TOO_SHORT = later("This phone number is too short. Give it with its area code, or with + and the country code.")
NOT_VALID = later("This is not a valid phone number. Check it, or give it with + and the country code.")
UNKNOWN_COUNTRY = later("This country code is not known. Begin with + and the country code, for example +44 or +1.")
INVISIBLE = later("This phone number has invisible characters in it, perhaps from copying. Type the digits by hand.")
EXTENSION = later("A number with an extension cannot receive codes. Give a direct number.")
LETTERS = later("A phone number cannot have letters. Write all of it in digits.")
NOT_A_NUMBER = later("Use only digits, one + in front, and spaces, brackets, dots, dashes or slashes in between.")
SHORT_NUMBER = later("This is an emergency or short number, or digits are missing. Give a whole phone number.")
GLOBAL = later("This is a satellite or global-service number, which cannot receive codes. Use a mobile number.")
LANDLINE = later("This looks like a landline, which cannot receive texts. Choose a phone call instead.")
COUNTRY = later("Codes are not sent to numbers in this country. Use another number or an authenticator app.")
SPECIAL = later("This is a special number, which cannot receive codes. Use a mobile number.")

SPECIAL_KINDS = {
    Kind.PREMIUM_RATE: later("This is a premium-rate number, which cannot receive codes. Use a mobile number."),
    Kind.SHARED_COST: later("This is a shared-cost number, which cannot receive codes. Use a mobile number."),
    Kind.TOLL_FREE: later("This is a toll-free number, which cannot receive codes. Use a mobile number."),
    Kind.VOIP: later("This is an internet (VoIP) number, which cannot receive codes. Use a mobile number."),
    Kind.PERSONAL_NUMBER: later(
        "This is a personal forwarding number, which cannot receive codes. Use a mobile number."
    ),
    Kind.PAGER: later("This is a pager, which cannot receive codes. Use a mobile number."),
    Kind.UAN: later("This is a company-wide number, which cannot receive codes. Use a mobile number."),
    Kind.VOICEMAIL: later("This is a voicemail number, which cannot receive codes. Use a mobile number."),
}

UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: UNKNOWN_COUNTRY,
    NumberParseException.TOO_LONG: TOO_LONG,
}

IMPOSSIBLE = {
    Length.TOO_SHORT: TOO_SHORT,
    Length.IS_POSSIBLE_LOCAL_ONLY: TOO_SHORT,
    Length.TOO_LONG: TOO_LONG,
}

_EXTENSION = re.compile(r"[0-9][\s().\-]*(?:ext\w*|x|доб|#|,|;|~)\W*(?:ext\W*)?[0-9]{1,6}$", re.IGNORECASE)
_AS_WRITTEN = re.compile(r"[( ]*\+?[0-9 ().\-/]*")


class NumberRefused(ValueError):
    """`str()` of it is one clear sentence for the person who typed the number."""

    def __init__(self, sentence: str) -> None:
        super().__init__(_(sentence))


def parse(typed: str, *, region: str, channel: Channel, countries: frozenset[str] = frozenset()) -> str:
    """The number in E.164, if a code can reach it by `channel`. No `countries` means all of them."""
    number = _read(_plain(typed), region)
    kind = _kind(number)
    if countries and _country(number) not in countries:
        raise NumberRefused(COUNTRY)
    if kind not in REACHED_BY[Channel.CALL]:
        raise NumberRefused(SPECIAL_KINDS.get(kind, SPECIAL))
    if kind not in REACHED_BY[channel]:
        raise NumberRefused(LANDLINE)
    return _e164(number)


def parse_any(typed: str, *, region: str) -> str:
    """The number in E.164, if it is one at all: for a company's own number, which gets no codes."""
    number = _read(_plain(typed), region)
    _kind(number)
    return _e164(number)


def pretty(e164: str) -> str:
    """In the international spelling, for the pages of its owner."""
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)


def _plain(typed: str) -> str:
    """ASCII digits, perhaps after a +. The library forgives too much to be shown anything else."""
    if len(typed) > LONGEST:
        raise NumberRefused(TOO_LONG)
    narrow = "".join(normalize("NFKC", c) if east_asian_width(c) == "F" else c for c in typed)
    text = "".join(map(_ascii, narrow.strip(" \t\r\n"))).strip(" ")
    if refusal := _refusal(text):
        raise NumberRefused(refusal)
    return re.sub(r"[^+0-9]", "", text)


def _ascii(character: str) -> str:
    """A digit of any script as ASCII, and every kind of space and dash as the plain one."""
    digit = decimal(character, None)
    if digit is not None:
        return str(digit)
    return {"Zs": " ", "Pd": "-"}.get(category(character), character)


def _refusal(text: str) -> str:
    if not text:
        return EMPTY
    if any(category(character)[0] == "C" or category(character) in {"Zl", "Zp"} for character in text):
        return INVISIBLE
    if _EXTENSION.search(text):
        return EXTENSION
    if any(character.isalpha() for character in text):
        return LETTERS
    return "" if _AS_WRITTEN.fullmatch(text) else NOT_A_NUMBER


def _read(digits: str, region: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(digits, region)
        # Many write 00 for + also where one dials 011 or 0011.
        if digits.startswith("00") and _length(number) == Length.TOO_LONG:
            number = phonenumbers.parse(f"+{digits[2:]}", region)
    except NumberParseException as problem:
        raise NumberRefused(UNREADABLE.get(problem.error_type, TOO_SHORT)) from None
    return number


def _kind(number: PhoneNumber) -> int:
    """The library's type of a number that can exist; raises for any other."""
    if _country(number) == "001":
        raise NumberRefused(GLOBAL)
    for pattern, kind in FICTION.items():
        if pattern.fullmatch(_e164(number)):
            return kind
    if phonenumbers.is_valid_number(number):
        return phonenumbers.number_type(number)
    if phonenumbers.is_valid_short_number(number):
        raise NumberRefused(SHORT_NUMBER)
    raise NumberRefused(IMPOSSIBLE.get(_length(number), NOT_VALID))


def _country(number: PhoneNumber) -> str:
    """A number of fiction has no region of its own, only its country code's."""
    by_code = phonenumbers.region_code_for_country_code(number.country_code or 0)
    return phonenumbers.region_code_for_number(number) or by_code


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
