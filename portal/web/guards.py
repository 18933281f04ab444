"""The hall: who may enter. Each guard is read on the line above the view that it protects, and the domain
function behind that view asks again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, request, session
from flask_login import login_required

from portal.companies import powers
from portal.companies.powers import Power
from portal.models.challenge import Purpose
from portal.models.company import Company
from portal.support import duties
from portal.support.duties import Duty
from portal.verification import gate
from portal.web.current import facts, kit, sign_in
from portal.web.errors import refuse_role, refuse_staff
from portal.web.pages import go, go_on_here
from portal.web.verify.obstacles import Keep, instead
from portal.web.verify.steps import is_answering, step

View = Callable[..., Any]


def signed_in(view: View) -> View:
    """For people who are signed in; with the second step too, where one of their companies wants that."""

    @wraps(view)
    @login_required
    def guarded(*args: Any, **more: Any) -> Any:
        try:
            gate.come_in(kit(), facts())
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
            return refuse_staff()
        g.membership, g.company = facts().membership, facts().company
        if g.company is None:
            abort(404)
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
            return refuse_role(g.membership)

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
                assurance = gate.enter(kit(), facts())
            except gate.Obstacle as obstacle:
                return instead(obstacle, Purpose.PAYMENT_INFORMATION, keep)
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
            gate.permit(kit(), facts())
        except gate.Obstacle as obstacle:
            return instead(obstacle, Purpose.AUTHENTICATORS)
        if step() in ("password", "answer-app", "answer-recovery"):  # the second half of a double click
            return go_on_here()
        return view(*args, **more)

    return guarded


def staff(duty: Duty) -> Callable[[View], View]:
    """For people at a support desk that has this duty."""

    def guard(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(*args: Any, **more: Any) -> Any:
            return view(*args, **more) if duties.may(sign_in().user, duty) else refuse_staff()

        guarded.duty = duty  # type: ignore[attr-defined]
        return guarded

    return guard
