"""Components, each in every look that it has: the examples that lie in its folder, on a page for designers alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Response
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Act, Book
from portal.web.assets import files
from portal.web.pages import page

book = Book("Components")

FOLDER = Path(__file__).parents[4] / "templates" / "components"


class Fields(FlaskForm):
    payee = StringField("Legal name", [InputRequired()])
    website = StringField("Website")
    channel = RadioField("How to get the code", choices=[SelectChoice("text", "Text"), SelectChoice("call", "Call")])
    agreed = BooleanField("Whoever asked for it cannot approve it")


def filled_and_wrong() -> list[Fields]:
    filled, wrong = Fields(prefix="filled-"), Fields(prefix="wrong-")
    filled.payee.data, filled.channel.data, filled.agreed.data = "Analytical Engines Ltd", "text", True
    wrong.website.description = "Such as https://www.example.com."
    for each in (wrong.payee, wrong.website, wrong.channel, wrong.agreed):
        each.errors = ["This needs another look."]
    return [Fields(prefix="empty-"), filled, wrong]


def names(file: str) -> list[str]:
    """The pictures in one of our files."""
    return re.findall(r'id="([a-z]+)"', files(file)[0].read_text())


def examples_of(component: str) -> Act:
    """Its page, to somebody who is signed in."""

    def view() -> Response:
        about: dict[str, Any] = {"forms": filled_and_wrong()}
        about |= {"icons": names("img/icons.svg"), "pictures": names("img/pictures.svg")}
        return page(f"components/{component}/examples.html", **about)

    def examples(player: Player) -> None:
        player.signs_in("grace").finds("home.home", view)

    return examples


for folder in sorted(FOLDER.iterdir()):
    book(folder.name.replace("_", " ").capitalize())(examples_of(folder.name))
