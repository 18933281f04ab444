"""The hall: what a view has at hand: the kit, who sits at the other end, and what is known of them."""

from __future__ import annotations

from typing import cast

from flask import current_app, g, request
from flask_login import UserMixin, current_user

from portal.kit import Kit
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.verification import gate
from portal.verification.facts import Facts
from portal.web.extensions import login


def kit() -> Kit:
    return cast(Kit, current_app.extensions["kit"])


class Visitor(UserMixin):
    """Who sits at the browser, as flask-login wants to see it: the cookie holds the token of the sign-in."""

    def __init__(self, sign_in: SignIn) -> None:
        self.sign_in = sign_in

    def get_id(self) -> str:
        return self.sign_in.token


@login.user_loader
def load(token: str) -> Visitor | None:
    """The one look of a request: at the sign-in, and at the company in the address."""
    g.facts = gate.arrive(kit(), token, address(), (request.view_args or {}).get("company"))
    return Visitor(g.facts.sign_in) if g.facts else None


def facts() -> Facts:
    """What is known of the visitor; only where a guard has made sure that there is one."""
    return cast(Facts, g.facts)


def sign_in() -> SignIn:
    """The sign-in of this request; the same."""
    return facts().sign_in


def person() -> User | None:
    """Whoever is signed in, on pages that are for everybody."""
    if "facts" not in g and not current_user.is_authenticated:
        g.facts = None
    return g.facts.person if g.facts else None


def address() -> str:
    """The network address, behind as many proxies as the settings name."""
    return request.remote_addr or "unknown"


def browser() -> str:
    return request.headers.get("User-Agent", "")
