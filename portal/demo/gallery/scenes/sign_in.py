"""The door: signing in and up, and a new password."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import PASSWORD, NoMail, invites, rules, verified

book = Book("Sign in")

GRACE = "grace@example.com"
NOBODY = "ida@example.com"
LONG_ENOUGH = "a quiet otter reads maps"


def enters(player: Player, password: str = PASSWORD) -> Player:
    return player.sends("sign_in.sign_in", {"email": GRACE, "password": password})


def forgets(player: Player) -> Player:
    return player.sends("sign_in.ask_to_reset", {"email": GRACE})


def signs_up(player: Player, email: str = NOBODY) -> Player:
    return player.sends("sign_in.ask_to_join", {"email": email})


@book("Sign in")
def door(player: Player) -> None:
    player.opens("sign_in.door")


@book("Sign in, where nobody can sign up")
def door_without_sign_up(player: Player) -> None:
    player.under(sign_up="closed").opens("sign_in.door")


@book("Nothing was entered", 422)
def nothing_entered(player: Player) -> None:
    player.sends("sign_in.sign_in")


@book("This is no address", 422)
def no_address(player: Player) -> None:
    player.sends("sign_in.sign_in", {"email": "grace", "password": "x"})


@book("A wrong password", 422)
def wrong_password(player: Player) -> None:
    enters(player, "a guess")


@book("Too many wrong passwords", 429)
def slowed(player: Player) -> None:
    player.under(wrong_passwords=1)
    enters(enters(player, "a guess"), "another guess")


@book("Signed out")
def signed_out(player: Player) -> None:
    player.signs_in("grace").sends("sign_in.sign_out")


# The second step at the door


@book("The second step, by app")
def second_step(player: Player) -> None:
    rules(second_step_at_sign_in=True)
    player.signs_in("grace").opens("home.home")


@book("The second step of staff")
def second_step_of_staff(player: Player) -> None:
    player.signs_in("care").opens("home.home")


# A new password


@book("A new password is asked for")
def lost_password(player: Player) -> None:
    player.opens("sign_in.lost_password")


@book("A new password for no address", 422)
def lost_password_of_nobody(player: Player) -> None:
    player.sends("sign_in.ask_to_reset", {"email": "grace"})


@book("A new password, while no mail goes out", 503)
def lost_password_without_mail(player: Player) -> None:
    forgets(player.given(mail=NoMail()))


@book("A mail is on its way")
def mail_sent(player: Player) -> None:
    forgets(player)


@book("The new password is chosen")
def new_password(player: Player) -> None:
    player.opens(forgets(player).link("new-password"))


@book("The new password is too short", 422)
def short_password(player: Player) -> None:
    player.sends(forgets(player).link("new-password"), {"password": "short"})


@book("The new password is set")
def password_set(player: Player) -> None:
    player.sends(forgets(player).link("new-password"), {"password": LONG_ENOUGH})


@book("The link was used already", 410)
def dead_link(player: Player) -> None:
    password_set(player)
    player.opens(player.link("new-password"))


# Signing up


@book("Sign up")
def sign_up(player: Player) -> None:
    player.opens("sign_in.sign_up")


@book("Sign up with no address", 422)
def sign_up_with_nothing(player: Player) -> None:
    signs_up(player, "")


@book("Sign up, while no mail goes out", 503)
def sign_up_without_mail(player: Player) -> None:
    signs_up(player.given(mail=NoMail()))


@book("Signing up is by invitation")
def by_invitation(player: Player) -> None:
    player.under(sign_up="invitation").opens("sign_in.sign_up")


@book("Nobody signs up at the moment")
def closed(player: Player) -> None:
    player.under(sign_up="closed").opens("sign_in.sign_up")


@book("A link to go on with is on its way")
def link_sent(player: Player) -> None:
    signs_up(player)


@book("Finish signing up")
def join(player: Player) -> None:
    player.opens(signs_up(player).link("join"))


@book("Finish signing up, with nothing entered", 422)
def join_with_nothing(player: Player) -> None:
    player.sends(signs_up(player).link("join"))


@book("Finish signing up, with a password that many use", 422)
def join_with_a_common_password(player: Player) -> None:
    form = {"name": "Ida Rhodes", "company": "Table Makers", "password": "passwordpassword"}
    player.sends(signs_up(player).link("join"), form)


@book("Finish signing up, by invitation")
def join_by_invitation(player: Player) -> Player:
    invites(verified(player), NOBODY)
    return player.elsewhere().opens(player.link("join"))


@book("Signed up, and in the new company")
def joined(player: Player) -> None:
    form = {"name": "Ida Rhodes", "company": "Table Makers", "password": LONG_ENOUGH}
    player.sends(signs_up(player).link("join"), form)
