"""Settings > Payments and Benefits > Payment Information: see it, change it, compare, save."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, request

from portal.models.company import Company
from portal.payments import bank, countries, details, drafts, information
from portal.payments.bank import FieldErrors
from portal.payments.drafts import Draft
from portal.payments.information import Saved
from portal.verification import gate
from portal.verification.gate import Assurance
from portal.web.guards import verified
from portal.web.pages import go, page
from portal.web.plugs import kit, sign_in

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
    saved = information.view(kit(), assurance)
    return page("console/payment_information.html", saved=saved, assurance=assurance)


@room.post("")
@verified()
def act(assurance: Assurance) -> Response:
    """What can be done on the page itself: show the whole account number, once, or end the verification."""
    if request.form.get("act") == "end":
        gate.end(kit(), assurance)
        flash("Payment Information is closed again.", "success")
        return go("home.company", company=assurance.company.id)
    number = information.show_number(kit(), assurance)
    saved = information.current(kit(), assurance)
    return page("console/payment_information.html", saved=saved, assurance=assurance, number=number)


@room.get("/edit")
@verified()
def edit(assurance: Assurance) -> Response:
    saved = information.current(kit(), assurance)
    draft = drafts.find(kit(), sign_in(), assurance.company)
    typed = draft.typed if draft else typed_from(saved)
    secret = {name for form in [form_of(typed)] for name in form_secrets(form)}
    shown = {name: value for name, value in typed.items() if name not in secret}
    return edit_page(assurance, saved, shown, restored=draft is not None)


@room.post("/edit")
@verified(keep=keep_for_later)
def check(assurance: Assurance) -> Response:
    """Check what was typed, keep it, and go on to compare it with what is in force."""
    saved = information.current(kit(), assurance)
    if "discard" in request.form:
        drafts.drop(sign_in(), assurance.company)
        flash("What you typed is discarded. Nothing was changed.", "success")
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
    return compare_page(assurance, draft, information.current(kit(), assurance))


@room.post("/check")
@verified()
def save(assurance: Assurance) -> Response:
    draft = drafts.find(kit(), sign_in(), assurance.company)
    if draft is None or not draft.complete:
        return go("payment_information.edit", company=assurance.company.id)
    try:
        information.save(kit(), assurance, details.check(draft.typed), seen=seen())
    except information.Conflict as conflict:
        return compare_page(assurance, draft, conflict.theirs, 409)
    drafts.drop(sign_in(), assurance.company)
    flash("Payment information saved.", "success")
    return go("payment_information.view", company=assurance.company.id)


def seen() -> int:
    """The version that the person compared with; a number that was tampered with fits none."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def kept_account(assurance: Assurance, saved: Saved | None) -> bank.BankAccount | None:
    """The account that an empty field means: the one typed a moment ago, or the one in force."""
    draft = drafts.find(kit(), sign_in(), assurance.company)
    if draft and draft.complete:
        return details.check(draft.typed).account
    return saved.details.account if saved else None


def typed_from(saved: Saved | None) -> dict[str, str]:
    if saved is None:
        return {}
    there = saved.details
    lines = {name: getattr(there, name) for name, *_ in details.LINES}
    chosen = {"payee_kind": there.payee_kind, "country": there.country, "currency": there.currency}
    return {**lines, **chosen, "bank_country": there.account.country, **there.account.fields}


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
        seen=typed.get("seen", saved.version if saved else 0),
        restored=restored,
        lines=details.LINES,
        kinds=details.KINDS,
        countries=countries.COUNTRIES,
        currencies=countries.CURRENCIES,
    )


def compare_page(assurance: Assurance, draft: Draft, saved: Saved | None, status: int = 200) -> Response:
    new = details.check(draft.typed)
    now_shown = saved.details.shown() if saved else {}
    pairs = [(label, now_shown.get(label, ""), value) for label, value in new.shown().items()]
    if saved and saved.details.account != new.account:
        pairs = [mark_account(pair, saved.details.account, new.account) for pair in pairs]
    overtaken = saved and str(saved.version) != draft.typed.get("seen", str(saved.version))
    return page(
        "console/payment_check.html",
        status,
        assurance=assurance,
        pairs=pairs,
        saved=saved,
        overtaken=overtaken,
    )


def mark_account(pair: tuple[str, str, str], old: bank.BankAccount, new: bank.BankAccount) -> tuple[str, str, str]:
    """Two numbers that look alike behind their masks are still two."""
    label, before, after = pair
    same = label == "Bank account" and before == after and old != new
    return (label, before, f"{after} (another number)") if same else pair
