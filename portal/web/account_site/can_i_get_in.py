"""Can I get in?: for each company, whether Payment Information would open now, with what, and what is missing."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.models.authenticator import Authenticator
from portal.models.company import Membership
from portal.verification import gate
from portal.web.current import facts, kit, sign_in
from portal.web.guards import signed_in
from portal.web.pages import page

room = Blueprint("can_i_get_in", __name__)

WAYS: dict[type[gate.Obstacle] | type[None], str] = {
    gate.NotAdministrator: "for_administrators",
    gate.NoAuthenticator: "not_yet",
    gate.AccountLocked: "not_now",
    gate.AccountFrozen: "not_now",
}


@room.get("/account/can-i-get-in")
@signed_in
def answer() -> Response:
    person, mine = facts().person, [(each, way_in(each)) for each in facts().memberships]
    return page(
        "account_site/can_i_get_in.html",
        mine=mine,
        frozen=person.frozen_at is not None,
        locked=person.is_locked(kit().now),
        authenticators=Authenticator.of(sign_in().user_id),
    )


def way_in(membership: Membership) -> str:
    """What the gate would say there; with nothing but a verification in the way, `open`."""
    seen = facts().seen_from(membership)
    return WAYS.get(type(gate.in_the_way(kit(), seen, gate.Door.PAYMENT_INFORMATION)), "open")
