"""The account site: Account, Login & security, 2-Step verification, browsers, Activity, “This wasn’t me”."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import (
    PASSWORD,
    answers,
    asked,
    freezes,
    replacement_is_due,
    rules,
    saves,
    verified,
)
from portal.models.event import Event

book = Book("Account")

SETTINGS = "two_step_verification.settings"
EDIT = "two_step_verification.edit"
RENAME = "two_step_verification.rename"
CODES = "two_step_verification.recovery_codes"
PHONES = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"
NEW_PASSWORD = "a quiet otter reads maps"  # noqa: S105


def edits(player: Player, authenticator: str) -> Player:
    return player.is_permitted(EDIT, authenticator=authenticator)


def tells_that_it_was_not_them(player: Player) -> Player:
    """The link of a notice, which comes with every change of payment information."""
    saves(verified(player), payee="Analytical Engines Limited")
    return player.elsewhere().opens(player.link("not-me"))


# Account and Login & security


@book("Account")
def home(player: Player) -> None:
    player.signs_in("grace").opens("account.home")


@book("Login & security, 2-Step verification is on")
def login_and_security(player: Player) -> None:
    player.signs_in("grace").opens("login_and_security.rows")


@book("Login & security, one way to verify")
def login_and_security_one_way(player: Player) -> None:
    player.signs_in("mary").opens("login_and_security.rows")


@book("Login & security, 2-Step verification is off")
def login_and_security_off(player: Player) -> None:
    player.signs_in("ada").opens("login_and_security.rows")


@book("Login & security of developer support")
def login_and_security_of_staff(player: Player) -> None:
    player.signs_in("devsupport").verifies("sign_in.second_step").opens("login_and_security.rows")


@book("Edit your name")
def name(player: Player) -> None:
    player.signs_in("grace").opens("login_and_security.name")


@book("A name with nothing in it", 422)
def no_name(player: Player) -> None:
    player.signs_in("grace").sends("login_and_security.change_name", {"name": " "})


@book("The name is saved")
def name_saved(player: Player) -> None:
    player.signs_in("grace").sends("login_and_security.change_name", {"name": "Grace Hopper"})


@book("Edit your password")
def password(player: Player) -> None:
    player.signs_in("grace").opens("login_and_security.password")


@book("Neither password was typed", 422)
def no_password(player: Player) -> None:
    player.signs_in("grace").sends("login_and_security.change_password")


@book("The present password is wrong", 422)
def wrong_password(player: Player) -> None:
    form = {"old": "a guess", "new": NEW_PASSWORD}
    player.signs_in("grace").sends("login_and_security.change_password", form)


@book("The new password has a name in it", 422)
def unfit_password(player: Player) -> None:
    form = {"old": PASSWORD, "new": "grace@example.com"}
    player.signs_in("grace").sends("login_and_security.change_password", form)


@book("Too many wrong passwords", 422)
def slowed(player: Player) -> None:
    wrong_password(player.under(wrong_passwords=1))
    wrong_password(player)


@book("The password stays as it is after “This wasn’t me”", 423)
def password_frozen(player: Player) -> None:
    freezes("grace")
    wrong_password(player)


@book("The new password is set")
def password_set(player: Player) -> None:
    form = {"old": PASSWORD, "new": NEW_PASSWORD}
    player.signs_in("grace").sends("login_and_security.change_password", form)


# 2-Step verification


@book("2-Step verification, to be turned on")
def turn_on(player: Player) -> None:
    player.signs_in("ada").opens(SETTINGS)


@book("2-Step verification settings")
def settings(player: Player) -> None:
    verified(player).opens(SETTINGS)


@book("2-Step verification settings with one way")
def settings_one_way(player: Player) -> None:
    player.signs_in("mary").opens(SETTINGS)


@book("2-Step verification settings with recovery codes")
def settings_with_codes(player: Player) -> None:
    recovery_codes_made(player)
    player.opens(SETTINGS)


@book("2-Step verification settings with a single recovery code")
def settings_with_one_code(player: Player) -> None:
    settings_with_codes(player.under(recovery_codes=1))


@book("2-Step verification settings are not for developer support", 403)
def settings_of_staff(player: Player) -> None:
    player.signs_in("devsupport").verifies("sign_in.second_step").opens(SETTINGS)


@book("An authenticator worked when it was tried out")
def tried_out(player: Player) -> None:
    app = {"verify": "answer-app", "use": player.app_of("grace"), "code": player.app_code("grace")}
    player.signs_in("grace").sends("two_step_verification.try_out", app)


@book("Edit a phone number")
def edit_phone(player: Player) -> None:
    edits(player.signs_in("grace"), player.phone("grace"))


@book("Edit the preferred app")
def edit_app(player: Player) -> None:
    edits(player.signs_in("grace"), player.app_of("grace"))


@book("An authenticator without a name", 422)
def edit_nameless(player: Player) -> None:
    edit_phone(player)
    player.sends(RENAME, {"name": ""}, authenticator=player.phone("grace"))


@book("An authenticator has a new name")
def renamed(player: Player) -> None:
    edit_phone(player)
    player.sends(RENAME, {"name": "My own phone"}, authenticator=player.phone("grace"))


@book("An authenticator is preferred now")
def preferred(player: Player) -> None:
    edit_phone(player)
    player.sends("two_step_verification.prefer", authenticator=player.phone("grace"))


@book("An authenticator is removed")
def removed(player: Player) -> None:
    edit_app(player)
    player.sends("two_step_verification.remove", authenticator=player.app_of("grace"))


@book("Recovery codes, before they are made")
def recovery_codes(player: Player) -> None:
    player.signs_in("grace").is_permitted(CODES)


@book("Recovery codes, shown this once")
def recovery_codes_made(player: Player) -> None:
    recovery_codes(player)
    player.sends("two_step_verification.make_recovery_codes")


# Browsers


@book("Where you are signed in: this browser alone")
def one_browser(player: Player) -> None:
    player.signs_in("grace").opens("sign_ins.browsers")


@book("Where you are signed in: several browsers")
def browsers(player: Player) -> None:
    player.elsewhere().signs_in("grace", PHONES).opens("home.home")
    player.elsewhere().signs_in("grace", "curl/8.9").waits(minutes=5)
    player.signs_in("grace").opens("sign_ins.browsers")


@book("Other browsers are signed out")
def others_signed_out(player: Player) -> None:
    browsers(player)
    player.sends("login_and_security.sign_out_others")


# Can I get in?


@book("Can I get in? Yes")
def can_i_get_in(player: Player) -> None:
    player.signs_in("grace").opens("can_i_get_in.answer")


@book("Can I get in? Not without a way to verify")
def cannot_yet(player: Player) -> None:
    player.signs_in("ada").opens("can_i_get_in.answer")


@book("Can I get in? No, as a developer")
def cannot(player: Player) -> None:
    player.signs_in("alan").opens("can_i_get_in.answer")


@book("Can I get in? Not while locked")
def cannot_while_locked(player: Player) -> None:
    answers(asked(player), times=10).opens("can_i_get_in.answer")


@book("Can I get in? Not while protected")
def cannot_while_protected(player: Player) -> None:
    freezes("mary")
    player.signs_in("mary").opens("can_i_get_in.answer")


@book("Can I get in? With my company’s own number not given")
def can_i_get_in_without_number(player: Player) -> None:
    rules(phone="")
    player.signs_in("grace").opens("can_i_get_in.answer")


# Activity and "This wasn't me"


@book("Activity")
def activity(player: Player) -> None:
    answers(answers(asked(player)), player.code()).opens("activity.events")


@book("Activity about codes")
def activity_of_codes(player: Player) -> None:
    asked(player).opens("activity.events", about="code.")


@book("Activity, with earlier pages")
def activity_long(player: Player) -> None:
    activity(player)
    row = Event.select().where(Event.kind == "verification.passed").dicts().first()
    Event.insert_many([{**row, "id": row["id"] + 1000 + more} for more in range(60)]).execute()
    player.opens("activity.events")


@book("Activity that came from no address")
def activity_of_the_program(player: Player) -> None:
    replacement_is_due(player).opens("activity.events")


@book("Nothing of this kind happened")
def activity_empty(player: Player) -> None:
    player.signs_in("grace").opens("activity.events", about="account.")


@book("“This wasn’t me”, while signed in")
def not_me(player: Player) -> None:
    player.signs_in("grace").sends("activity.not_me")


@book("“This wasn’t me”, from the link of a mail")
def not_me_link(player: Player) -> Player:
    return tells_that_it_was_not_them(player)


@book("Your account is protected")
def protected(player: Player) -> Player:
    return tells_that_it_was_not_them(player).sends(player.link("not-me"))


@book("The link of “This wasn’t me” was used already", 410)
def not_me_link_used(player: Player) -> Player:
    stranger = tells_that_it_was_not_them(player)
    link = stranger.response.request.path
    return stranger.sends(link).opens(link)
