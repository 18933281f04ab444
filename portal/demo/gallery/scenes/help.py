"""The help: everything, searched, and with nothing found."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book

book = Book("Help")


@book("Help, not signed in")
def help_of_nobody(player: Player) -> None:
    player.opens("help.help")


@book("Help in the console, with links into it")
def help_in_the_console(player: Player) -> None:
    player.signs_in("grace").opens("help.help")


@book("Help, searched")
def searched(player: Player) -> None:
    player.opens("help.help", q=2)


@book("Help, a single answer")
def one_answer(player: Player) -> None:
    player.opens("help.help", q="Company Profile 2")


@book("Help, nothing found")
def nothing_found(player: Player) -> None:
    player.opens("help.help", q="bicycle")


@book("Help, where every limit is one")
def limits_of_one(player: Player) -> None:
    one = {"code_minutes": 1, "verification_minutes": 1, "lockout_minutes": 1, "tries_left_warning": 1}
    player.under(sends_per_challenge=1, sends_per_number_a_day=1, failures_before_lockout=1, **one).opens("help.help")
