"""Payment Information, its changes: approving one with a code that names it, their history, the company's rules,
and holding one from a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from portal.language import gettext as _
from portal.models.link import LinkKind
from portal.payments import approvals, changes, details, drafts, information, rules
from portal.payments.approvals import Act
from portal.payments.information import Saved, Standing
from portal.payments.rules import Rules
from portal.telling import links
from portal.telling.links import DeadLink
from portal.text import whole_number
from portal.verification.gate import Assurance
from portal.web.console.comparison import compared
from portal.web.current import address, kit, sign_in
from portal.web.guards import verified
from portal.web.pages import go, go_to, page
from portal.web.verify.challenge import ask

room = Blueprint("payment_changes", __name__)

HERE = "/companies/<int(max=2147483647):company>/settings/payments-and-benefits/payment-information"
EACH_RULE = f"<int(max=1):every_change>/<int(max={rules.LONGEST_WAIT}):waiting_hours>/<int(max=1):four_eyes>"


@room.route(f"{HERE}/approve/change/<int(max=999999999):seen>", methods=["GET", "POST"])
@verified(answers=True)
def approve_change(assurance: Assurance, seen: int) -> Response:
    """What was typed, after the version that it was compared with."""
    company = assurance.company
    draft = drafts.find(kit(), sign_in(), company)
    if draft is None or not draft.complete:
        abort(404)
    act = information.act_of(company, details.check(draft.typed), seen)
    return approve(assurance, act, url_for("payment_information.compare", company=company.id))


@room.route(f"{HERE}/approve/second/<version>", methods=["GET", "POST"])
@verified(answers=True)
def approve_second(assurance: Assurance, version: str) -> Response:
    company = assurance.company
    waiting = information.standing(kit(), company).waiting
    if waiting is None or waiting.row.id != version:
        abort(404)
    act = changes.act_of_second(waiting.row)
    return approve(assurance, act, url_for("payment_information.view", company=company.id))


@room.route(f"{HERE}/approve/rules/{EACH_RULE}", methods=["GET", "POST"])
@verified(answers=True)
def approve_rules(assurance: Assurance, every_change: int, waiting_hours: int, four_eyes: int) -> Response:
    company, wanted = assurance.company, Rules(bool(every_change), waiting_hours, bool(four_eyes))
    done = url_for("payment_changes.rules", company=company.id, **as_typed(wanted))
    return approve(assurance, rules.act_of(company, wanted), done)


def approve(assurance: Assurance, act: Act, done: str) -> Response:
    """The challenge whose answer approves exactly this act and leads to `done`, where its button is: the act is
    carried out by that alone."""
    try:
        approvals.obtain_own(kit(), assurance, act)
    except approvals.Needed as needed:
        return ask(needed.question, done)
    return go_to(done)


@room.post(f"{HERE}/second/<version>")
@verified()
def second(assurance: Assurance, version: str) -> Response:
    """The second pair of eyes on a change that waits for it."""
    company = assurance.company
    waiting = information.standing(kit(), company).waiting
    try:
        if waiting is None or waiting.row.id != version:
            raise changes.TooLate
        approval = approvals.obtain(kit(), assurance, changes.act_of_second(waiting.row))
        changes.second(kit(), approval, version)
    except approvals.Needed:
        return go("payment_changes.approve_second", company=company.id, version=version)
    except approvals.Mismatch:
        flash(_("This was not approved. Approve it with a code of its own."), "caution")
    except changes.SamePerson:
        flash(_("You asked for this change yourself. Another administrator has to approve it."), "caution")
    except changes.TooLate:
        flash(_("This change does not wait any more. Look at what is in force now."), "caution")
    else:
        flash(_("You approved the change."), "success")
    return go("payment_information.view", company=company.id)


@room.get(f"{HERE}/history")
@verified()
def history(assurance: Assurance) -> Response:
    """Every version, masked; two of them side by side where two are chosen."""
    standing = information.history(kit(), assurance.company)
    old, new = (named(standing, request.args.get(side, "")) for side in ("old", "new"))
    pairs = compared(old.details, new.details) if old and new else None
    return page("console/payment_history.html", assurance=assurance, standing=standing, pairs=pairs, old=old, new=new)


@room.post(f"{HERE}/history")
@verified()
def bring_back(assurance: Assurance) -> Response:
    """An old version as a new change, with its own comparison and its own approval."""
    standing = information.history(kit(), assurance.company)
    found = named(standing, request.form.get("version", ""))
    if found is None:
        abort(404)
    typed = {**details.as_typed(found.details), "seen": str(standing.newest)}
    drafts.keep(kit(), sign_in(), assurance.company, typed, complete=True)
    return go("payment_information.compare", company=assurance.company.id)


def named(standing: Standing, version: str) -> Saved | None:
    number = whole_number(version)
    return None if number is None else standing.find(number)


@room.get(f"{HERE}/rules", endpoint="rules")
@verified()
def present_rules(assurance: Assurance) -> Response:
    """The rules as they are; or as they were approved a moment ago, to be saved."""
    return rules_page(assurance, wanted_in(request.args) or rules.present(assurance.company))


@room.post(f"{HERE}/rules")
@verified()
def save_rules(assurance: Assurance) -> Response:
    company, wanted = assurance.company, wanted_in(request.form)
    if wanted is None:
        error = _("Enter a whole number of hours from 0 to %(most)s.", most=rules.LONGEST_WAIT)
        return rules_page(assurance, Rules("every_change" in request.form, 0, "four_eyes" in request.form), 422, error)
    try:
        rules.save(kit(), approvals.obtain_own(kit(), assurance, rules.act_of(company, wanted)), wanted)
    except approvals.Needed:
        return go("payment_changes.approve_rules", company=company.id, **asdict(wanted))
    except approvals.Mismatch:
        flash(_("This was not approved. Approve it with a code of its own."), "caution")
        return rules_page(assurance, wanted, 409)
    flash(_("The approval rules are saved."), "success")
    return go("payment_information.view", company=company.id)


def rules_page(assurance: Assurance, wanted: Rules, status: int = 200, error: str = "") -> Response:
    words: dict[str, Any] = {"rules": wanted, "error": error, "typed": request.form.get("waiting_hours")}
    return page("console/payment_rules.html", status, assurance=assurance, **words)


def as_typed(wanted: Rules) -> dict[str, Any]:
    """The fields of the form that was filled in so; a box without its tick is not among them."""
    return {name: value for name, value in asdict(wanted).items() if value is not False}


def wanted_in(typed: Mapping[str, str]) -> Rules | None:
    """The rules that a form wants; None for hours that cannot be."""
    hours = whole_number(typed.get("waiting_hours", ""))
    if hours is None or hours > rules.LONGEST_WAIT:
        return None
    return Rules("every_change" in typed, hours, "four_eyes" in typed)


@room.get("/hold/<token>")
def hold_link(token: str) -> Response:
    return hold_page(token)


@room.post("/hold/<token>")
def hold(token: str) -> Response:
    try:
        company = changes.hold_by_link(kit(), token, address())
    except DeadLink:
        return hold_page(token)
    except changes.TooLate:
        return hold_page(token, 409, too_late=True)
    return page("console/held.html", company=company)


def hold_page(token: str, status: int = 200, *, too_late: bool = False) -> Response:
    try:
        link = links.find(kit(), LinkKind.HOLD, token)
    except DeadLink:
        return page("console/hold.html", 410, link=None)
    return page("console/hold.html", status, link=link, too_late=too_late)
