"""The countries (ISO 3166) and currencies (ISO 4217) that a payment form offers, and what their banks share.

It never says whom one may pay: leaving out a country, for sanctions or otherwise, is up to the deployment.
"""

from __future__ import annotations

from pathlib import Path
from unicodedata import combining, normalize

from portal.language import ENGLISH, locale, spoken

HERE = Path(__file__).parent


def table(file: str) -> dict[str, str]:
    """Code to English name, in the order of the file: countries by their names, currencies by their codes."""
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines)


# XK is no ISO code yet, but the one that Kosovo's IBANs begin with.
COUNTRIES = table("countries.txt")
CURRENCIES = table("currencies.txt")

_SEPA = """
AD AL AT AX BE BG BL CH CY CZ DE DK EE ES FI FR GF GI GP GR HR HU IE IS IT LI LT LU LV
MC MD ME MF MK MQ MT NL NO PL PM PT RE RO RS SE SI SK SM VA YT
"""

# Territories whose banks use the account numbers of another country; their BICs carry either code.
BANKS_LIKE = {
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"),
    **dict.fromkeys(("GG", "IM", "JE"), "GB"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
    "AX": "FI",
    "SJ": "NO",
}

# Within SEPA the IBAN alone finds the bank, so nobody has to look for a BIC.
SEPA = frozenset(_SEPA.split())


def country(code: str) -> str:
    """Its name in the present language."""
    return COUNTRIES[code] if spoken() == ENGLISH else str(locale().territories.get(code, COUNTRIES[code]))


def currency(code: str) -> str:
    """The same."""
    return CURRENCIES[code] if spoken() == ENGLISH else str(locale().currencies.get(code, CURRENCIES[code]))


def country_names() -> dict[str, str]:
    """Code to name in the present language, in the order of the names."""
    return dict(sorted(((code, country(code)) for code in COUNTRIES), key=lambda row: without_accents(row[1])))


def currency_names() -> dict[str, str]:
    """The same, in the order of the codes."""
    return {code: currency(code) for code in CURRENCIES}


def without_accents(name: str) -> str:
    return "".join(c for c in normalize("NFKD", name) if not combining(c)).casefold()
