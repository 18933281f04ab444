"""What somebody typed and has not saved: encrypted, for them alone, in this company alone, for a day.

A form that comes after the verification has ended is kept here without its account number, and never
saved by itself: the person finds the form filled in, and presses the button again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from portal.clock import between
from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company
from portal.models.payment import PaymentDraft
from portal.models.sign_in import SignIn
from portal.payments.bank import form_for
from portal.payments.countries import COUNTRIES

LONGEST = 4000  # characters of all that is kept; beyond that it is no form of ours

KEPT = set("payee_kind payee street city region postal_code country currency bank_country tax_id seen".split())


@dataclass(frozen=True)
class Draft:
    typed: dict[str, str]
    complete: bool  # with its account number, ready to be compared and saved


def keep(kit: Kit, by: SignIn, company: Company, typed: Mapping[str, str], *, complete: bool) -> None:
    """Keep what was typed in place of what was kept before; without the secret fields unless `complete`."""
    kept = {name: typed[name] for name in KEPT | bank_fields(typed, secret=complete) if typed.get(name)}
    text = json.dumps({"typed": kept, "complete": complete})
    if len(text) > LONGEST:
        return
    sealed = kit.keys.seal(text, PaymentDraft.place_of_typed(by.user, company))
    with writing():
        drop(by, company)
        PaymentDraft.create(user=by.user_id, company=company, typed=sealed, kept_at=kit.now)


def find(kit: Kit, by: SignIn, company: Company) -> Draft | None:
    row = PaymentDraft.get_or_none(PaymentDraft.user == by.user_id, PaymentDraft.company == company.id)
    if row is None or not between(row.kept_at, kit.now, row.kept_at + timedelta(hours=kit.settings.draft_hours)):
        return None
    found = json.loads(kit.keys.open(row.typed, PaymentDraft.place_of_typed(by.user, company)))
    return Draft(found["typed"], found["complete"])


def drop(by: SignIn, company: Company) -> None:
    mine = (PaymentDraft.user == by.user_id, PaymentDraft.company == company.id)
    PaymentDraft.delete().where(*mine).execute()


def bank_fields(typed: Mapping[str, str], *, secret: bool) -> set[str]:
    country = typed.get("bank_country", "")
    fields = form_for(country).fields if country in COUNTRIES else ()
    return {each.name for each in fields if secret or not each.secret}
