"""The hall: what is plugged into Flask, and how a view reaches the kit and the person at the other end."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, request
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders

from portal.accounts import sign_ins
from portal.kit import Kit
from portal.models.sign_in import SignIn
from portal.models.user import User

csrf = CSRFProtect()
login = LoginManager()


def plug_in(app: Flask, kit: Kit) -> None:
    app.extensions["kit"] = kit
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # a sign-in is a row of ours, with rules of ours
    Htmx(app)
    app.request_class = Htmx4Request  # after the extension, which sets its own


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
    found = sign_ins.find(kit(), token, address())
    return Visitor(found) if found else None


def sign_in() -> SignIn:
    """The sign-in of this request; only where a guard has made sure that there is one."""
    return cast(Visitor, current_user).sign_in


def person() -> User | None:
    return sign_in().user if current_user.is_authenticated else None


def address() -> str:
    """The network address, behind as many proxies as the settings name."""
    return request.remote_addr or "unknown"


def browser() -> str:
    return request.headers.get("User-Agent", "")


class Htmx4Headers(HtmxHeaders):
    """htmx-flask speaks htmx 1 and 2; htmx 4 names its target with the tag before it (`main#main`)."""

    @property
    def target(self) -> str | None:
        named = self._headers.get("HX-Target")
        return named.rpartition("#")[2] if named else None


class Htmx4Request(HtmxAwareRequest):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = Htmx4Headers(self.headers)


def htmx() -> Htmx4Headers:
    return cast(Htmx4Request, request).htmx
