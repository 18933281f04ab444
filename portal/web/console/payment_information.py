"""Settings > Payments and Benefits > Payment Information: see it, change it, compare, save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, request

from portal.language import gettext as _
from portal.models.company import Company
from portal.payments import approvals, bank, changes, countries, details, drafts, information
from portal.payments.bank import FieldErrors
from portal.payments.drafts import Draft
from portal.payments.information import Saved, Standing
from portal.verification import gate
from portal.verification.gate import Assurance
from portal.web.console.comparison import compared
from portal.web.current import kit, sign_in
from portal.web.guards import verified
from portal.web.pages import go, page

room = Blueprint(
    "payment_information",
    __name__,
    url_prefix="/companies/<int(max=2147483647):company>/settings/payments-and-benefits/payment-information",
)


def keep_for_later(company: Company) -> None:
    """A form that came after the verification ended: kept without its account number, never saved."""
    if "discard" not in request.form:
        drafts.keep(kit(), sign_in(), company, request.form, complete=False)


@room.get("")
@verified()
def view(assurance: Assurance) -> Response:
    return view_page(assurance, information.view(kit(), assurance))


@room.post("")
@verified()
def act(assurance: Assurance) -> Response:
    """What can be done on the page itself: show the whole account number, once; hold a change; end it all."""
    company = assurance.company
    match request.form.get("act"):
        case "number":
            number = information.show_number(kit(), assurance)
            return view_page(assurance, information.standing(kit(), company), number)
        case "hold":
            hold(assurance, request.form.get("change", ""))
            return go("payment_information.view", company=company.id)
    gate.end(kit(), assurance)
    flash(_("Payment Information is closed again."), "success")
    return go("home.company", company=company.id)


def hold(assurance: Assurance, change: str) -> None:
    try:
        changes.hold(kit(), assurance, change)
    except changes.TooLate:
        flash(_("This change does not wait any more: it is in force or was held. Nothing was done."), "caution")
    else:
        flash(_("The change is held. It will not take effect."), "success")


def view_page(assurance: Assurance, standing: Standing, number: str = "") -> Response:
    mine = standing.waiting is not None and standing.waiting.row.made_by_id == sign_in().user_id
    words: dict[str, Any] = {"saved": standing.in_force, "waiting": standing.waiting, "mine": mine, "number": number}
    held = assurance.company.payouts_held_at
    return page("console/payment_information.html", assurance=assurance, held=held, **words)


@room.get("/edit")
@verified()
def edit(assurance: Assurance) -> Response:
    saved = in_force(assurance)
    draft = drafts.find(kit(), sign_in(), assurance.company)
    typed = draft.typed if draft else details.as_typed(saved.details) if saved else {}
    secret = {name for form in [form_of(typed)] for name in form_secrets(form)}
    shown = {name: value for name, value in typed.items() if name not in secret}
    return edit_page(assurance, saved, shown, restored=draft is not None)


@room.post("/edit")
@verified(keep=keep_for_later)
def check(assurance: Assurance) -> Response:
    """Check what was typed, keep it, and go on to compare it with what is in force."""
    saved = in_force(assurance)
    if "discard" in request.form:
        drafts.drop(sign_in(), assurance.company)
        flash(_("What you typed is discarded. Nothing was changed."), "success")
        return go("payment_information.view", company=assurance.company.id)
    if "another_country" in request.form:
        return edit_page(assurance, saved, request.form)
    try:
        found = details.check(request.form, keep=kept_account(assurance, saved))
    except FieldErrors as refused:
        return edit_page(assurance, saved, request.form, 422, refused.errors)
    typed = {**request.form.to_dict(), **found.account.fields}
    drafts.keep(kit(), sign_in(), assurance.company, typed, complete=True)
    return go("payment_information.compare", company=assurance.company.id)


@room.get("/check")
@verified()
def compare(assurance: Assurance) -> Response:
    draft = drafts.find(kit(), sign_in(), assurance.company)
    if draft is None or not draft.complete:
        return go("payment_information.edit", company=assurance.company.id)
    return compare_page(assurance, draft)


@room.post("/check")
@verified()
def save(assurance: Assurance) -> Response:
    """Put it in force, if it is approved; else first to the code that approves exactly this."""
    draft, company = drafts.find(kit(), sign_in(), assurance.company), assurance.company
    if draft is None or not draft.complete:
        return go("payment_information.edit", company=company.id)
    new, newest = details.check(draft.typed), seen()
    try:
        approval = approvals.obtain(kit(), assurance, information.act_of(company, new, newest))
        information.save(kit(), approval, new, newest)
    except approvals.Needed:
        return go("payment_changes.approve", company=company.id, what=f"change-{newest}")
    except approvals.Mismatch:
        flash(_("This change was not approved. Approve it with a code of its own."), "caution")
        return compare_page(assurance, draft, 409)
    except (information.Conflict, information.Waiting):
        return compare_page(assurance, draft, 409)
    flash(_("Payment information saved."), "success")
    return go("payment_information.view", company=company.id)


def seen() -> int:
    """The newest version when the person compared; a number that was tampered with fits none."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def in_force(assurance: Assurance) -> Saved | None:
    return information.standing(kit(), assurance.company).in_force


def kept_account(assurance: Assurance, saved: Saved | None) -> bank.BankAccount | None:
    """The account that an empty field means: the one typed a moment ago, or the one in force."""
    draft = drafts.find(kit(), sign_in(), assurance.company)
    if draft and draft.complete:
        return details.check(draft.typed).account
    return saved.details.account if saved else None


def form_of(typed: Mapping[str, str]) -> bank.BankForm | None:
    country = typed.get("bank_country", "")
    return bank.form_for(country) if country in countries.COUNTRIES else None


def form_secrets(form: bank.BankForm | None) -> list[str]:
    return [each.name for each in form.fields if each.secret] if form else []


def edit_page(
    assurance: Assurance,
    saved: Saved | None,
    typed: Mapping[str, str],
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    restored: bool = False,
) -> Response:
    kept = kept_account(assurance, saved)
    return page(
        "console/payment_edit.html",
        status,
        assurance=assurance,
        typed=typed,
        errors=errors or {},
        form=form_of(typed),
        kept=kept if kept and kept.country == typed.get("bank_country") else None,
        seen=typed.get("seen", information.standing(kit(), assurance.company).newest),
        restored=restored,
        lines=[(name, _(label), longest, not empty) for name, label, longest, empty in details.LINES],
        kinds={kind: _(words) for kind, words in details.KINDS.items()},
        countries=countries.country_names(),
        currencies=countries.currency_names(),
    )


def compare_page(assurance: Assurance, draft: Draft, status: int = 200) -> Response:
    standing = information.standing(kit(), assurance.company)
    saved, new = standing.in_force, details.check(draft.typed)
    overtaken = standing.versions[0] if draft.typed.get("seen", "") != str(standing.newest) else None
    words = {"overtaken": overtaken, "waiting": standing.waiting, "seen": standing.newest}
    pairs = compared(saved.details if saved else None, new)
    return page("console/payment_check.html", status, assurance=assurance, pairs=pairs, **words)
