"""What is said when something cannot be done at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from flask import abort
from flask_wtf.csrf import CSRFError

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book

book = Book("Errors")

TOO_LARGE = "x" * 4_100_000


def failing(status: int) -> Callable[..., NoReturn]:
    """A view that comes to nothing else."""
    return lambda **_: abort(status)


@book("Something that we cannot read", 400)
def unreadable(player: Player) -> None:
    player.opens("/help?q=%00")


@book("A form that is out of date", 400)
def stale_form(player: Player) -> None:
    def view() -> NoReturn:
        raise CSRFError

    player.signs_in("grace").finds("companies.new", view)


@book("No access", 403)
def no_access(player: Player) -> None:
    player.under(sign_up="closed").sends("sign_in.ask_to_join", {"email": "ida@example.com"})


@book("Page not found", 404)
def not_found(player: Player) -> None:
    player.opens("/nothing-here")


@book("Page not found, while signed in", 404)
def not_found_in_the_console(player: Player) -> None:
    player.signs_in("grace").opens("home.company", company=2)


@book("This address takes no form", 405)
def no_form(player: Player) -> None:
    player.sends("help.help")


@book("Too much at once", 413)
def too_large(player: Player) -> None:
    player.sends("sign_in.sign_in", {"email": TOO_LARGE})


@book("Too many requests", 429)
def too_many(player: Player) -> None:
    player.finds("help.help", failing(429))


@book("Something is broken", 500)
def broken(player: Player) -> None:
    player.finds("help.help", failing(500))


@book("The records do not answer", 503)
def no_records(player: Player) -> None:
    player.finds("help.help", failing(503))
