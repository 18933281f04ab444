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

from portal.language import gettext as _
from portal.language import later
from portal.payments.countries import BANKS_LIKE, COUNTRIES, SEPA
from portal.payments.countries import country as name_of

FormName = Literal["iban", "us", "gb", "other"]
Rule = Callable[[str, str], str]  # from what was typed and the country to what is stored, or FieldRefused

# The twelve Federal Reserve districts, plus 20 for thrifts, plus 60 for electronic payments.
ROUTING_PREFIXES = {f"{district + added:02}" for district in range(1, 13) for added in (0, 20, 60)}

INVISIBLE = later("This has invisible characters in it, perhaps from copying. Type it by hand.")
NOT_PLAIN = later("Use only the letters A to Z and the digits 0 to 9. Spaces, dashes and dots do no harm.")
TOO_LONG = later("This is too long. Check it for characters too many.")


class FieldErrors(ValueError):
    """What was typed is no account: `errors` has one sentence for each field, by the field's name."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))  # the names alone: an exception may end up in a log
        self.errors = errors


class FieldRefused(ValueError):
    """`str()` of it is the sentence for one field; it never repeats what was typed."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(_(sentence, **values))


@dataclass(frozen=True)
class Field:
    """What a template needs to ask for one part of an account, and the rule for what comes back."""

    name: str
    label: str
    hint: str
    rule: Rule = field(repr=False)
    empty: str = ""  # what is said where it is empty; nothing, where it may be
    secret: bool = False
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
            raise FieldRefused(self.empty)
        return ""

    @property
    def required(self) -> bool:
        return bool(self.empty)


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


ACCOUNT_TYPES = {"checking": later("checking account"), "savings": later("savings account")}

SAID_OF_BANK: dict[str, Callable[[str], str]] = {
    "routing_number": lambda number: _("Routing number %(number)s", number=number),
    "account_type": lambda kind: _(ACCOUNT_TYPES[kind]),
    "sort_code": lambda code: _("Sort code %(code)s", code=f"{code[:2]}-{code[2:4]}-{code[4:]}"),
    "bank_name": str,
    "bic": lambda code: _("BIC %(code)s", code=code),
    "bank_code": lambda code: _("bank code %(code)s", code=code),
}


def check(country: str, typed: Mapping[str, str]) -> BankAccount:
    """The account that was typed, or FieldErrors about every field that needs another look."""
    if country not in COUNTRIES:
        raise FieldErrors({"country": _("Choose the country of the bank account.")})
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
    return {"GB": _gb_form, "US": _us_form}.get(_home(country), _other_form)()


def _home(country: str) -> str:
    return BANKS_LIKE.get(country, country)


def _iban_length(country: str) -> int:
    """0 where an account is not given by its IBAN."""
    if country not in COUNTRIES or _home(country) == "GB":
        return 0
    _country, registered = numdb.get("iban").info(_home(country))[0]
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
        raise _from_elsewhere(value[:2], country)
    if len(value) != _iban_length(country):
        wrong = later(
            "This IBAN has %(count)s characters; those of %(country)s have %(length)s. "
            "Compare it with your bank statement."
        )
        about = {"count": len(value), "country": name_of(_home(country)), "length": _iban_length(country)}
        raise FieldRefused(wrong, **about)
    if iban.calc_check_digits(value) != value[2:4]:
        raise FieldRefused(later("The check digits of this IBAN do not match. Compare it with your bank statement."))
    # Without the library's rules for single countries: its list of Belgian banks misses some.
    if not iban.is_valid(value, check_country=False):
        raise FieldRefused(
            later(
                "This IBAN has letters where digits belong, or digits for letters. Compare it with your bank statement."
            )
        )
    return value


def _from_elsewhere(prefix: str, country: str) -> FieldRefused:
    if prefix in COUNTRIES and prefix != country:
        foreign = later("This IBAN is from another country, %(country)s. Choose that country, or correct it.")
        return FieldRefused(foreign, country=name_of(prefix))
    wrong = later("An IBAN for %(country)s begins with %(prefix)s and two digits. Compare it with your bank statement.")
    return FieldRefused(wrong, country=name_of(country), prefix=_home(country))


def _bic(typed: str, country: str) -> str:
    value = _compact(typed)
    if not bic.is_valid(value):
        raise FieldRefused(later("A BIC has 8 or 11 characters, like DEUTDEFF. Look for it on your bank statement."))
    if _home(value[4:6]) != _home(country):
        # Some banks in SEPA do mix countries; there the field may stay empty.
        if country in SEPA:
            raise FieldRefused(later("This BIC is of a bank in another country. Correct it, or leave it empty."))
        raise FieldRefused(later("This BIC is of a bank in another country. Correct it, or choose that country."))
    return value


def _routing_number(typed: str, country: str) -> str:
    value = _nine_digits(typed, country)
    if value[:2] not in ROUTING_PREFIXES or not rtn.is_valid(value):
        raise FieldRefused(
            later("There is no such routing number: a digit is wrong or swapped. Compare it with your bank statement.")
        )
    return value


def _gb_account_number(typed: str, country: str) -> str:
    if re.match(r"[A-Z]{2}[0-9]{2}", _compact(typed)):
        raise FieldRefused(later("This is an IBAN. Give its last 8 digits here; the 6 before them are the sort code."))
    return _eight_digits(typed, country)


_nine_digits = _shaped(r"[0-9]{9}", later("A routing number has 9 digits. Compare it with your bank statement."))

# A shorter number is not filled up for the person: a digit left out by mistake looks the same.
_eight_digits = _shaped(r"[0-9]{8}", later("An account number has 8 digits here. Put zeros before a shorter one."))


def _bank_name(typed: str, _country: str) -> str:
    if not any(character.isalpha() for character in typed):
        raise FieldRefused(later("Write the bank's name in words."))
    return " ".join(normalize("NFC", typed).split())


_us_number = _shaped(
    r"[0-9]{4,17}", later("A US account number has 4 to 17 digits. Compare it with your bank statement.")
)
_sort_code = _shaped(
    r"[0-9]{6}", later("A sort code has 6 digits, like 20-00-00. Compare it with your bank statement.")
)
_any_number = _shaped(
    r"[0-9A-Z]{4,34}",
    later("An account number has 4 to 34 letters and digits. Compare it with your bank statement."),
)
_bank_code = _shaped(
    r"[0-9A-Z]{1,20}",
    later("A bank or branch code has up to 20 letters and digits. Compare it with your bank statement."),
)

BIC_HINT = later("8 or 11 characters, like DEUTDEFF")
EMPTY_NUMBER = later("Enter the account number.")


def _iban_form(country: str, length: int) -> BankForm:
    hint = _("%(length)s characters, beginning with %(prefix)s", length=length, prefix=_home(country))
    empty_bic = "" if country in SEPA else later("Enter the BIC.")
    return BankForm("iban", (
        Field("iban", _("IBAN"), hint, _iban, later("Enter the IBAN."), secret=True),
        Field("bic", _("BIC"), _(BIC_HINT), _bic, empty_bic),
    ))  # fmt: skip


def _us_form() -> BankForm:
    kinds = (("checking", _("Checking")), ("savings", _("Savings")))
    return BankForm("us", (
        Field("routing_number", _("Routing number"), _("9 digits, at the bottom left of a cheque"),
              _routing_number, later("Enter the routing number."), inputmode="numeric"),
        Field("account_number", _("Account number"), _("4 to 17 digits"),
              _us_number, EMPTY_NUMBER, secret=True, inputmode="numeric"),
        Field("account_type", _("Account type"), "",
              lambda typed, _country: typed, later("Choose the account type."), choices=kinds),
    ))  # fmt: skip


def _gb_form() -> BankForm:
    return BankForm("gb", (
        Field("sort_code", _("Sort code"), _("6 digits, like 20-00-00"),
              _sort_code, later("Enter the sort code."), inputmode="numeric"),
        Field("account_number", _("Account number"), _("8 digits; put zeros before a shorter one"),
              _gb_account_number, EMPTY_NUMBER, secret=True, inputmode="numeric"),
    ))  # fmt: skip


def _other_form() -> BankForm:
    return BankForm("other", (
        Field("account_number", _("Account number"), _("4 to 34 letters and digits"),
              _any_number, EMPTY_NUMBER, secret=True),
        Field("bank_name", _("Bank name"), _("As it stands on your bank statement"),
              _bank_name, later("Enter the bank name."), max_length=100),
        Field("bic", _("SWIFT/BIC"), _(BIC_HINT), _bic, later("Enter the SWIFT/BIC.")),
        Field("bank_code", _("Bank or branch code"), _("If your bank has one"), _bank_code),
    ))  # fmt: skip
