"""Two-step verification: the challenge, the first authenticator, and what may stand in the way."""

from __future__ import annotations

from portal.gallery.player import WRONG, Player
from portal.gallery.scenes.book import Book
from portal.models.challenge import Code

book = Book("Two-step verification")

GATE = "payment_information.view"
GRACE = "+12025550143"


def asked(player: Player, channel: str = "text") -> Player:
    """Grace, who has asked for a code to her My Account number."""
    player.signs_in("grace").opens(GATE)
    return player.sends(GATE, {"verify": "send", "use": player.phone("grace", GRACE), "channel": channel})


def answers(player: Player, code: str = WRONG, times: int = 1) -> Player:
    for _ in range(times):
        player.sends(GATE, {"verify": "answer", "use": player.phone("grace", GRACE), "code": code})
    return player


@book("The preferred app is asked for")
def preferred_app(player: Player) -> None:
    player.signs_in("grace").opens(GATE)


@book("A number is chosen, nothing is sent yet")
def number_chosen(player: Player) -> None:
    player.signs_in("grace").opens(GATE, use=player.phone("grace", GRACE))


@book("A text was sent")
def text_sent(player: Player) -> None:
    asked(player)


@book("A call was made")
def call_made(player: Player) -> None:
    asked(player, "call")


@book("Another may be sent")
def may_resend(player: Player) -> None:
    asked(player).waits(seconds=31)
    player.opens(GATE)


@book("A wrong code")
def wrong_code(player: Player) -> None:
    answers(asked(player))


@book("The last tries")
def last_tries(player: Player) -> None:
    answers(asked(player), times=8)


@book("One try is left")
def one_try(player: Player) -> None:
    answers(asked(player), times=9)


@book("Locked")
def locked(player: Player) -> None:
    answers(asked(player), times=10)


@book("The provider takes its time")
def sending(player: Player) -> None:
    asked(player)
    Code.update(delivery="sending").execute()
    player.opens(GATE)
