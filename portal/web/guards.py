"""The hall: who may enter. Each guard is read on the line above the view that it protects, and the domain
function behind that view asks again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, request
from flask_login import login_required

from portal import audit
from portal.models.company import Company, Membership
from portal.verification import gate
from portal.web import verify
from portal.web.errors import error_page
from portal.web.pages import go_on_here, go_to, swaps_main
from portal.web.plugs import htmx, kit, sign_in

View = Callable[..., Any]
Keep = Callable[[Company], None]

signed_in: Callable[[View], View] = login_required


def member(view: View) -> View:
    """For people who belong to the company in the address; for everybody else there is nothing there."""

    @wraps(view)
    @signed_in
    def guarded(company: int, **more: Any) -> Any:
        mine = Membership.select(Membership, Company).join(Company)
        g.membership = mine.where(Membership.user == sign_in().user_id, Membership.company == company).first()
        if g.membership is None:
            abort(404)
        return view(g.membership.company, **more)

    return guarded


def verified(keep: Keep | None = None) -> Callable[[View], View]:
    """For administrators of the company in the address who passed two-step verification a moment ago.

    The view gets the Assurance, the proof that the payments domain demands. Everybody else meets the
    challenge, at this same address. A form that comes too late is handed to `keep` and never carried out.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(company: int, **more: Any) -> Any:
            try:
                assurance = gate.enter(kit(), sign_in(), company)
            except gate.Obstacle as obstacle:
                return instead_of(obstacle, keep)
            g.company = assurance.company
            if verify.is_answering():  # the second half of a double click
                return go_on_here()
            return view(assurance, **more)

        return guarded

    return guard


def instead_of(obstacle: gate.Obstacle, keep: Keep | None) -> Response:
    """What somebody gets who does not get in (yet)."""
    if obstacle.company is None:
        abort(404)
    g.company = obstacle.company
    if isinstance(obstacle, gate.NotAdministrator):
        audit.record(kit().clock, "access.refused", by=sign_in(), company=obstacle.company, page=request.path)
        return refused()
    if request.method == "POST" and not verify.is_answering():
        if keep:
            keep(obstacle.company)
        return go_to(request.path)
    if swaps_main() and htmx().target not in verify.TARGETS:
        return go_to(request.path)  # a challenge is never swapped into a piece of a page
    return verify.stand_in(obstacle, obstacle.company)


def refused() -> Response:
    happened = "Only administrators of a company can open its Payment Information."
    return error_page(403, "No access", happened, "Ask an administrator of the company, or to be made one.")
