"""Steps that lead to scenes in several rooms."""

from __future__ import annotations

from typing import Any

from portal.demo import seed
from portal.demo.gallery.player import WRONG, Player, user
from portal.mail.protocol import Letter
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.company import Company, Membership
from portal.models.user import User

GATE = "payment_information.view"
GRACE, MARY, NEW = "+12025550143", "+12025550178", "+12025550111"


def asked(player: Player, channel: str = "text") -> Player:
    """Grace, who has asked for a code to her My Account number."""
    player.signs_in("grace").opens(GATE)
    return asks_again(player, channel)


def asks_again(player: Player, channel: str = "text") -> Player:
    return player.sends(GATE, {"verify": "send", "use": player.phone("grace", GRACE), "channel": channel})


def answers(player: Player, code: str = WRONG, times: int = 1) -> Player:
    for _ in range(times):
        player.sends(GATE, {"verify": "answer", "use": player.phone("grace", GRACE), "code": code})
    return player


def verified(player: Player, name: str = "grace") -> Player:
    """With Payment Information open in front of them."""
    return player.signs_in(name).verifies()


def gives_number(player: Player, where: str = GATE, number: str = NEW, channel: str = "text") -> Player:
    """Types a number that is to be added."""
    return player.sends(where, {"verify": "number", "number": number, "channel": channel})


def first_number(player: Player, number: str = NEW, channel: str = "text") -> Player:
    """Ada, who has no authenticator yet, and gave her first number."""
    return gives_number(player.signs_in("ada"), GATE, number, channel)


def first_answer(player: Player, code: str = WRONG, where: str = GATE) -> Player:
    return player.sends(where, {"verify": "answer", "code": code})


def freezes(name: str) -> None:
    """They have said that something was not them."""
    User.update(frozen_at=User.created_at).where(User.email == f"{name}@example.com").execute()


def rules(**columns: Any) -> None:
    """The rules of the first company."""
    Company.update(**columns).where(Company.id == 1).execute()


def role(name: str, is_now: str) -> None:
    """Somebody else changes the role of this person in every company."""
    Membership.update(role=is_now).where(Membership.user == user(name)).execute()


def without_authenticators(name: str) -> None:
    Authenticator.delete().where(Authenticator.user == user(name)).execute()


def changes(player: Player, **typed: str) -> Player:
    """Types other payment information, and comes to the page that compares."""
    player.opens("payment_information.edit")
    form = {**player.context["typed"], "seen": player.context["seen"], **typed}
    return player.sends("payment_information.check", form)


def saves(player: Player, **typed: str) -> Player:
    """The same, and presses the button."""
    changes(player, **typed)
    return player.sends("payment_information.save", {"seen": player.context["seen"]})


def hires(name: str) -> None:
    """A colleague of care's, with a phone."""
    care = user("care")
    like = {"password": care.password, "staff": care.staff, "created_at": care.created_at}
    made = User.create(email=f"{name}@example.com", name=f"{name.capitalize()} Sagan", **like)
    phone = {"kind": Kind.PHONE, "place": Place.ACCOUNT_SITE, "number": NEW, "preferred": True}
    Authenticator.create(id=new_id(), user=made, added_at=care.created_at, **phone)


def at_the_desk(player: Player, name: str = "care") -> Player:
    """Staff, past the second step."""
    return player.signs_in(name).verifies("sign_in.second_step")


def writes(player: Player, name: str = "grace", text: str = "My phone is gone.", desk: str = "customer") -> Player:
    """Somebody writes to a desk, in another browser; the browser."""
    person = player.elsewhere().signs_in(name)
    return person.sends("support.say", {"message": text}, desk=desk)


def taken(staff: Player, case: int = 1) -> Player:
    """Staff, who have taken the case."""
    return staff.sends("desk.take", case=case)


def answered(staff: Player, case: int = 1) -> Player:
    return staff.sends("desk.say", {"message": "I look after it. Who pays you?"}, case=case)


def identified(staff: Player, case: int = 1) -> Player:
    how = {"how": "two_facts", "note": "Address and year of the first payment"}
    return staff.sends("desk.identify", how, case=case)


def closed(staff: Player, case: int = 1) -> Player:
    return staff.sends("desk.close", case=case)


def replaced(player: Player) -> Player:
    """Grace, whose phones and apps are being replaced by customer support; her browser."""
    grace = writes(player)
    identified(taken(at_the_desk(player))).sends("desk.replace", case=1)
    return grace


def replacement_is_due(player: Player) -> Player:
    """The same a day later, signed in anew: everything is removed by then."""
    replaced(player.elsewhere()).waits(days=1, minutes=1)
    return player.signs_in("grace").opens("account.home")


def without_company(name: str) -> None:
    Membership.delete().where(Membership.user == user(name)).execute()


PASSWORD = seed.PASSWORD


class NoMail:
    """Mail that does not go out."""

    def send(self, letter: Letter) -> None:
        raise OSError("there is no mail at the moment")


def invites(player: Player, email: str, wanted: str = "developer") -> Player:
    return player.sends("users.send_invitation", {"email": email, "role": wanted})
