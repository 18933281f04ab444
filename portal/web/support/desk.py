"""The desk: its queue, its cases, and in a case of customer support what may be done for its person. Each view names
the power that it needs; the function behind it asks for the power again, and for a case that is ready for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, request
from flask_wtf import FlaskForm

from portal.language import gettext as _
from portal.language import later
from portal.models.case import Case, Identified
from portal.models.user import User
from portal.record import kinds
from portal.refusals import Refusal
from portal.support import acts, calls, cases, desk, duties, people
from portal.support.calls import WrongPerson
from portal.support.cases import NoSuchCase
from portal.support.duties import Duty
from portal.verification import lockout, replacement
from portal.web.current import kit, sign_in
from portal.web.fields import Address, Line, RadioField
from portal.web.guards import staff
from portal.web.pages import go, page

room = Blueprint("desk", __name__, url_prefix="/desk")

CASE = "/cases/<int(max=2147483647):case>"
HOW = {
    Identified.CALL_BACK: (later("Called back"), later("On a number that was on file before this case")),
    Identified.TWO_FACTS: (
        later("Two facts"),
        later("From the company’s records, that a stranger cannot know"),
    ),
}


class CallerForm(FlaskForm):
    email = Address(later("E-mail address of the caller"), later("Enter the e-mail address of the caller."))
    about = Line(later("What it is about"), longest=desk.LONGEST_NOTE, empty=later("Write down what it is about."))


@room.get("")
@staff(Duty.ANSWER_CASES)
def queue() -> Response:
    return queue_page(CallerForm())


def queue_page(caller: CallerForm, status: int = 200) -> Response:
    closed = "closed" in request.args
    rows = desk.queue(kit(), sign_in(), closed=closed)
    here = {row.id: cases.is_here(kit(), row.person_seen_at) for row in rows}
    rings = duties.may(sign_in().user, Duty.OPEN_CASES)
    about: dict[str, Any] = {"rows": rows, "closed": closed, "here": here, "me": sign_in().user}
    return page("support/queue.html", status, **about, caller_form=caller if rings else None)


@room.post("/calls")
@staff(Duty.OPEN_CASES)
def call() -> Response:
    """Somebody is on the phone: a case for them, without their having to sign in."""
    form = CallerForm()
    if form.validate():
        try:
            opened = calls.open_case(kit(), sign_in(), form.email.data, form.about.data)
        except WrongPerson as wrong:
            form.email.errors = [str(wrong)]
        except Refusal as refusal:
            form.about.errors = [str(refusal)]
        else:
            flash(
                _("The case is open, and yours. Make sure with whom you speak before you change anything."), "success"
            )
            return go("desk.case", case=opened.id)
    return queue_page(form, 422)


@room.get(CASE)
@staff(Duty.ANSWER_CASES)
def case(case: int) -> Response:
    return case_page(case)


def case_page(number: int, status: int = 200, **more: Any) -> Response:
    found = find(number)
    if replacement.carry_out(kit(), found.user):
        found = find(number)
    if found.is_open and found.taken_by_id == sign_in().user_id:
        cases.note_seen(kit(), found, staff=True)
    about: dict[str, Any] = {
        "case": found,
        "lines": cases.transcript(found, whole="all" in request.args),
        "most": cases.SHOWN,
        "here": cases.is_here(kit(), found.person_seen_at),
        "live": cases.is_live(kit(), found),
        "mine": found.is_open and found.taken_by_id == sign_in().user_id,
        "known": found.identified_by_id == sign_in().user_id,
        "me": sign_in().user,
        "typed": request.form.get("message", ""),
    }
    return page("support/case.html", status, **about, **about_person(found), **{"identify": IdentifyForm(), **more})


def about_person(found: Case) -> dict[str, Any]:
    """As much of the person as this desk may see."""
    if not duties.may(sign_in().user, Duty.SEE_ACCOUNT):
        return {"ready": people.is_ready(kit(), sign_in(), found), "about": None}
    about = people.about(kit(), sign_in(), found)
    by_hand = about.locked_until is not None and lockout.is_for_support(about.locked_until)
    return {"ready": bool(about.ways), "about": about, "by_hand": by_hand, "kinds": kinds.kinds(), "how": HOW}


def find(number: int) -> Case:
    try:
        return desk.find(kit(), sign_in(), number)
    except NoSuchCase:
        abort(404)


def act(number: int, done: Callable[[], object], said: str) -> Response:
    """Do it and say so, or say why it is not done; then the case again."""
    try:
        done()
    except NoSuchCase:
        abort(404)
    except Refusal as refusal:
        return case_page(number, 409, refusal=str(refusal))
    flash(said, "success")
    return go("desk.case", case=number)


@room.post(CASE + "/take")
@staff(Duty.ANSWER_CASES)
def take(case: int) -> Response:
    return act(case, lambda: desk.take(kit(), sign_in(), case), _("The case is yours."))


@room.post(CASE + "/release")
@staff(Duty.ANSWER_CASES)
def release(case: int) -> Response:
    return act(case, lambda: desk.release(kit(), sign_in(), case), _("The case is back in the queue."))


@room.post(CASE + "/close")
@staff(Duty.ANSWER_CASES)
def close(case: int) -> Response:
    return act(case, lambda: desk.close(kit(), sign_in(), case), _("The case is closed."))


@room.post(CASE + "/reopen")
@staff(Duty.ANSWER_CASES)
def reopen(case: int) -> Response:
    return act(case, lambda: desk.reopen(kit(), sign_in(), case), _("The case is open again, and yours."))


@room.post(CASE + "/messages")
@staff(Duty.ANSWER_CASES)
def say(case: int) -> Response:
    try:
        desk.reply(kit(), sign_in(), case, request.form.get("message", ""))
    except NoSuchCase:
        abort(404)
    except Refusal as refusal:
        return case_page(case, 422, error=str(refusal))
    return go("desk.case", case=case)


class IdentifyForm(FlaskForm):
    how = RadioField(
        later("How do you know with whom you speak?"),
        later("Choose how you identified the person."),
        [(each, words) for each, (words, _hint) in HOW.items()],
    )
    note = Line(
        later("Which number, or which facts"),
        longest=desk.LONGEST_NOTE,
        empty=later("Write down what was called or compared."),
    )


@room.post(CASE + "/identify")
@staff(Duty.IDENTIFY)
def identify(case: int) -> Response:
    form = IdentifyForm()
    if not form.validate():
        return case_page(case, 422, identify=form)
    how = Identified(form.how.data)
    done = _("Recorded. You can now do what this person asks for.")
    return act(case, lambda: desk.identify(kit(), sign_in(), case, how, form.note.data), done)


@room.post(CASE + "/unlock")
@staff(Duty.LIFT_LOCK)
def unlock(case: int) -> Response:
    return act(case, lambda: acts.lift_lock(kit(), sign_in(), case), _("The lock is lifted."))


@room.post(CASE + "/replacement")
@staff(Duty.REPLACE_AUTHENTICATORS)
def replace(case: int) -> Response:
    done = _("The replacement has begun. The person and every administrator were told, and can cancel it.")
    return act(case, lambda: acts.replace(kit(), sign_in(), case), done)


@room.post(CASE + "/replacement/shorten")
@staff(Duty.SHORTEN_REPLACEMENT)
def shorten(case: int) -> Response:
    done = _("The phones and apps are removed. The person can add new ones now.")
    return act(case, lambda: acts.shorten_replacement(kit(), sign_in(), case), done)


@room.post(CASE + "/replacement/cancel")
@staff(Duty.REPLACE_AUTHENTICATORS)
def cancel(case: int) -> Response:
    return act(case, lambda: acts.cancel_replacement(kit(), sign_in(), case), _("The replacement is cancelled."))


class AccountForm(FlaskForm):
    name = Line(later("Name"), later("Enter the name."))
    email = Address()


@room.get(CASE + "/account")
@staff(Duty.CORRECT_ACCOUNT)
def account(case: int) -> Response:
    found = find(case)
    user: User = found.user
    return page("support/account.html", case=found, fields=AccountForm(name=user.name, email=user.email))


@room.post(CASE + "/account")
@staff(Duty.CORRECT_ACCOUNT)
def correct(case: int) -> Response:
    form = AccountForm()
    if not form.validate():
        return page("support/account.html", 422, case=find(case), fields=form)
    try:
        changed = acts.correct(kit(), sign_in(), case, form.name.data, form.email.data)
    except NoSuchCase:
        abort(404)
    except Refusal as refusal:
        return page("support/account.html", 409, case=find(case), fields=form, refusal=str(refusal))
    done, same = _("The account is corrected."), _("Nothing was different, so nothing was changed.")
    flash(done if changed else same, "success")
    return go("desk.case", case=case)
