"""Where you are signed in: one's browsers, to be ended one by one or all but this."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, flash
from flask_login import login_required

from portal.accounts import protection
from portal.language import gettext as _
from portal.models.sign_in import SignIn
from portal.web.current import kit, sign_in
from portal.web.guards import signed_in
from portal.web.pages import go, page
from portal.web.times import browser_in_words

room = Blueprint("sign_ins", __name__, url_prefix="/account/sign-ins")


@room.get("")
@signed_in
def browsers() -> Response:
    settings = kit().settings
    recent = SignIn.seen_at > kit().now - timedelta(minutes=settings.sign_in_idle_minutes)
    mine = SignIn.select().where(SignIn.user == sign_in().user_id, SignIn.ended_at.is_null(), recent)
    rows = mine.order_by(SignIn.seen_at.desc()).limit(50)
    return page("account_site/sign_ins.html", rows=rows, present=sign_in(), browser_in_words=browser_in_words)


@room.post("/<int(max=2147483647):sign_in_id>/end")
@login_required
def end(sign_in_id: int) -> Response:
    protection.sign_out_one(kit(), sign_in(), sign_in_id)
    flash(_("That browser is signed out."), "success")
    return go("sign_ins.browsers")
