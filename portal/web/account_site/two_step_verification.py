"""Login & security > 2-Step verification: the Two-Step Verification (2SV) Settings."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, request, url_for

from portal.accounts.staff import Desk
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Purpose
from portal.models.recovery_code import RecoveryCode
from portal.text import tidied
from portal.verification import authenticators, recovery_codes
from portal.verification.authenticators import NotYours
from portal.verification.challenges import Question
from portal.web.current import kit, sign_in
from portal.web.errors import refuse_staff
from portal.web.guards import permitted, signed_in
from portal.web.pages import go, page
from portal.web.verify.challenge import ask
from portal.web.verify.enrolment import enrol

room = Blueprint("two_step_verification", __name__, url_prefix="/account/login-and-security/2-step-verification")

PREFERRED = {
    Kind.APP: later("The app “%(name)s” is preferred now."),
    Kind.PHONE: later("The phone number ending %(ending)s is preferred now."),
}
REMOVED = {
    Kind.APP: later("The app “%(name)s” is removed."),
    Kind.PHONE: later("The phone number ending %(ending)s is removed."),
}


@room.get("")
@signed_in
def settings() -> Response:
    if sign_in().user.staff == Desk.DEVELOPER_SUPPORT:
        return refuse_staff()
    mine = Authenticator.of(sign_in().user_id)
    left = len(RecoveryCode.unused(sign_in().user_id))
    template = "settings" if mine else "turn_on"
    return page(f"account_site/{template}.html", authenticators=mine, recovery_left=left)


@room.route("/phone", methods=["GET", "POST"])
@permitted
def phone() -> Response:
    return enrol(Question(sign_in(), Purpose.ACCOUNT_SITE_NUMBER), url_for("two_step_verification.settings"))


@room.route("/app", methods=["GET", "POST"])
@permitted
def app() -> Response:
    return enrol(Question(sign_in(), Purpose.APP), url_for("two_step_verification.settings"))


@room.route("/try", methods=["GET", "POST"])
@signed_in
def try_out() -> Response:
    if not Authenticator.of(sign_in().user_id):
        return go("two_step_verification.settings")
    return ask(Question(sign_in(), Purpose.TRIAL), url_for("two_step_verification.settings"))


@room.get("/<authenticator>")
@permitted
def edit(authenticator: str) -> Response:
    return page("account_site/authenticator.html", authenticator=find(authenticator))


@room.post("/<authenticator>")
@permitted
def answer(authenticator: str) -> Response:
    """The guard takes the answers to the challenge that stands here; the page behind it takes nothing."""
    abort(405)


@room.post("/<authenticator>/name")
@permitted
def rename(authenticator: str) -> Response:
    """This and the two acts below spend the verification that opened the page."""
    found, name = find(authenticator), tidied(request.form.get("name", ""))
    if not name or len(name) > authenticators.LONGEST_NAME or not name.isprintable():
        error = _("A name has 1 to %(most)s letters.", most=authenticators.LONGEST_NAME)
        return page("account_site/authenticator.html", 422, authenticator=found, error=error, typed=name)
    authenticators.rename(kit(), sign_in(), found.id, name)
    flash(_("The name is saved."), "success")
    return go("two_step_verification.settings")


@room.post("/<authenticator>/prefer")
@permitted
def prefer(authenticator: str) -> Response:
    found = find(authenticator)
    authenticators.prefer(kit(), sign_in(), found.id)
    flash(authenticators.sentence(PREFERRED, found), "success")
    return go("two_step_verification.settings")


@room.post("/<authenticator>/remove")
@permitted
def remove(authenticator: str) -> Response:
    found = find(authenticator)
    authenticators.remove(kit(), sign_in(), found.id)
    flash(authenticators.sentence(REMOVED, found), "success")
    return go("two_step_verification.settings")


def find(authenticator: str) -> Authenticator:
    try:
        return authenticators.mine(sign_in(), authenticator)
    except NotYours:
        abort(404)


@room.get("/recovery-codes", endpoint="recovery_codes")
@permitted
def present_recovery_codes() -> Response:
    return page("account_site/recovery_codes.html", codes=None)


@room.post("/recovery-codes")
@permitted
def make_recovery_codes() -> Response:
    """A new set, on the page this once."""
    if not any(each.kind in (Kind.APP, Kind.PHONE) for each in Authenticator.of(sign_in().user_id)):
        return go("two_step_verification.settings")
    return page("account_site/recovery_codes.html", codes=recovery_codes.make(kit(), sign_in()), made=kit().now)


@room.post("/recovery-codes/file")
@signed_in
def recovery_file() -> Response:
    """The codes that stand on the page, as a file; they come with the form, as we do not know them any more."""
    codes = [code for code in request.form.getlist("code") if code.isascii() and len(code) < 40][:20]
    response = Response("\n".join(codes) + "\n", mimetype="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
