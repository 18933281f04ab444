"""The hall: what is plugged into Flask."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from itsdangerous import URLSafeTimedSerializer

from portal.kit import Kit
from portal.web.htmx import Htmx4Request


class Cookies(SecureCookieSessionInterface):
    """Flask's own; what signs them is made once, as its keys do not change while the program runs."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer


csrf = CSRFProtect()

login = LoginManager()


def plug_in(app: Flask, kit: Kit) -> None:
    app.extensions["kit"] = kit
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # a sign-in is a row of ours, with rules of ours
    app.session_interface = Cookies()
    Htmx(app)
    app.request_class = Htmx4Request  # after the extension, which sets its own
