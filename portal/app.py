"""Putting the program together: `create_app()` for every server, test and command."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, g, request
from flask.templating import Environment
from peewee import PeeweeException
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import language
from portal.config import BadSetting, Settings
from portal.database import close_after_request, connect, database, open_for_request
from portal.kit import Kit, pack
from portal.web import errors, frame, languages, menus, sign_in, theme
from portal.web import help as answers
from portal.web.account_site import activity, can_i_get_in, login_and_security, sign_ins, two_step_verification
from portal.web.account_site import home as account
from portal.web.console import companies, company_profile, home, my_account, payment_changes, payment_information, users
from portal.web.extensions import plug_in
from portal.web.support import contact, desk, log

ROOT = Path(__file__).parent.parent
CONSOLE = (home, companies, my_account, company_profile, users, payment_information, payment_changes)
ACCOUNT_SITE = (account, login_and_security, two_step_verification, sign_ins, activity, can_i_get_in)
SUPPORT = (contact, desk, log)
ROOMS = (sign_in, languages, answers, *CONSOLE, *ACCOUNT_SITE, *SUPPORT)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
OF_FILES = {  # what a stylesheet or a picture needs of them; the rest would be dead weight, twenty times a page
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Templates(Environment):
    """Flask's own, but that all share one set of globals: Jinja holds the two of an import against each other at each
    use, and a chain of them is slow at that."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Console(Flask):
    jinja_environment = Templates


def create_app(settings: Settings | None = None, kit: Kit | None = None) -> Flask:
    """The program as a WSGI application. Raises BadSetting or BadKeys, saying what to write."""
    settings = settings or (kit.settings if kit else Settings.read(os.environ))
    if not settings.demo and not settings.secure:
        raise BadSetting("PORTAL_URL must be the https:// address of the console in production.")
    app = Console("portal", root_path=str(ROOT), template_folder="templates", static_folder=None)
    connect(settings)
    language.connect(settings)
    kit = kit or pack(settings)
    configure(app, kit)
    plug_in(app, kit)
    theme.register(app, kit.settings)
    languages.register(app)
    frame.register(app)
    menus.register(app, kit.settings)
    errors.register(app)
    for room in ROOMS:
        app.register_blueprint(room.room)
    app.before_request(before)
    app.after_request(after)
    app.teardown_request(close_after_request)
    app.add_url_rule("/healthz", "healthz", healthz)
    if not settings.demo:
        theme.keep_compiled(app.jinja_env, settings.data / "templates")
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]
    return app


def configure(app: Flask, kit: Kit) -> None:
    current, *older = kit.keys.for_cookies()
    secure = kit.settings.secure
    app.config.update(
        SECRET_KEY=current,
        SECRET_KEY_FALLBACKS=older,
        TRUSTED_HOSTS=[
            kit.settings.host,
            *(["localhost", "127.0.0.1", "[::1]"] if kit.settings.demo else []),
        ],
        SESSION_COOKIE_NAME="__Host-portal" if secure else "portal",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=4_000_000,
        MAX_FORM_MEMORY_SIZE=4_000_000,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in, which has limits of its own
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # every address of a static file has its version in it
        TEMPLATES_AUTO_RELOAD=kit.settings.demo,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def before() -> None:
    languages.listen()
    if request.endpoint == "static":
        return
    if "\0" in request.path or any("\0" in v for values in request.values.listvalues() for v in values):
        abort(400)
    open_for_request()
    g.company = None


def after(response: Response) -> Response:
    for name, value in (OF_FILES if request.endpoint == "static" else HEADERS).items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def healthz() -> tuple[str, int]:
    """200 when the program can serve: it is up, and the database answers."""
    try:
        database.execute_sql("SELECT 1 FROM company LIMIT 1")
    except PeeweeException:
        return "The database does not answer.\n", 503
    return "ok\n", 200
