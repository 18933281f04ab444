"""What the pages of Payment Information share: two versions, side by side, as people see them."""

from __future__ import annotations

from portal.language import gettext as _
from portal.payments.bank import BankAccount
from portal.payments.details import BANK_ACCOUNT, Details


def compared(old: Details | None, new: Details) -> list[tuple[str, str, str]]:
    """Label, before and after, as people see them."""
    before = old.shown() if old else {}
    pairs = [(label, before.get(label, ""), value) for label, value in new.shown().items()]
    return [mark_account(pair, old.account, new.account) for pair in pairs] if old else pairs


def mark_account(pair: tuple[str, str, str], old: BankAccount, new: BankAccount) -> tuple[str, str, str]:
    """Two numbers that look alike behind their masks are still two."""
    label, before, after = pair
    same = label == _(BANK_ACCOUNT) and before == after and old != new
    return (label, before, _("%(account)s (another number)", account=after)) if same else pair
