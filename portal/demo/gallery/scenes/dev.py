"""The pages of the demo itself: phones, mail, clock."""

from __future__ import annotations

from datetime import timedelta

from portal.demo.fake_phones import Condition
from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import GRACE, MARY, NEW, asked, asks_again, saves, verified
from portal.models.authenticator import Authenticator

book = Book("Demo")

PHONES, PHONE, MAIL, CLOCK = "dev_phones.all_phones", "dev_phones.one_phone", "dev_mail.letters", "dev_clock.clock"


@book("Phones, nothing has arrived yet")
def phones(player: Player) -> None:
    player.opens(PHONES)


@book("No phones at all")
def no_phones(player: Player) -> None:
    Authenticator.delete().execute()
    player.opens(PHONES)


@book("A text has arrived")
def text(player: Player) -> None:
    asked(player).opens(PHONE, number=GRACE)


@book("A call is ringing")
def ringing(player: Player) -> None:
    asked(player, "call").opens(PHONE, number=GRACE)


@book("A call is over")
def call_over(player: Player) -> None:
    asked(player, "call").waits(minutes=2).opens(PHONE, number=GRACE)


@book("A text, and earlier texts and calls")
def earlier(player: Player) -> None:
    asks_again(asked(player, "call").waits(minutes=1))
    asks_again(player.waits(minutes=3)).opens(PHONE, number=GRACE)


@book("A text without a code")
def without_code(player: Player) -> None:
    player.signs_in("grace").is_permitted("my_account.phone_number")
    player.sends("my_account.phone_number", {"verify": "number", "number": NEW, "channel": "text"})
    player.sends("my_account.phone_number", {"verify": "answer", "code": player.code()})
    player.opens(PHONE, number=GRACE)


@book("Earlier texts without a code")
def earlier_without_code(player: Player) -> None:
    without_code(player)
    player.sends("payment_information.view", {"verify": "send", "use": "", "channel": "text"})
    Authenticator.update(number=GRACE).where(Authenticator.number == NEW).execute()
    player.opens("payment_information.view")
    player.sends("payment_information.view", {"verify": "send", "use": player.phone("grace", GRACE), "channel": "text"})
    player.opens(PHONE, number=GRACE)


@book("A phone of nobody")
def phone_of_nobody(player: Player) -> None:
    asked(player)
    Authenticator.update(number=NEW).where(Authenticator.number == GRACE).execute()
    player.opens(PHONE, number=GRACE)


@book("Phones in trouble of every kind")
def trouble(player: Player) -> None:
    numbers = (GRACE, MARY, "+447700900123", "+12025550166")
    for number, condition in zip(numbers, list(Condition)[1:], strict=True):
        player.kit.telephony.set_condition(number, condition)
    player.opens(PHONES)


@book("No mail yet")
def no_mail(player: Player) -> None:
    player.opens(MAIL)


@book("Mail of today and of earlier days")
def mail(player: Player) -> None:
    saves(verified(player), payee="Analytical Engines Limited")
    player.waits(days=1).sends("sign_in.ask_to_reset", {"email": "grace@example.com"}).opens(MAIL)


@book("The clock shows real time")
def clock(player: Player) -> None:
    player.opens(CLOCK)


@book("The clock is ahead")
def clock_ahead(player: Player) -> None:
    player.sends(CLOCK, {"jump": "9 minutes"})


@book("The clock is far ahead")
def clock_far_ahead(player: Player) -> None:
    player.kit.clock.set(timedelta(days=2, hours=1, minutes=1, seconds=1))
    player.opens(CLOCK)


@book("The clock is behind")
def clock_behind(player: Player) -> None:
    player.kit.clock.set(-timedelta(minutes=5))
    player.opens(CLOCK)
