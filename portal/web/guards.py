"""The hall: who may enter. Each guard is read on the line above the view that it protects, and the domain
function behind that view asks again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, request, session
from flask_login import login_required

from portal.companies import powers
from portal.companies.powers import Power
from portal.language import gettext as _
from portal.models.challenge import Purpose
from portal.models.company import Company, Membership, Role
from portal.record.writing import record
from portal.support import duties
from portal.support.duties import Duty
from portal.verification import gate, replacement
from portal.web.current import kit, sign_in
from portal.web.errors import error_page
from portal.web.pages import go, go_on_here, go_to, htmx, swaps_main
from portal.web.verify.parts import is_answering
from portal.web.verify.stand_in import TARGETS, stand_in

View = Callable[..., Any]
Keep = Callable[[Company], None]


def signed_in(view: View) -> View:
    """For people who are signed in; with the second step too, where one of their companies wants that."""

    @wraps(view)
    @login_required
    def guarded(*args: Any, **more: Any) -> Any:
        replacement.carry_out(kit(), sign_in().user, but=sign_in())
        try:
            gate.come_in(kit(), sign_in())
        except gate.Obstacle:
            session["next"] = request.path if request.method == "GET" else "/"
            return go("sign_in.second_step")
        return view(*args, **more)

    return guarded


def member(view: View) -> View:
    """For people who belong to the company in the address; for everybody else there is nothing there. Staff of a
    desk belong nowhere, and that they tried is on the record."""

    @wraps(view)
    @signed_in
    def guarded(company: int, **more: Any) -> Any:
        if sign_in().user.staff:
            return refused_staff()
        mine = Membership.select(Membership, Company).join(Company)
        g.membership = mine.where(Membership.user == sign_in().user_id, Membership.company == company).first()
        if g.membership is None:
            abort(404)
        g.company = g.membership.company
        return view(g.company, **more)

    return guarded


def may(power: Power) -> Callable[[View], View]:
    """For members whose role has this power in the company in the address."""

    def guard(view: View) -> View:
        @wraps(view)
        @member
        def guarded(company: Company, **more: Any) -> Any:
            if powers.may(g.membership, power):
                return view(company, **more)
            record(kit(), "access.refused", by=sign_in(), company=company, page=request.path)
            happened = _(
                "Your role in %(company)s is %(role)s, which does not open this page.",
                company=company.name,
                role=Role(g.membership.role).words,
            )
            return error_page(403, _("No access"), happened, _("Ask an administrator of the company."))

        return guarded

    return guard


def verified(keep: Keep | None = None, answers: bool = False) -> Callable[[View], View]:
    """For administrators of the company in the address who passed two-step verification a moment ago.

    The view gets the Assurance, the proof that the payments domain demands. Everybody else meets the
    challenge, at this same address. A form that comes too late is handed to `keep` and never carried out.
    A view with `answers` has a challenge of its own, beyond the gate.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(company: int, **more: Any) -> Any:
            try:
                assurance = gate.enter(kit(), sign_in(), company)
            except gate.Obstacle as obstacle:
                return meet(obstacle, keep)
            g.company = assurance.company
            if is_answering() and not answers:  # the second half of a double click
                return go_on_here()
            return view(assurance, **more)

        return guarded

    return guard


def permitted(view: View) -> View:
    """For one change to one's own authenticators, after the password and an authenticator that is there.
    The view does not get the proof; the domain function that makes the change looks for it and spends it."""

    @wraps(view)
    @signed_in
    def guarded(*args: Any, **more: Any) -> Any:
        try:
            gate.permit(kit(), sign_in())
        except gate.NotAtThisDesk:
            return refused_staff()
        except gate.Obstacle as obstacle:
            return instead_of(obstacle, Purpose.AUTHENTICATORS)
        if is_answering() and request.form["verify"] in ("password", "answer-app", "answer-recovery"):
            return go_on_here()  # the second half of a double click
        return view(*args, **more)

    return guarded


def meet(obstacle: gate.Obstacle, keep: Keep | None) -> Response:
    """What somebody gets who does not get into Payment Information (yet)."""
    if sign_in().user.staff:
        return refused_staff()
    if obstacle.company is None:
        abort(404)
    g.company = obstacle.company
    if isinstance(obstacle, gate.NotAdministrator):
        record(kit(), "access.refused", by=sign_in(), company=obstacle.company, page=request.path)
        return refused()
    if keep and request.method == "POST" and not is_answering():
        keep(obstacle.company)
    return instead_of(obstacle, Purpose.PAYMENT_INFORMATION)


def instead_of(obstacle: gate.Obstacle, purpose: Purpose) -> Response:
    """The challenge, or what else stands there; a form that was sent is never carried out afterwards."""
    if request.method == "POST" and not is_answering():
        return go_to(request.path)
    if swaps_main() and htmx().target not in TARGETS:
        return go_to(request.path)  # a challenge is never swapped into a piece of a page
    return stand_in(obstacle, purpose, obstacle.company)


def staff(power: Duty) -> Callable[[View], View]:
    """For people at a support desk that has this power."""

    def guard(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(*args: Any, **more: Any) -> Any:
            if duties.may(sign_in().user, power):
                return view(*args, **more)
            return refused_staff()

        guarded.power = power  # type: ignore[attr-defined]
        return guarded

    return guard


def refused_staff() -> Response:
    """Not for this desk, or for no desk: on the record."""
    record(kit(), "access.refused", by=sign_in(), page=request.path)
    happened, next_step = _("Your sign-in has no power for this."), _("What each desk may do is on Support.")
    return error_page(403, _("No access"), happened, next_step)


def refused() -> Response:
    happened = _("Only administrators of a company can open its Payment Information, or change who belongs to it.")
    return error_page(403, _("No access"), happened, _("Ask an administrator of the company, or to be made one."))
