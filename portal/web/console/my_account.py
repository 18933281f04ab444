"""Settings > My Account: the person, and the one number that is added through the console."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, url_for

from portal.language import gettext as _
from portal.models.authenticator import Authenticator, Place
from portal.models.challenge import Purpose
from portal.models.company import Company
from portal.verification import authenticators
from portal.verification.challenges import Question
from portal.web.current import kit, sign_in
from portal.web.guards import member, permitted
from portal.web.pages import go, page
from portal.web.verify.enrolment import enrol

room = Blueprint("my_account", __name__, url_prefix="/companies/<int(max=2147483647):company>/settings/my-account")


@room.get("")
@member
def account(company: Company) -> Response:
    return page("console/my_account.html", **about_me())


@room.get("/edit")
@member
def edit(company: Company) -> Response:
    return page("console/my_account_edit.html", **about_me())


def about_me() -> dict[str, Any]:
    mine = Authenticator.of(sign_in().user_id)
    number = next((each for each in mine if each.place == Place.MY_ACCOUNT), None)
    return {"user": sign_in().user, "number": number, "elsewhere": len(mine) - bool(number)}


@room.route("/phone-number", methods=["GET", "POST"])
@member
@permitted
def phone_number(company: Company) -> Response:
    """Add the number, or put another one in its place; verified by text."""
    return enrol(Question(sign_in(), Purpose.MY_ACCOUNT_NUMBER), url_for("my_account.account", company=company.id))


@room.get("/remove-phone-number")
@member
@permitted
def remove_number(company: Company) -> Response:
    about = about_me()
    return (
        page("console/my_account_remove.html", **about)
        if about["number"]
        else go("my_account.account", company=company.id)
    )


@room.post("/remove-phone-number")
@member
@permitted
def number_removed(company: Company) -> Response:
    number = about_me()["number"]
    if isinstance(number, Authenticator):
        authenticators.remove(kit(), sign_in(), number.id)
        flash(_("Your phone number is removed."), "success")
    return go("my_account.account", company=company.id)
