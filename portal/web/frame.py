"""The hall: what stands around <main> is the same for everybody on a page, but for a few words, and is drawn once.

`{% kept %}` in a layout says so. What is in it may depend on the template of the page, the place in the menu, the desk
of staff and the language, and on nothing else. What is each visitor's own (name, company, the token of their forms)
leaves a hole that `fill` closes in the finished page. The demo draws anew each time, as its templates change.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal import language
from portal.models.company import Company
from portal.web.current import facts, person

MOST = 1000  # frames of some six kilobytes
SOME_COMPANY = Company(id=2**31 - 1)  # whose addresses lead to that of the visitor; no company has this number


SECRET = secrets.token_hex(8)  # so that nobody else can write a hole


def hole(of: str) -> Markup:
    """Where something is put in that is the visitor's own."""
    return Markup(f"{SECRET}-{of}-")  # noqa: S704, ours


TOKEN, ADDRESS, SWITCHER, NAME, INITIAL, EMAIL = map(hole, "token address switcher name initial email".split())


@dataclass(frozen=True)
class Named:
    """A person, as layouts show them."""

    name: str = NAME
    initial: str = INITIAL
    email: str = EMAIL


def register(app: Flask) -> None:
    app.extensions["frames"] = OrderedDict()
    app.jinja_env.add_extension(Kept)
    app.jinja_env.globals.update(
        csrf_token=lambda: TOKEN, present_address=lambda: ADDRESS, company_switcher=lambda: SWITCHER
    )


class Kept(Extension):
    """`{% kept %} … {% endkept %}`."""

    tags = {"kept"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        where = [nodes.ContextReference(), nodes.Const(f"{parser.name}:{line}")]
        return nodes.CallBlock(self.call_method("keep", where), [], [], body).set_lineno(line)

    def keep(self, context: Context, where: str, caller: Callable[[], str]) -> str:
        if current_app.config["TEMPLATES_AUTO_RELOAD"]:
            return caller()
        frames: OrderedDict[Any, str] = current_app.extensions["frames"]
        key = (where, context.name, *seen_by(context))
        if key not in frames:
            frames[key] = caller()
            if len(frames) > MOST:
                frames.popitem(last=False)
        return frames[key]


def seen_by(context: Context) -> tuple[object, ...]:
    """All that a frame may depend on."""
    visitor = person()
    return language.spoken(), request.blueprint, visitor and (visitor.staff or "a person"), bool(context.get("company"))


def fill(page: str) -> str:
    """The page, with what is the visitor's own in its holes."""
    company, known = g.get("company"), {}
    first, *others = page.split(SECRET)
    filled = [first]
    for each in others:
        place, _dash, text = each[1:].partition("-")
        if place not in known:
            known[place] = escape(words_of(place, company))
        filled += known[place], text
    theirs = f"/companies/{company.id if company else SOME_COMPANY.id}/"
    return "".join(filled).replace(f"/companies/{SOME_COMPANY.id}/", theirs)


def words_of(place: str, company: Company | None) -> str:
    match place:
        case "token":
            return csrf_token()
        case "address":
            return request.full_path
        case "switcher":
            return switcher(company)
    visitor = person()
    shown = Named(visitor.name, visitor.name[:1], visitor.email) if visitor else Named("", "", "")
    return str(getattr(shown, place))


def csrf_token() -> str:
    """The token of this browser's forms. It has no end of its own, so that the one signed before is as good."""
    return kept_token(session.get("csrf_token")) if "csrf_token" in session else str(generate_csrf())


@lru_cache(maxsize=10_000)
def kept_token(_of: str) -> str:
    return str(generate_csrf())


def switcher(company: Company | None) -> Markup:
    theirs = tuple((each.company_id, each.company.name) for each in facts().memberships) if person() else ()
    return kept_switcher(theirs, company.id if company else 0, language.catalogue_at_hand(), request.script_root)


@lru_cache(maxsize=1000)
def kept_switcher(theirs: tuple[tuple[int, str], ...], present: int, words: object, root: str) -> Markup:
    """The company switcher in the words of one catalogue; `root` is where the program is mounted."""
    lines = [
        {"label": name, "url": url_for("home.company", company=number), "current": number == present}
        for number, name in theirs
    ]
    macros: Any = current_app.jinja_env.get_template("components/menu/menu.html").module
    return Markup(macros.company_menu(lines, url_for("companies.new")))  # noqa: S704, our template
