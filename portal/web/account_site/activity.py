"""Activity: what happened on one's own sign-in, in plain words, and "This wasn't me"."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request

from portal.language import gettext as _
from portal.language import later
from portal.models.event import Event
from portal.models.link import LinkKind
from portal.record import kinds, reading
from portal.support import reports
from portal.telling import links
from portal.telling.links import DeadLink
from portal.web.current import address, kit, sign_in
from portal.web.guards import signed_in
from portal.web.pages import go, page

room = Blueprint("activity", __name__)

SUBJECTS = {
    "": later("Everything"),
    "sign_in.": later("Signing in"),
    "verification.": later("Verifications"),
    "code.": later("Codes"),
    "authenticator.": later("Authenticators"),
    "payment.": later("Payment Information"),
    "account.": later("Locks"),
}


@room.get("/account/activity")
@signed_in
def events() -> Response:
    """A page of events, newest first; the next page goes on below the last one seen."""
    about = request.args.get("about", "") if request.args.get("about") in SUBJECTS else ""
    mine = (Event.user == sign_in().user_id, Event.kind.startswith(about))
    rows, more = reading.page(request.args.get("below", ""), *mine)
    subjects = {kind: _(subject) for kind, subject in SUBJECTS.items()}
    words: dict[str, Any] = {"subjects": subjects, "about": about, "kinds": kinds.kinds(), "more": more}
    return page("account_site/activity.html", rows=rows, **words)


@room.post("/account/activity/not-me")
@signed_in
def not_me() -> Response:
    reports.not_me(kit(), sign_in())
    flash(
        _(
            "Your account is protected: other browsers are signed out, and nothing changes until you set a new "
            "password by mail. Customer support knows of it."
        ),
        "success",
    )
    return go("sign_in.lost_password")


@room.get("/not-me/<token>")
def not_me_link(token: str) -> Response:
    try:
        links.find(kit(), LinkKind.NOT_ME, token)
    except DeadLink:
        return dead_link()
    return page("account_site/not_me.html", works=True)


@room.post("/not-me/<token>")
def not_me_by_link(token: str) -> Response:
    try:
        reports.not_me_by_link(kit(), token, address())
    except DeadLink:
        return dead_link()
    return page("account_site/protected.html")


def dead_link() -> Response:
    return page("account_site/not_me.html", 410, works=False)
