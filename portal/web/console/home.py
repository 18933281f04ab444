"""The console's first page: one's companies, and where to go in them."""

from __future__ import annotations

from flask import Blueprint, Response, g

from portal.models.company import Company
from portal.web.current import facts, sign_in
from portal.web.guards import member, signed_in
from portal.web.pages import go, page

room = Blueprint("home", __name__)


@room.get("/")
@signed_in
def home() -> Response:
    """Straight into the company, where there is one; the switcher leads to the others. Staff go to their desk."""
    if sign_in().user.staff:
        return go("desk.queue")
    mine = facts().memberships
    return go("home.company", company=mine[0].company_id) if mine else page("console/no_company.html")


@room.get("/companies/<int(max=2147483647):company>/")
@member
def company(company: Company) -> Response:
    return page("console/home.html", company=company, membership=g.membership)
