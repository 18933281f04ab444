"""The hall: what is plugged into Flask."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from htmx_flask import Htmx

from portal.kit import Kit
from portal.web.pages import Htmx4Request

csrf = CSRFProtect()

login = LoginManager()


def plug_in(app: Flask, kit: Kit) -> None:
    app.extensions["kit"] = kit
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # a sign-in is a row of ours, with rules of ours
    Htmx(app)
    app.request_class = Htmx4Request  # after the extension, which sets its own
