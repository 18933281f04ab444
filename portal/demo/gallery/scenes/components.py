"""Components, each in every look that it has, on pages that are there for designers alone."""

from __future__ import annotations

import re
from typing import Any

from flask import Response
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.web.assets import static_folder
from portal.web.pages import page

book = Book("Components")


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
    return re.findall(r'id="([a-z]+)"', (static_folder(file) / file).read_text())


def shows(player: Player, shown: str) -> None:
    """One section of the page of components, to somebody who is signed in."""

    def view() -> Response:
        about: dict[str, Any] = {"forms": filled_and_wrong()}
        about |= {"icons": names("img/icons.svg"), "pictures": names("img/pictures.svg")}
        return page("gallery/components.html", shown=shown, **about)

    player.signs_in("grace").finds("home.home", view)


@book("Buttons")
def buttons(player: Player) -> None:
    shows(player, "buttons")


@book("Fields")
def fields(player: Player) -> None:
    shows(player, "fields")


@book("Lists, radio cards and boxes")
def choices(player: Player) -> None:
    shows(player, "choices")


@book("Fields of a form in the code")
def fields_of_a_form(player: Player) -> None:
    shows(player, "fields of a form")


@book("Notices")
def notices(player: Player) -> None:
    shows(player, "notices")


@book("Rows, cards and tags")
def rows(player: Player) -> None:
    shows(player, "rows, cards and tags")


@book("Empty states")
def empty(player: Player) -> None:
    shows(player, "empty states")


@book("Icons and pictures")
def icons(player: Player) -> None:
    shows(player, "icons and pictures")


@book("Slips and comparisons")
def slips(player: Player) -> None:
    shows(player, "slips and comparisons")


@book("A slip with a bank")
def slip_with_a_bank(player: Player) -> None:
    shows(player, "a slip with a bank")


@book("Signs and countdowns")
def signs(player: Player) -> None:
    shows(player, "signs and countdowns")


@book("Code field and ways")
def code_field(player: Player) -> None:
    shows(player, "code field and ways")


@book("Menus")
def menus(player: Player) -> None:
    shows(player, "menus")


@book("Phones")
def phones(player: Player) -> None:
    shows(player, "phones")
