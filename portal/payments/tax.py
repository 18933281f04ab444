"""The tax identification of a payee: optional, and checked by the library where it knows the country's numbers."""

from __future__ import annotations

from stdnum import get_cc_module

from portal.language import gettext as _
from portal.payments.bank import FieldRefused

LONGEST = 24

# The kinds of number that a country's payees have, by the library's names; elsewhere its VAT number, then a TIN.
KINDS = {
    "US": ("ein", "ssn", "itin"),
    "CA": ("bn", "sin"),
    "AU": ("abn", "tfn"),
    "BR": ("cnpj", "cpf"),
    "DE": ("vat", "stnr", "idnr"),
    "FR": ("tva", "siren", "nif"),
    "GB": ("vat", "utr"),
    "IN": ("gstin", "pan"),
    "JP": ("cn",),
    "MY": ("nric",),
    "PK": ("cnic",),
    "UA": ("edrpou", "rntrc"),
    "ZA": ("tin",),
}


def check(country: str, typed: str) -> str:
    """The number without separators, or nothing. Raises FieldRefused."""
    text = typed.strip()
    if not text:
        return ""
    if len(text) > LONGEST or not text.isascii() or not text.isprintable():
        raise FieldRefused(_("A tax identification has at most %(most)s letters, digits and separators.", most=LONGEST))
    known = [module for kind in KINDS.get(country, ("vat", "tin")) if (module := get_cc_module(country, kind))]
    for module in known:
        if module.is_valid(text):
            return str(module.compact(text))
    if known:
        raise FieldRefused(
            _("This is no tax identification of the country above. Compare it with a letter of the tax office.")
        )
    compact = "".join(c for c in text if c.isalnum())
    if len(compact) < 4:
        raise FieldRefused(_("This is too short for a tax identification."))
    return compact.upper()
