"""Who is paid, in what currency, to which account: checked as one thing, compared field by field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.language import gettext as _
from portal.language import later
from portal.payments import bank, countries, tax
from portal.payments.bank import BankAccount, FieldErrors, FieldRefused
from portal.payments.countries import COUNTRIES, CURRENCIES
from portal.text import hidden

KINDS = {"company": later("A company"), "person": later("A person")}

BANK_ACCOUNT = later("Bank account")

# Name, label, longest, and what is said where it is empty; nothing, where it may be.
LINES = (
    ("payee", later("Legal name"), 140, later("Enter the legal name.")),
    ("street", later("Street and number"), 140, later("Enter the street and number.")),
    ("city", later("City"), 80, later("Enter the city.")),
    ("region", later("State, province or county"), 80, ""),
    ("postal_code", later("Postal code"), 16, ""),
)


@dataclass(frozen=True)
class Details:
    payee_kind: str
    payee: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    currency: str
    account: BankAccount
    tax_id: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "account": self.account.as_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Details:
        return cls(**{**data, "account": BankAccount.from_dict(data["account"])})

    @property
    def address(self) -> str:
        parts = (self.street, self.city, self.region, self.postal_code, countries.country(self.country))
        return ", ".join(part for part in parts if part)

    def shown(self) -> dict[str, str]:
        """Label to value, as people see it: the account masked."""
        return {
            _("Paid to"): _(KINDS[self.payee_kind]),
            _("Legal name"): self.payee,
            _("Address"): self.address,
            _("Tax identification"): hidden_but_four(self.tax_id),
            _("Country of the bank"): countries.country(self.account.country),
            _(BANK_ACCOUNT): self.account.masked(),
            _("Bank"): self.account.bank(),
            _("Currency"): f"{self.currency} ({countries.currency(self.currency)})",
        }

    def changed_from(self, old: Details | None) -> list[str]:
        """The names of the fields that differ, the account as a whole."""
        if old is None:
            return list(asdict(self))
        return [name for name in asdict(self) if getattr(self, name) != getattr(old, name)]


def check(typed: Mapping[str, str], keep: BankAccount | None = None) -> Details:
    """The details that were typed. An account left empty stays `keep`, if that is of the same country.
    Raises FieldErrors with a sentence for every field that needs another look."""
    errors: dict[str, str] = {}
    values = {name: line(typed.get(name, ""), name, longest, empty, errors) for name, _label, longest, empty in LINES}
    for name, offered, sentence in (
        ("payee_kind", KINDS, later("Choose whether a company or a person is paid.")),
        ("country", COUNTRIES, later("Choose the country of the address.")),
        ("currency", CURRENCIES, later("Choose the currency to be paid in.")),
        ("bank_country", COUNTRIES, later("Choose the country of the bank account.")),
    ):
        values[name] = typed.get(name, "")
        if values[name] not in offered:
            errors[name] = _(sentence)
    account = check_account(values.pop("bank_country"), typed, keep, errors)
    if values["country"] in COUNTRIES:
        try:
            values["tax_id"] = tax.check(values["country"], typed.get("tax_id", ""))
        except FieldRefused as refused:
            errors["tax_id"] = str(refused)
    if errors or account is None:
        raise FieldErrors(errors)
    return Details(account=account, **values)


def hidden_but_four(text: str) -> str:
    return f"•••• {text[-4:]}" if text else ""


def check_account(
    country: str, typed: Mapping[str, str], keep: BankAccount | None, errors: dict[str, str]
) -> BankAccount | None:
    if country not in COUNTRIES:
        return None
    if keep and keep.country == country and not any(typed.get(name, "").strip() for name in secret_fields(country)):
        typed = {**typed, **{name: keep.fields.get(name, "") for name in secret_fields(country)}}
    try:
        return bank.check(country, typed)
    except FieldErrors as refused:
        errors.update(refused.errors)
        return None


def secret_fields(country: str) -> list[str]:
    return [each.name for each in bank.form_for(country).fields if each.secret]


def line(typed: str, name: str, longest: int, empty: str, errors: dict[str, str]) -> str:
    """One line of text in any script, without characters that hide or reorder others."""
    text = " ".join(typed[: longest * 4].split())
    if len(typed) > longest * 4 or len(text) > longest:
        errors[name] = _("This is too long: at most %(most)s characters.", most=longest)
    elif not text and empty:
        errors[name] = _(empty)
    elif hidden(text):
        errors[name] = _("This has invisible characters in it, perhaps from copying. Type it by hand.")
    return unicodedata.normalize("NFC", text)


def as_typed(there: Details) -> dict[str, str]:
    """The fields of the form that would give `there`."""
    lines = {name: getattr(there, name) for name, *_ in LINES}
    chosen = {name: getattr(there, name) for name in ("payee_kind", "country", "currency", "tax_id")}
    return {**lines, **chosen, "bank_country": there.account.country, **there.account.fields}
