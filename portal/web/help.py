"""The help: eighteen answers, for everybody, signed in or not.

All words stand in `templates/help/answers.html`; this collects and searches them. It never types a number
(the templates read the setting that enforces it) and never links to a page that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Response, current_app, g, request, url_for
from markupsafe import Markup

from portal.web.menus import first_company
from portal.web.pages import page

room = Blueprint("help", __name__, url_prefix="/help")


@dataclass(frozen=True)
class Answer:
    anchor: str
    question: str
    words: Markup

    def mentions(self, sought: list[str]) -> bool:
        text = plain(f"{self.question} {self.words.striptags()}")
        return all(word in text for word in sought)


@dataclass
class Group:
    title: str
    answers: list[Answer] = field(default_factory=list)


@dataclass
class Book:
    """What `answers.html` says. Its `group` and `answer` are called from there, top to bottom."""

    groups: list[Group] = field(default_factory=list)
    updated: str = ""

    def group(self, title: str) -> str:
        self.groups.append(Group(title))
        return ""

    def answer(self, anchor: str, question: str, caller: Callable[[], str]) -> str:
        self.groups[-1].answers.append(Answer(anchor, question, Markup(caller())))  # noqa: S704, our template
        return ""

    def find(self, query: str) -> list[Group]:
        """The groups, each with the answers that have every word of the query, without those left empty."""
        sought = plain(query).split()
        found = [Group(each.title, [a for a in each.answers if a.mentions(sought)]) for each in self.groups]
        return [each for each in found if each.answers]


def plain(text: str) -> str:
    return text.casefold().replace("’", "'")


@room.get("", endpoint="help")
def answers() -> Response:
    g.company = first_company()
    query = request.args.get("q", "").strip()[:100]
    book = read()
    return page(
        "help/help.html",
        layout="layouts/console.html" if g.company else "layouts/plain.html",
        query=query,
        groups=book.find(query),
        updated=book.updated,
        to=anchor,
    )


def read() -> Book:
    """The words, with the numbers and links of this installation and this visitor."""
    book = Book()
    at_hand = {"group": book.group, "answer": book.answer, "to": anchor, "address": address}
    words = current_app.jinja_env.get_template("help/answers.html").make_module(at_hand)
    book.updated = str(words.updated)  # type: ignore[attr-defined]
    return book


def anchor(name: str) -> str:
    """The address of an answer: works from the page itself, from a search, and from anywhere else."""
    return url_for("help.help", _anchor=name)


def address(endpoint: str) -> str | None:
    """Where a page is, if this installation has it and the visitor has the company that it may need."""
    if endpoint not in current_app.view_functions:
        return None
    if not current_app.url_map.is_endpoint_expecting(endpoint, "company"):
        return url_for(endpoint)
    return url_for(endpoint, company=g.company.id) if g.company else None
