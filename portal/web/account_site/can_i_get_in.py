"""Can I get in?: for each company, whether Payment Information would open now, with what, and what is missing."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.models.authenticator import Authenticator
from portal.models.company import Company, Membership
from portal.web.current import kit, sign_in
from portal.web.guards import signed_in
from portal.web.pages import page

room = Blueprint("can_i_get_in", __name__)


@room.get("/account/can-i-get-in")
@signed_in
def answer() -> Response:
    mine = Membership.select(Membership, Company).join(Company).where(Membership.user == sign_in().user_id)
    return page(
        "account_site/can_i_get_in.html",
        memberships=mine.order_by(Membership.id),
        authenticators=Authenticator.of(sign_in().user_id),
        locked=sign_in().user.is_locked(kit().now),
        frozen=sign_in().user.frozen_at is not None,
    )
