"""The hall: what stands around <main> is the same for one person, company and page, and is drawn once.

`{% kept %}` in a layout says so. What is in it may depend on the template of the page, the person, their companies, the
place in the menu and the language, and on nothing else; the two things in it that are each browser's own (the token of
its forms, the address to come back to) are put in afterwards. The demo draws anew each time, as its templates change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal import language
from portal.web.current import facts, person

MOST = 1000  # frames of some six kilobytes
TOKEN, ADDRESS = "\ue000", "\ue001"  # never in a text of ours


def register(app: Flask) -> None:
    app.extensions["frames"] = OrderedDict()
    app.jinja_env.add_extension(Kept)
    app.jinja_env.globals.update(csrf_token=csrf_token, present_address=present_address)


class Kept(Extension):
    """`{% kept %} … {% endkept %}`."""

    tags = {"kept"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        where = nodes.Const(f"{parser.name}:{line}")
        return nodes.CallBlock(self.call_method("keep", [nodes.ContextReference(), where]), [], [], body).set_lineno(
            line
        )

    def keep(self, context: Context, where: str, caller: Callable[[], str]) -> str:
        if current_app.config["TEMPLATES_AUTO_RELOAD"]:
            return caller()
        frames: OrderedDict[Any, str] = current_app.extensions["frames"]
        key = (where, context.name, *seen_by(context))
        if key not in frames:
            frames[key] = drawn(caller)
            if len(frames) > MOST:
                frames.popitem(last=False)
        return Markup(frames[key].replace(TOKEN, generate_csrf()).replace(ADDRESS, escape(request.full_path)))  # noqa: S704


def seen_by(context: Context) -> tuple[object, ...]:
    """All that a frame may depend on."""
    visitor, company = person(), context.get("company")
    who = (visitor.id, visitor.name, visitor.email, visitor.staff) if visitor else ()
    theirs = tuple((each.company_id, each.company.name) for each in facts().memberships) if visitor else ()
    return language.spoken(), request.blueprint, who, theirs, company and company.id


def drawn(caller: Callable[[], str]) -> str:
    g.drawing_frame = True
    try:
        return str(caller())
    finally:
        g.drawing_frame = False


def csrf_token() -> str:
    """The token of a form; its place, in a frame that is kept."""
    return TOKEN if g.get("drawing_frame") else generate_csrf()


def present_address() -> str:
    return ADDRESS if g.get("drawing_frame") else request.full_path
