"""One person at one browser on the stage: opens pages and sends forms, by the names of their fields, so that a scene
plays in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
from flask import Flask, template_rendered, url_for
from werkzeug.test import TestResponse

from portal.accounts import sign_ins
from portal.demo import seed
from portal.demo.kit import DemoKit
from portal.models.authenticator import Authenticator, Kind
from portal.models.user import User

BROWSER = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150 Safari/537.36"
)
ADDRESS = "203.0.113.7"
WRONG = "000000"


class Player:
    """`response` is what the last thing done was answered with, `template` and `context` what it was rendered from."""

    response: TestResponse

    def __init__(self, app: Flask, kit: DemoKit, language: str) -> None:
        self.app, self.kit, self.language = app, kit, language
        self.template, self.context = "", {}  # type: str, dict[str, Any]
        app.jinja_env.globals["settings"] = kit.settings  # of this scene
        self.client = app.test_client()
        self.client.set_cookie("language", language, domain=kit.settings.host)

    # Who

    def signs_in(self, name: str, browser: str = BROWSER) -> Player:
        """Sit at the browser as this person of the demo, without the door."""
        made = sign_ins.open_sign_in(self.kit, user(name), ADDRESS, browser)
        with self.client.session_transaction(base_url=self.kit.settings.url) as session:
            session.update(_user_id=made.token, _fresh=True)
        return self

    def elsewhere(self) -> Player:
        """Another browser, with nobody signed in."""
        return Player(self.app, self.kit, self.language)

    def under(self, **settings: Any) -> Player:
        """From here on under other settings, in this scene."""
        self.given(settings=replace(self.kit.settings, **settings))
        self.app.jinja_env.globals["settings"] = self.kit.settings
        return self

    def given(self, **means: Any) -> Player:
        """From here on with other means in the kit (`mail`, `telephony`), in this scene."""
        self.kit = self.app.extensions["kit"] = replace(self.kit, **means)
        return self

    # What they do

    def opens(self, where: str, **values: Any) -> Player:
        """GET an endpoint (`payment_information.view`; `company` is the first unless given) or a path."""
        return self.asks("GET", self.path(where, **values))

    def sends(self, where: str, form: dict[str, Any] | None = None, **values: Any) -> Player:
        """POST a form there, and follow where it leads."""
        return self.asks("POST", self.path(where, **values), data=form or {})

    def swaps(self, where: str, form: dict[str, Any] | None = None, **values: Any) -> Player:
        """The same as htmx sends it; what comes back takes its place in the page that stands there."""
        document = self.response.text
        self.asks(
            "POST", self.path(where, **values), data=form or {}, htmx={"HX-Request": "true", "HX-Target": "main#main"}
        )
        main = re.compile(r"<main .*</main>", re.DOTALL)
        swapped = main.search(self.response.text)[0]  # type: ignore[index]
        self.response.set_data(main.sub(lambda _: swapped, document))
        return self

    def finds(self, where: str, view: Callable[..., Any], **values: Any) -> Player:
        """GET an endpoint with another view in its place, for what happens there by no click: a fault, a page that is
        only for designers."""
        own = self.app.view_functions[where]
        self.app.view_functions[where] = view
        try:
            return self.opens(where, **values)
        finally:
            self.app.view_functions[where] = own

    def asks(self, method: str, path: str, htmx: dict[str, str] | None = None, **more: Any) -> Player:
        with template_rendered.connected_to(self.note, self.app):
            self.response = self.client.open(
                path,
                method=method,
                base_url=self.kit.settings.url,
                environ_base={"REMOTE_ADDR": ADDRESS},
                headers={"User-Agent": BROWSER, **(htmx or {})},
                follow_redirects=True,
                **more,
            )
        return self

    def note(self, sender: Flask, template: Any, context: dict[str, Any]) -> None:
        self.template, self.context = template.name, context

    def path(self, where: str, **values: Any) -> str:
        if where.startswith("/"):
            return where
        with self.app.test_request_context(base_url=self.kit.settings.url):
            if self.app.url_map.is_endpoint_expecting(where, "company"):
                values = {"company": 1, **values}
            return url_for(where, **values)

    def waits(self, **span: float) -> Player:
        """Let time go by, in the words of timedelta."""
        self.kit.clock.set(self.kit.clock.offset + timedelta(**span))
        return self

    # What they hold

    def phone(self, name: str, number: str = "") -> str:
        """The id of this person's authenticator with that number, or of their first phone."""
        return next(a.id for a in Authenticator.of(user(name).id) if a.kind == Kind.PHONE and number in ("", a.number))

    def app_of(self, name: str) -> str:
        """The id of this person's authenticator app."""
        return next(a.id for a in Authenticator.of(user(name).id) if a.kind == Kind.APP)

    def code(self) -> str:
        """The code of the newest text or call."""
        body = self.kit.telephony.messages()[-1]["body"]
        return re.search(r"\d{6}|\d(, \d){5}", body)[0].replace(", ", "")  # type: ignore[index]

    def app_code(self, name: str, steps: int = 0) -> str:
        """What the authenticator app of this person shows now, or some steps away from now."""
        return pyotp.TOTP(seed.APPS[name]).at(self.kit.now, counter_offset=steps)

    def link(self, kind: str = "") -> str:
        """The path of the last link in any mail; of the last one of this kind (`hold`, `not-me`, `join`)."""
        written = " ".join(letter["body"] for letter in self.kit.mail.letters())
        urls: list[str] = re.findall(rf"https?://[^/\s]+(/{kind}\S+)", written)
        return urls[-1]

    def code_of_new_app(self) -> str:
        """What an app shows that has just scanned the key on the page."""
        return pyotp.TOTP(str(self.context["key"]).replace(" ", "")).at(self.kit.now)

    # What they have done before the scene begins

    def verifies(self, where: str = "payment_information.view", **values: Any) -> Player:
        """Pass two-step verification there with grace's app, or with a text to the only phone."""
        self.opens(where, **values)
        name = self.context["chosen"]
        if name.channel == Kind.APP:
            app = name.authenticator.user.email.partition("@")[0]
            form = {"verify": "answer-app", "use": name.authenticator.id, "code": self.app_code(app)}
        else:
            self.sends(where, {"verify": "send", "use": name.authenticator.id, "channel": "text"}, **values)
            form = {"verify": "answer", "use": name.authenticator.id, "code": self.code()}
        return self.sends(where, form, **values)

    def is_permitted(self, where: str, **values: Any) -> Player:
        """Pass the password and two-step verification in front of a change of authenticators there."""
        self.sends(where, {"verify": "password", "password": seed.PASSWORD}, **values)
        return self.verifies(where, **values) if "chosen" in self.context else self


def user(name: str) -> User:
    found: User = User.get(User.email == f"{name}@example.com")
    return found
