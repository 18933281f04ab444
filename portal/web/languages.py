"""The hall and a little room: in which language the pages are. The visitor's choice, else what the browser asks for."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from gettext import NullTranslations
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request
from flask_login import current_user
from markupsafe import Markup

from portal import language
from portal.accounts import people
from portal.web.current import kit, sign_in
from portal.web.pages import redirect_to
from portal.web.times import UNITS

room = Blueprint("languages", __name__)

COOKIE = "language"
YEAR = 365 * 24 * 3600


def register(app: Flask) -> None:
    """Make `_`, `gettext`, `ngettext` and `{% trans %}` known to the templates."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(say, say_number, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals |= {"_": say, "gettext": say, "ngettext": say_number}  # the same, by a shorter way
    app.jinja_env.filters["capital"] = capital
    app.jinja_env.globals.update(
        languages=language.known,
        language=language.spoken,
        number=language.number,
        clock_time=language.clock_time,
        day=language.day,
        length=language.length,
        waited=waited,
    )


def say(message: str, **values: object) -> Markup:
    """The sentence with `values` in it, as markup, which is what a template takes it for."""
    return as_markup(language.catalogue_at_hand(), message) % values


def say_number(one: str, many: str, num: int, **values: object) -> Markup:
    """The same for a number of things."""
    return Markup(escaped(language.say_number(one, many, num))) % {"num": num, **values}  # noqa: S704, our own words


@lru_cache(maxsize=10_000)
def as_markup(words: NullTranslations, message: str) -> Markup:
    return Markup(escaped(words.gettext(message) if message else ""))  # noqa: S704, our own words


def escaped(words: str) -> str:
    """A sentence is written with a plain & and >."""
    return words.replace(" & ", " &amp; ").replace(" > ", " &gt; ")


def capital(words: str) -> str:
    """The words with a capital in front; the others stay as they are, as German has capitals within."""
    return words[:1].upper() + words[1:]


def waited(since: datetime) -> str:
    """How long ago something was, in its largest unit: 3 days; empty under a second."""
    apart = int((kit().now - since).total_seconds())
    unit = next((unit for unit, seconds in UNITS.items() if apart >= seconds), None)
    return language.length(apart // UNITS[unit], unit) if unit else ""


def listen() -> None:
    """Answer this request in the language that was chosen, or that the browser prefers."""
    known = language.known()
    chosen = request.cookies.get(COOKIE, "")
    language.choose(chosen if chosen in known else request.accept_languages.best_match(list(known)) or "")


@room.post("/language")
def choose() -> Response:
    """Remember the choice in this browser; and with the person, for mails and texts."""
    chosen = request.form.get("language", "")
    if chosen not in language.known():
        chosen = language.ENGLISH
    if current_user.is_authenticated:
        people.speak(sign_in().user, chosen)
    response = redirect_to(own_path(request.form.get("back", "")))
    response.set_cookie(
        COOKIE, chosen, max_age=YEAR, httponly=True, secure=kit().settings.secure, samesite="Lax", path="/"
    )
    return response


def own_path(wanted: str) -> str:
    """The path of a page of ours, and never a way out of here."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    inside = wanted.startswith("/") and not wanted.startswith("//") and not parts.netloc
    return wanted if plain and inside else "/"
