"""Contact support: the desks, a chat, a call back, and the link that cancels a replacement."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import answered, at_the_desk, closed, replaced, taken, without_company, writes
from portal.models.case import Line

book = Book("Support")

CHAT = "support.chat"
PHONE = "+12025550199"


def calls_back(player: Player, **form: str) -> Player:
    return player.signs_in("grace").sends("support.ask_to_call", form)


def long_conversation(player: Player) -> Player:
    """Grace, with a conversation of more lines than are shown at first."""
    grace = writes(player)
    line = Line.select().dicts().first()
    Line.insert_many([{**line, "id": line["id"] + more, "text": f"Line {more}."} for more in range(1, 220)]).execute()
    return grace.opens(CHAT, desk="customer")


# Whom to ask


@book("Contact support")
def contact(player: Player) -> None:
    player.signs_in("grace").opens("support.contact")


@book("Contact support, with a phone number")
def contact_with_number(player: Player) -> None:
    player.under(support_phone=PHONE).signs_in("grace").opens("support.contact")


@book("Contact support, not signed in")
def contact_of_nobody(player: Player) -> None:
    player.opens("support.contact")


@book("Contact support, not signed in, with a phone number")
def contact_of_nobody_with_number(player: Player) -> None:
    player.under(support_phone=PHONE).opens("support.contact")


@book("Contact support, without a company")
def contact_without_company(player: Player) -> None:
    without_company("alan")
    player.signs_in("alan").opens("support.contact")


@book("Contact support, with conversations")
def contact_with_conversations(player: Player) -> Player:
    grace = writes(player)
    closed(taken(at_the_desk(player)))
    writes(player, "grace", "What is a tax identification?", "developer")
    return grace.opens("support.contact")


@book("Phones and apps are being replaced")
def contact_while_replaced(player: Player) -> Player:
    return replaced(player).opens("support.contact")


@book("The replacement is cancelled here")
def cancelled_here(player: Player) -> Player:
    return replaced(player).sends("support.cancel_own")


@book("There is nothing to cancel")
def nothing_to_cancel(player: Player) -> None:
    player.signs_in("grace").sends("support.cancel_own")


# The chat


@book("Chat with customer support, before the first message")
def chat_empty(player: Player) -> None:
    player.signs_in("grace").opens(CHAT, desk="customer")


@book("Chat with developer support, without a company")
def chat_without_company(player: Player) -> None:
    without_company("alan")
    player.signs_in("alan").opens(CHAT, desk="developer")


@book("Chat, nobody is there yet")
def chat_waiting(player: Player) -> Player:
    return writes(player)


@book("Chat, answered by somebody who is there")
def chat_answered(player: Player) -> Player:
    grace = writes(player)
    answered(taken(at_the_desk(player)))
    return grace.opens(CHAT, desk="customer")


@book("Chat, nothing was said for a while")
def chat_quiet(player: Player) -> Player:
    grace = writes(player).waits(minutes=40)
    grace.opens(CHAT, desk="customer").waits(minutes=40)
    return grace.opens(CHAT, desk="customer")


@book("Chat, with nothing written", 422)
def chat_nothing_written(player: Player) -> None:
    player.signs_in("grace").sends("support.say", {"message": " "}, desk="customer")


@book("Chat, a code is held back", 422)
def chat_code_held_back(player: Player) -> None:
    player.signs_in("grace").sends("support.say", {"message": "The code is 123456."}, desk="customer")


@book("Chat, a message that is too long", 422)
def chat_too_long(player: Player) -> None:
    player.signs_in("grace").sends("support.say", {"message": "and so on " * 500}, desk="customer")


@book("Chat, enough messages for an hour", 429)
def chat_enough(player: Player) -> Player:
    player.under(messages_an_hour=1)
    return writes(player).sends("support.say", {"message": "Are you there?"}, desk="customer")


@book("Chat, a long conversation")
def chat_long(player: Player) -> Player:
    return long_conversation(player)


@book("Chat, the whole of a long conversation")
def chat_whole(player: Player) -> Player:
    return long_conversation(player).opens(CHAT, desk="customer", all=1)


@book("Chat, the last conversation is closed")
def chat_closed(player: Player) -> Player:
    grace = writes(player)
    closed(taken(at_the_desk(player)))
    return grace.opens(CHAT, desk="customer")


@book("A conversation that is over, to be read again")
def earlier(player: Player) -> Player:
    return chat_closed(player).opens("support.earlier", case=1)


@book("A conversation with developer support that is over")
def earlier_with_developer_support(player: Player) -> Player:
    grace = writes(player, "grace", "What is a tax identification?", "developer")
    closed(taken(at_the_desk(player, "devsupport")))
    return grace.opens("support.earlier", case=1)


# To be called back


@book("Have customer support call you")
def call_back(player: Player) -> None:
    player.signs_in("grace").opens("support.call_back")


@book("A call back without a number", 422)
def call_back_nowhere(player: Player) -> None:
    calls_back(player)


@book("A call back to a number that is none", 422)
def call_back_to_no_number(player: Player) -> None:
    calls_back(player, number="911")


@book("A code is no good time", 422)
def call_back_with_a_code(player: Player) -> None:
    calls_back(player, number=PHONE, when="123456")


@book("A call back is asked for")
def call_back_asked(player: Player) -> None:
    calls_back(player, number=PHONE, when="today after 14:00 UTC")


# The link of a notice


@book("Cancel a replacement, from the link of a mail")
def replacement_link(player: Player) -> Player:
    replaced(player)
    return player.elsewhere().opens(player.link("replacement"))


@book("The replacement is cancelled")
def replacement_cancelled(player: Player) -> Player:
    return replacement_link(player).sends(player.link("replacement"))


@book("The link that cancels does not work any more", 410)
def replacement_link_used(player: Player) -> Player:
    return replacement_cancelled(player).opens(player.link("replacement"))
