"""Contact support: chat with a desk, be called back, read what was said; and the link that cancels a replacement. It
asks for a password and nothing more, as those who cannot verify need it most.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, g, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import login_required
from flask_wtf import FlaskForm

from portal.accounts import staff
from portal.accounts.staff import Desk
from portal.language import gettext as _
from portal.language import later
from portal.models.case import Case
from portal.models.replacement import Replacement
from portal.refusals import NotBefore, Refusal
from portal.support import cases, duties
from portal.support.cases import NoSuchCase
from portal.telling.links import DeadLink
from portal.verification import replacement
from portal.verification.numbers import NumberRefused
from portal.web.current import address, kit, person, sign_in
from portal.web.fields import Line
from portal.web.menus import first_company
from portal.web.pages import go, go_on_here, page
from portal.web.times import in_words

room = Blueprint("support", __name__)

DESKS = {"customer": Desk.CUSTOMER_SUPPORT, "developer": Desk.DEVELOPER_SUPPORT}


@room.record_once
def show_powers(setup: BlueprintSetupState) -> None:
    """The table of powers for every page that shows it: the contact page, and the help."""
    shown = {"table": duties.TABLE, "nobody": duties.NOBODY, "desks": staff.WORDS}
    setup.app.jinja_env.globals["powers"] = shown


@room.get("/support")
def contact() -> Response:
    """Whom to ask what; also for people who are not signed in, who get the phone number and the way in."""
    user = person()
    about: dict[str, Any] = {"somebody": user, "desks": staff.WORDS}
    if user:
        about |= {"cases": cases.of(user), "replacement": Replacement.running(user.id)}
    return support_page("support/contact.html", **about)


@room.get("/support/chat/<any(customer, developer):desk>")
@login_required
def chat(desk: str) -> Response:
    return chat_page(DESKS[desk])


@room.post("/support/chat/<any(customer, developer):desk>")
@login_required
def say(desk: str) -> Response:
    try:
        cases.say(kit(), sign_in(), DESKS[desk], request.form.get("message", ""))
    except Refusal as refusal:
        return chat_page(DESKS[desk], 422, str(refusal))
    except NotBefore as too_many:
        return chat_page(DESKS[desk], 429, enough(too_many))
    return go_on_here()


def chat_page(desk: Desk, status: int = 200, error: str = "") -> Response:
    case = cases.latest(sign_in().user, desk)
    if case and case.is_open:
        cases.note_seen(kit(), case, staff=False)
    about = {"name": desk.words, "error": error, "typed": request.form.get("message", "")}
    return support_page("support/chat.html", status, **about, **conversation(case))


def conversation(case: Case | None) -> dict[str, Any]:
    """What the live part shows of a case."""
    if case is None:
        return {"case": None, "lines": []}
    here = cases.is_here(kit(), case.staff_seen_at)
    lines = cases.transcript(case, whole="all" in request.args)
    return {"case": case, "lines": lines, "here": here, "live": cases.is_live(kit(), case), "most": cases.SHOWN}


@room.get("/support/cases/<int(max=2147483647):case>")
@login_required
def earlier(case: int) -> Response:
    """A conversation that is over, to be read again; an open one goes on in its chat."""
    try:
        found = cases.own(sign_in().user, case)
    except NoSuchCase:
        abort(404)
    if found.is_open:
        return go("support.chat", desk=next(name for name, desk in DESKS.items() if desk == found.desk))
    return support_page("support/earlier.html", name=Desk(found.desk).words, **conversation(found))


class CallForm(FlaskForm):
    number = Line(later("Phone number"), empty=later("Enter a phone number."))
    when = Line(later("When is a good time?"))


@room.get("/support/call-back")
@login_required
def call_back() -> Response:
    return support_page("support/call_back.html", fields=CallForm())


@room.post("/support/call-back")
@login_required
def ask_to_call() -> Response:
    form = CallForm()
    if form.validate():
        try:
            cases.ask_to_call(kit(), sign_in(), form.number.data, form.when.data or "")
        except NumberRefused as refused:
            form.number.errors = [str(refused)]
        except Refusal as refusal:
            form.when.errors = [str(refusal)]
        except NotBefore as too_many:
            form.number.errors = [enough(too_many)]
        else:
            flash(_("Customer support will call you back. Until then you can write to them here."), "success")
            return go("support.chat", desk="customer")
    return support_page("support/call_back.html", 422, fields=form)


@room.post("/support/replacement/cancel")
@login_required
def cancel_own() -> Response:
    try:
        replacement.cancel_own(kit(), sign_in())
    except Refusal as refusal:
        flash(str(refusal), "caution")
    else:
        flash(_("The replacement is cancelled. Your phones and apps work as before."), "success")
    return go("support.contact")


@room.get("/recovery/<token>")  # as the mails of earlier releases have it
@room.get("/replacement/<token>")
def replaced(token: str) -> Response:
    """What a notice leads to, signed in or not."""
    try:
        return page("support/replacement.html", replacement=replacement.find_link(kit(), token))
    except DeadLink:
        return page("support/replacement.html", 410, replacement=None)


@room.post("/recovery/<token>")
@room.post("/replacement/<token>")
def cancel(token: str) -> Response:
    try:
        replacement.cancel_by_link(kit(), token, address())
    except DeadLink:
        return page("support/replacement.html", 410, replacement=None)
    return page("support/cancelled.html")


def enough(too_many: NotBefore) -> str:
    return _("That was a lot in a short time. You can write again %(when)s.", when=in_words(kit().now, too_many.until))


def support_page(template: str, status: int = 200, **context: Any) -> Response:
    g.company = first_company()
    layout = "console" if g.company else "account_site" if person() else "plain"
    trail = (
        [(_("Contact support"), url_for("support.contact"))]
        if g.company and request.endpoint != "support.contact"
        else []
    )
    return page(template, status, layout=f"layouts/{layout}.html", trail=trail, **context)
