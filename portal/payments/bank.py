"""The bank account that a company is paid to, asked for and checked in the form that its country uses.

It says what is wrong beside each field and how to mend it; it never asks a bank or any network about an
account, and shows a whole account number only through `full()`, `as_dict()` and `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from unicodedata import category, east_asian_width, normalize

from stdnum import bic, iban, numdb
from stdnum.us import rtn

from portal.payments.countries import BANKS_LIKE, COUNTRIES, SEPA

FormName = Literal["iban", "us", "gb", "other"]
Rule = Callable[[str, str], str]  # from what was typed and the country to what is stored, or FieldRefused

# The twelve Federal Reserve districts, plus 20 for thrifts, plus 60 for electronic payments.
ROUTING_PREFIXES = {f"{district + added:02}" for district in range(1, 13) for added in (0, 20, 60)}

INVISIBLE = "This has invisible characters in it, perhaps from copying. Type it by hand."
NOT_PLAIN = "Use only the letters A to Z and the digits 0 to 9. Spaces, dashes and dots do no harm."
TOO_LONG = "This is too long. Check it for characters too many."
COMPARE = "Compare it with your bank statement."


class FieldErrors(ValueError):
    """What was typed is no account: `errors` has one sentence for each field, by the field's name."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))  # the names alone: an exception may end up in a log
        self.errors = errors


class FieldRefused(ValueError):
    """`str()` of it is the sentence for one field; it never repeats what was typed."""


@dataclass(frozen=True)
class Field:
    """What a template needs to ask for one part of an account, and the rule for what comes back."""

    name: str
    label: str
    hint: str
    rule: Rule = field(repr=False)
    secret: bool = False
    required: bool = True
    max_length: int = 50  # of what is typed, with its separators
    inputmode: str = "text"
    autocomplete: str = "off"
    choices: tuple[tuple[str, str], ...] = ()

    def read(self, typed: str, country: str) -> str:
        if len(typed) > self.max_length:
            raise FieldRefused(TOO_LONG)
        typed = typed.strip(" \t\r\n")
        if any(category(character)[0] == "C" or category(character) in {"Zl", "Zp"} for character in typed):
            raise FieldRefused(INVISIBLE)
        if typed and (not self.choices or typed in dict(self.choices)):
            return self.rule(typed, country)
        if typed or self.required:
            raise FieldRefused(f"{'Choose' if self.choices else 'Enter'} the {self._noun}.")
        return ""

    @property
    def _noun(self) -> str:
        return self.label if self.label.isupper() else self.label.lower()


@dataclass(frozen=True)
class BankForm:
    name: FormName
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class BankAccount:
    country: str
    form: FormName
    fields: Mapping[str, str] = field(repr=False, hash=False)  # the account number is in here

    def masked(self) -> str:
        return f"{self.country} •••• {self.last_four()}"

    def last_four(self) -> str:
        """Fewer of a short number: never more than half of it."""
        return self._number[-min(4, len(self._number) // 2) :]

    def full(self) -> str:
        return iban.format(self._number) if self.form == "iban" else self._number

    def bank(self) -> str:
        """What the fields tell of the bank; an IBAN alone tells nothing."""
        return ", ".join(say(self.fields[name]) for name, say in SAID_OF_BANK.items() if name in self.fields)

    def as_dict(self) -> dict[str, Any]:
        return {"country": self.country, "form": self.form, "fields": dict(self.fields)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BankAccount:
        return cls(data["country"], data["form"], dict(data["fields"]))

    @property
    def _number(self) -> str:
        return self.fields["iban" if self.form == "iban" else "account_number"]


SAID_OF_BANK: dict[str, Callable[[str], str]] = {
    "routing_number": "Routing number {}".format,
    "account_type": "{} account".format,
    "sort_code": lambda code: f"Sort code {code[:2]}-{code[2:4]}-{code[4:]}",
    "bank_name": str,
    "bic": "BIC {}".format,
    "bank_code": "bank code {}".format,
}


def check(country: str, typed: Mapping[str, str]) -> BankAccount:
    """The account that was typed, or FieldErrors about every field that needs another look."""
    if country not in COUNTRIES:
        raise FieldErrors({"country": "Choose the country of the bank account."})
    form = form_for(country)
    values, errors = {}, {}
    for asked in form.fields:
        try:
            values[asked.name] = asked.read(typed.get(asked.name) or "", country)
        except FieldRefused as refused:
            errors[asked.name] = str(refused)
    if errors:
        raise FieldErrors(errors)
    return BankAccount(country, form.name, {name: value for name, value in values.items() if value})


def form_for(country: str) -> BankForm:
    """The form in which accounts of `country` (ISO 3166) are written."""
    if length := _iban_length(country):
        return _iban_form(country, length)
    return {"GB": GB, "US": US}.get(_home(country), OTHER)


def _home(country: str) -> str:
    return BANKS_LIKE.get(country, country)


def _iban_length(country: str) -> int:
    """0 where an account is not given by its IBAN."""
    if country not in COUNTRIES or _home(country) == "GB":
        return 0
    _, registered = numdb.get("iban").info(_home(country))[0]
    lengths = [int(digits) for digits in re.findall(r"([0-9]+)!", registered.get("bban", ""))]
    return 4 + sum(lengths) if lengths else 0


def _compact(typed: str) -> str:
    """Upper case without separators. Full-width forms become ASCII; anything else beyond ASCII is refused."""
    narrow = "".join(normalize("NFKC", c) if east_asian_width(c) == "F" else c for c in typed)
    value = "".join(c for c in narrow if c not in ".\u2212" and category(c) not in {"Zs", "Pd"})
    if not (value.isascii() and value.isalnum()):
        raise FieldRefused(NOT_PLAIN)
    return value.upper()


def _shaped(pattern: str, sentence: str) -> Rule:
    def rule(typed: str, country: str) -> str:
        value = _compact(typed)
        if not re.fullmatch(pattern, value) or not value.strip("0"):
            raise FieldRefused(sentence)
        return value

    return rule


def _iban(typed: str, country: str) -> str:
    value = _compact(typed).removeprefix("IBAN")
    if value[:2] != _home(country):
        raise FieldRefused(_from_elsewhere(value[:2], country))
    if len(value) != _iban_length(country):
        of_home = f"those of {COUNTRIES[_home(country)]} have {_iban_length(country)}"
        raise FieldRefused(f"This IBAN has {len(value)} characters; {of_home}. {COMPARE}")
    if iban.calc_check_digits(value) != value[2:4]:
        raise FieldRefused(f"The check digits of this IBAN do not match. {COMPARE}")
    # Without the library's rules for single countries: its list of Belgian banks misses some.
    if not iban.is_valid(value, check_country=False):
        raise FieldRefused(f"This IBAN has letters where digits belong, or digits for letters. {COMPARE}")
    return value


def _from_elsewhere(prefix: str, country: str) -> str:
    if prefix in COUNTRIES and prefix != country:
        return f"This IBAN is from another country, {COUNTRIES[prefix]}. Choose that country, or correct it."
    return f"An IBAN for {COUNTRIES[country]} begins with {_home(country)} and two digits. {COMPARE}"


def _bic(typed: str, country: str) -> str:
    value = _compact(typed)
    if not bic.is_valid(value):
        raise FieldRefused("A BIC has 8 or 11 characters, like DEUTDEFF. Look for it on your bank statement.")
    if _home(value[4:6]) != _home(country):
        # Some banks in SEPA do mix countries; there the field may stay empty.
        way_out = "leave it empty" if country in SEPA else "choose that country"
        raise FieldRefused(f"This BIC is of a bank in another country. Correct it, or {way_out}.")
    return value


def _routing_number(typed: str, country: str) -> str:
    value = _nine_digits(typed, country)
    if value[:2] not in ROUTING_PREFIXES or not rtn.is_valid(value):
        raise FieldRefused(f"There is no such routing number: a digit is wrong or swapped. {COMPARE}")
    return value


def _gb_account_number(typed: str, country: str) -> str:
    if re.match(r"[A-Z]{2}[0-9]{2}", _compact(typed)):
        raise FieldRefused("This is an IBAN. Give its last 8 digits here; the 6 before them are the sort code.")
    return _eight_digits(typed, country)


_nine_digits = _shaped(r"[0-9]{9}", f"A routing number has 9 digits. {COMPARE}")

# A shorter number is not filled up for the person: a digit left out by mistake looks the same.
_eight_digits = _shaped(r"[0-9]{8}", "An account number has 8 digits here. Put zeros before a shorter one.")


def _bank_name(typed: str, _country: str) -> str:
    if not any(character.isalpha() for character in typed):
        raise FieldRefused("Write the bank's name in words.")
    return " ".join(normalize("NFC", typed).split())


BIC_HINT = "8 or 11 characters, like DEUTDEFF"


def _iban_form(country: str, length: int) -> BankForm:
    hint = f"{length} characters, beginning with {_home(country)}"
    return BankForm("iban", (
        Field("iban", "IBAN", hint, _iban, secret=True),
        Field("bic", "BIC", BIC_HINT, _bic, required=country not in SEPA),
    ))  # fmt: skip


US = BankForm("us", (
    Field("routing_number", "Routing number", "9 digits, at the bottom left of a cheque",
          _routing_number, inputmode="numeric"),
    Field("account_number", "Account number", "4 to 17 digits",
          _shaped(r"[0-9]{4,17}", f"A US account number has 4 to 17 digits. {COMPARE}"),
          secret=True, inputmode="numeric"),
    Field("account_type", "Account type", "",
          lambda typed, _country: typed, choices=(("checking", "Checking"), ("savings", "Savings"))),
))  # fmt: skip

GB = BankForm("gb", (
    Field("sort_code", "Sort code", "6 digits, like 20-00-00",
          _shaped(r"[0-9]{6}", f"A sort code has 6 digits, like 20-00-00. {COMPARE}"), inputmode="numeric"),
    Field("account_number", "Account number", "8 digits; put zeros before a shorter one",
          _gb_account_number, secret=True, inputmode="numeric"),
))  # fmt: skip

OTHER = BankForm("other", (
    Field("account_number", "Account number", "4 to 34 letters and digits",
          _shaped(r"[0-9A-Z]{4,34}", f"An account number has 4 to 34 letters and digits. {COMPARE}"),
          secret=True),
    Field("bank_name", "Bank name", "As it stands on your bank statement", _bank_name, max_length=100),
    Field("bic", "SWIFT/BIC", BIC_HINT, _bic),
    Field("bank_code", "Bank or branch code", "If your bank has one",
          _shaped(r"[0-9A-Z]{1,20}", f"A bank or branch code has up to 20 letters and digits. {COMPARE}"),
          required=False),
))  # fmt: skip
