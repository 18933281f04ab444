"""Payment Information, its changes: approving one with a code that names it, their history, the company's rules,
and holding one from a mail."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from werkzeug.exceptions import NotFound

from portal.language import gettext as _
from portal.models.link import LinkKind
from portal.payments import approvals, changes, details, drafts, information, rules
from portal.payments.approvals import Act
from portal.payments.rules import Rules
from portal.telling import links
from portal.telling.links import DeadLink
from portal.verification.gate import Assurance
from portal.web.console.comparison import compared
from portal.web.current import address, kit, sign_in
from portal.web.guards import verified
from portal.web.pages import go, go_to, page
from portal.web.verify.obstacles import ask

room = Blueprint("payment_changes", __name__)

HERE = "/companies/<int(max=2147483647):company>/settings/payments-and-benefits/payment-information"


@room.route(f"{HERE}/approve/<what>", methods=["GET", "POST"])
@verified(answers=True)
def approve(assurance: Assurance, what: str) -> Response:
    """The challenge whose answer approves exactly one act; it is carried out only by its own button afterwards."""
    act, done = act_in_question(assurance, what)
    try:
        approvals.obtain_own(kit(), assurance, act)
    except approvals.Needed as needed:
        return ask(needed.question, done)
    return go_to(done)


def act_in_question(assurance: Assurance, what: str) -> tuple[Act, str]:
    """What `what` in the address stands for, and where its button is."""
    kind, _dash, rest = what.partition("-")
    company = assurance.company
    if kind == "change" and (draft := drafts.find(kit(), sign_in(), company)) and draft.complete:
        act = information.act_of(company, details.check(draft.typed), number(rest))
        return act, url_for("payment_information.compare", company=company.id)
    if kind == "second" and (waiting := information.standing(kit(), company).waiting) and waiting.row.id == rest:
        return changes.act_of_second(waiting.row), url_for("payment_information.view", company=company.id)
    if kind == "rules" and (wanted := rules_from(rest)):
        return rules.act_of(company, wanted), url_for("payment_changes.rules", company=company.id, wanted=rest)
    raise NotFound


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
        return go("payment_changes.approve", company=company.id, what=f"second-{version}")
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
    old, new = (standing.find(number(request.args.get(side, ""))) for side in ("old", "new"))
    pairs = compared(old.details, new.details) if old and new else None
    return page("console/payment_history.html", assurance=assurance, standing=standing, pairs=pairs, old=old, new=new)


@room.post(f"{HERE}/history")
@verified()
def bring_back(assurance: Assurance) -> Response:
    """An old version as a new change, with its own comparison and its own approval."""
    standing = information.history(kit(), assurance.company)
    found = standing.find(number(request.form.get("version", "")))
    if found is None:
        abort(404)
    typed = {**details.as_typed(found.details), "seen": str(standing.newest)}
    drafts.keep(kit(), sign_in(), assurance.company, typed, complete=True)
    return go("payment_information.compare", company=assurance.company.id)


@room.get(f"{HERE}/rules", endpoint="rules")
@verified()
def present_rules(assurance: Assurance) -> Response:
    wanted = rules_from(request.args.get("wanted", ""))
    return rules_page(assurance, wanted or rules.present(assurance.company))


@room.post(f"{HERE}/rules")
@verified()
def save_rules(assurance: Assurance) -> Response:
    hours = number(request.form.get("waiting_hours", ""))
    wanted = Rules("every_change" in request.form, hours, "four_eyes" in request.form)
    if not 0 <= hours <= rules.LONGEST_WAIT:
        error = _("Enter a whole number of hours from 0 to %(most)s.", most=rules.LONGEST_WAIT)
        return rules_page(assurance, wanted, 422, error)
    company = assurance.company
    try:
        rules.save(kit(), approvals.obtain_own(kit(), assurance, rules.act_of(company, wanted)), wanted)
    except approvals.Needed:
        return go("payment_changes.approve", company=company.id, what=f"rules-{in_address(wanted)}")
    except approvals.Mismatch:
        flash(_("This was not approved. Approve it with a code of its own."), "caution")
        return rules_page(assurance, wanted, 409)
    flash(_("The approval rules are saved."), "success")
    return go("payment_information.view", company=company.id)


def rules_page(assurance: Assurance, wanted: Rules, status: int = 200, error: str = "") -> Response:
    words: dict[str, Any] = {"rules": wanted, "error": error, "typed": request.form.get("waiting_hours")}
    return page("console/payment_rules.html", status, assurance=assurance, **words)


def in_address(rules: Rules) -> str:
    return f"{rules.every_change:d}-{rules.waiting_hours}-{rules.four_eyes:d}"


def rules_from(text: str) -> Rules | None:
    parts = [number(part) for part in text.split("-")]
    if len(parts) != 3 or -1 in parts or not {parts[0], parts[2]} <= {0, 1} or parts[1] > rules.LONGEST_WAIT:
        return None
    return Rules(bool(parts[0]), parts[1], bool(parts[2]))


def number(text: str) -> int:
    """A small whole number; -1 for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


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
