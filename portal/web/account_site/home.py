"""Accounts & Lists > Account: where everything of a person starts."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.web.guards import signed_in
from portal.web.pages import page

room = Blueprint("account", __name__)


@room.get("/account")
@signed_in
def home() -> Response:
    return page("account_site/home.html")
