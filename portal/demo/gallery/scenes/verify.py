"""Two-step verification: the challenge, the first authenticator, and what may stand in the way."""

from __future__ import annotations

from portal.demo.fake_phones import Condition
from portal.demo.gallery.player import WRONG, Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import (
    GATE,
    GRACE,
    NEW,
    PASSWORD,
    answers,
    asked,
    asks_again,
    first_answer,
    first_number,
    freezes,
    gives_number,
    role,
    rules,
    saves,
    verified,
)
from portal.models.authenticator import Authenticator, Kind
from portal.models.challenge import Code
from portal.models.user import User
from portal.telephony.protocol import Reason

book = Book("Two-step verification")

APP = "two_step_verification.app"
PHONE = "two_step_verification.phone"


def answers_app(player: Player, code: str) -> Player:
    return player.sends(GATE, {"verify": "answer-app", "use": player.app_of("grace"), "code": code})


def refused_by_provider(player: Player, reason: Reason) -> None:
    asked(player)
    Code.update(delivery="failed", reason=reason).execute()
    player.opens(GATE)


def with_recovery_codes(player: Player) -> list[str]:
    player.signs_in("grace").is_permitted("two_step_verification.recovery_codes")
    codes: list[str] = player.sends("two_step_verification.make_recovery_codes").context["codes"]
    return codes


def answers_recovery(player: Player, code: str) -> Player:
    return player.sends(GATE, {"verify": "answer-recovery", "use": "recovery", "code": code})


# The challenge


@book("The preferred app is asked for")
def preferred_app(player: Player) -> None:
    player.signs_in("grace").opens(GATE)


@book("A wrong code of the app", 422)
def wrong_app_code(player: Player) -> None:
    answers_app(player.signs_in("grace"), WRONG)


@book("A code of the app that was used already", 422)
def used_app_code(player: Player) -> None:
    verified(player).sends("payment_information.end")
    answers_app(player, player.app_code("grace"))


@book("The clock was set back behind the app's last code", 422)
def clock_set_back(player: Player) -> None:
    ahead = int(player.kit.now.timestamp()) // 30 + 10
    Authenticator.update(last_step=ahead).where(Authenticator.kind == Kind.APP).execute()
    answers_app(player.signs_in("grace"), player.app_code("grace"))


@book("A number is chosen, nothing is sent yet")
def number_chosen(player: Player) -> None:
    player.signs_in("grace").opens(GATE, use=player.phone("grace", GRACE))


@book("The only phone is chosen by itself")
def only_phone(player: Player) -> None:
    player.signs_in("mary").opens(GATE)


@book("A text was sent, the next has to wait")
def text_sent(player: Player) -> None:
    asked(player)


@book("A text was sent, as the live part shows it")
def text_sent_live(player: Player) -> None:
    player.signs_in("grace").opens(GATE)
    player.swaps(GATE, {"verify": "send", "use": player.phone("grace", GRACE), "channel": "text"})


@book("A call was made")
def call_made(player: Player) -> None:
    asked(player, "call")


@book("Another may be sent")
def may_resend(player: Player) -> None:
    asked(player).waits(seconds=31)
    player.opens(GATE)


@book("Another was asked for too early", 429)
def asked_too_early(player: Player) -> None:
    asks_again(asked(player))


@book("The last code for now was sent", 429)
def over_the_sending_limit(player: Player) -> None:
    player.under(sends_per_challenge=1)
    asks_again(asked(player))


@book("The number has had all its codes for today", 429)
def over_the_limit_of_a_day(player: Player) -> None:
    player.under(sends_per_number_a_day=1)
    asks_again(asked(player).waits(minutes=11))


@book("A call to a number that has had all its codes for today", 429)
def a_call_over_the_limit(player: Player) -> None:
    player.under(sends_per_number_a_day=1)
    asked(asked(player).waits(minutes=21), "call")


@book("No code was typed", 422)
def no_code(player: Player) -> None:
    answers(asked(player), "")


@book("Something else than a code was typed", 422)
def not_a_code(player: Player) -> None:
    answers(asked(player), "12 34")


@book("A wrong code", 422)
def wrong_code(player: Player) -> None:
    answers(asked(player))


@book("The last tries", 422)
def last_tries(player: Player) -> None:
    answers(asked(player), times=8)


@book("One try is left", 422)
def one_try(player: Player) -> None:
    answers(asked(player), times=9)


@book("The code on the page has expired")
def expired(player: Player) -> None:
    asked(player).waits(minutes=11)
    player.opens(GATE)


@book("An expired code was entered", 422)
def expired_code(player: Player) -> None:
    asked(player).waits(minutes=11)
    answers(player, player.code())


@book("A used code was entered", 422)
def used_code(player: Player) -> None:
    answers(asked(player), player.code()).sends("payment_information.end")
    answers(player, player.code())


# Trouble on the way


@book("The provider takes its time")
def sending(player: Player) -> None:
    asked(player)
    Code.update(delivery="sending").execute()
    player.opens(GATE)


@book("The text is lost, and nobody knows")
def lost(player: Player) -> None:
    player.kit.telephony.set_condition(GRACE, Condition.LOST)
    asked(player).waits(seconds=31)
    player.opens(GATE)


@book("The phone cannot be reached")
def unreachable(player: Player) -> None:
    player.kit.telephony.set_condition(GRACE, Condition.FAILING)
    asked(player)


@book("The line was busy")
def busy(player: Player) -> None:
    player.kit.telephony.set_condition(GRACE, Condition.FAILING)
    asked(player, "call")


@book("The provider is down")
def provider_down(player: Player) -> None:
    player.kit.telephony.set_condition(GRACE, Condition.DOWN)
    asked(player)


@book("The number does not exist")
def no_such_number(player: Player) -> None:
    refused_by_provider(player, Reason.INVALID_NUMBER)


@book("The phone has opted out of texts")
def opted_out(player: Player) -> None:
    refused_by_provider(player, Reason.OPTED_OUT)


@book("Codes do not go to this country")
def no_country(player: Player) -> None:
    refused_by_provider(player, Reason.COUNTRY)


# What stands in the way


@book("Locked for half an hour", 423)
def locked(player: Player) -> None:
    answers(asked(player), times=10)


@book("Locked until customer support lifts it", 423)
def locked_for_support(player: Player) -> None:
    User.update(failures=99).where(User.email == "grace@example.com").execute()
    answers(asked(player))


@book("Locked, on the account site", 423)
def locked_on_the_account_site(player: Player) -> None:
    answers(asked(player), times=10).opens(PHONE)


@book("Protected after “This wasn’t me”", 423)
def frozen(player: Player) -> None:
    freezes("grace")
    player.signs_in("grace").opens(GATE)


@book("Protected, on the account site", 423)
def frozen_on_the_account_site(player: Player) -> None:
    freezes("grace")
    player.signs_in("grace").opens(PHONE)


@book("No administrator", 403)
def no_administrator(player: Player) -> None:
    player.signs_in("alan").opens(GATE)


@book("Demoted in another window", 403)
def demoted(player: Player) -> None:
    verified(player)
    role("grace", "developer")
    player.opens(GATE)


# Nobody has an authenticator yet: the first one


@book("No authenticator yet: the first number")
def no_authenticator(player: Player) -> None:
    player.signs_in("ada").opens(GATE)


@book("The first number is none", 422)
def no_number(player: Player) -> None:
    first_number(player, "911")


@book("The first number is a landline", 422)
def landline(player: Player) -> None:
    first_number(player, "+441632960961")


@book("The first number was asked for too often", 429)
def first_number_over_the_limit(player: Player) -> None:
    player.under(sends_per_number_a_day=1)
    first_number(first_number(player).waits(minutes=11))


@book("The first code was texted")
def first_text(player: Player) -> None:
    first_number(player)


@book("The first code was read out")
def first_call(player: Player) -> None:
    first_number(player, channel="call")


@book("The first code may be sent again")
def first_code_again(player: Player) -> None:
    first_number(player).waits(seconds=31)
    player.opens(GATE)


@book("The first code was asked for again too early", 429)
def first_code_too_early(player: Player) -> None:
    first_number(player).sends(GATE, {"verify": "send", "channel": "text"})


@book("The first code is wrong", 422)
def first_code_wrong(player: Player) -> None:
    first_answer(first_number(player))


@book("The first code has expired")
def first_code_expired(player: Player) -> None:
    first_number(player).waits(minutes=11)
    player.opens(GATE)


@book("The first code did not go out")
def first_code_undelivered(player: Player) -> None:
    player.kit.telephony.set_condition(NEW, Condition.DOWN)
    first_number(player)


@book("The first code takes its time")
def first_code_sending(player: Player) -> None:
    first_number(player)
    Code.update(delivery="sending").execute()
    player.opens(GATE)


@book("The first number is shared with another account", 409)
def shared_number(player: Player) -> None:
    first_answer(first_number(player, GRACE), player.code())


@book("The first number is added")
def first_number_added(player: Player) -> None:
    first_answer(first_number(player), player.code())


@book("The first app")
def first_app(player: Player) -> None:
    player.signs_in("ada").sends(GATE, {"verify": "begin-app"})


@book("A wrong code of the first app", 422)
def first_app_wrong(player: Player) -> None:
    first_app(player)
    player.sends(GATE, {"verify": "answer", "use": "app", "code": WRONG})


@book("At the door, before Payment Information: the first number")
def first_number_at_the_door(player: Player) -> None:
    rules(second_step_at_sign_in=True)
    player.signs_in("ada").opens("home.home")


@book("At the door: the first number is shared with another account", 409)
def shared_number_at_the_door(player: Player) -> None:
    first_number_at_the_door(player)
    gives_number(player, "sign_in.second_step", GRACE)
    first_answer(player, player.code(), "sign_in.second_step")


# Further ones


@book("The password is asked for first")
def password(player: Player) -> None:
    player.signs_in("grace").opens(PHONE)


@book("The password is asked for first, in the console")
def password_in_the_console(player: Player) -> None:
    player.signs_in("grace").opens("my_account.phone_number")


@book("A wrong password", 422)
def wrong_password(player: Player) -> None:
    player.signs_in("grace").sends(PHONE, {"verify": "password", "password": "a guess"})


@book("Too many wrong passwords", 429)
def slowed(player: Player) -> None:
    player.under(wrong_passwords=1)
    wrong_password(player)
    player.sends(PHONE, {"verify": "password", "password": "another guess"})


@book("After the password, one of one's own ways")
def after_the_password(player: Player) -> None:
    player.signs_in("grace").sends(PHONE, {"verify": "password", "password": PASSWORD})


@book("A further number on the account site")
def further_number(player: Player) -> None:
    player.signs_in("grace").is_permitted(PHONE)


@book("The code for a further number")
def further_code(player: Player) -> None:
    gives_number(player.signs_in("grace").is_permitted(PHONE), PHONE)


@book("A shared number is accepted on the account site")
def shared_number_accepted(player: Player) -> None:
    gives_number(player.signs_in("ada").is_permitted(PHONE), PHONE, GRACE)
    first_answer(player, player.code(), PHONE)


@book("A number for My Account")
def number_of_my_account(player: Player) -> None:
    player.signs_in("grace").is_permitted("my_account.phone_number")


@book("The code for the number of My Account")
def code_for_my_account(player: Player) -> None:
    gives_number(player.signs_in("grace").is_permitted("my_account.phone_number"), "my_account.phone_number")


@book("A shared number for My Account", 409)
def shared_number_for_my_account(player: Player) -> None:
    gives_number(player.signs_in("ada").is_permitted("my_account.phone_number"), "my_account.phone_number", GRACE)
    first_answer(player, player.code(), "my_account.phone_number")


@book("Before a further app is shown")
def before_a_further_app(player: Player) -> None:
    player.signs_in("grace").is_permitted(APP)


@book("A further app")
def further_app(player: Player) -> None:
    before_a_further_app(player)
    player.sends(APP, {"verify": "begin-app"})


@book("A wrong code of a further app", 422)
def further_app_wrong(player: Player) -> None:
    further_app(player)
    player.sends(APP, {"verify": "answer", "use": "app", "name": "Tablet", "code": WRONG})


@book("A further app is added")
def further_app_added(player: Player) -> None:
    further_app(player)
    player.sends(APP, {"verify": "answer", "use": "app", "name": "Tablet", "code": player.code_of_new_app()})


@book("An authenticator is tried out")
def trial(player: Player) -> None:
    player.signs_in("grace").opens("two_step_verification.try_out")


# Recovery codes


@book("A recovery code is offered too")
def recovery_offered(player: Player) -> None:
    with_recovery_codes(player)
    player.opens(GATE)


@book("A recovery code is asked for")
def recovery_code(player: Player) -> None:
    with_recovery_codes(player)
    player.opens(GATE, use="recovery")


@book("A recovery code is asked for on the account site")
def recovery_code_on_the_account_site(player: Player) -> None:
    with_recovery_codes(player)
    player.sends(PHONE, {"verify": "password", "password": PASSWORD}).opens(PHONE, use="recovery")


@book("A recovery code that cannot be one", 422)
def no_recovery_code(player: Player) -> None:
    with_recovery_codes(player)
    answers_recovery(player, "ABCD")


@book("A recovery code that was used", 422)
def used_recovery_code(player: Player) -> None:
    code = with_recovery_codes(player)[0]
    answers_recovery(player, code).sends("payment_information.end")
    answers_recovery(player, code)


# A code that approves one change


@book("A change asks for a code of its own, by app")
def approval_by_app(player: Player) -> None:
    rules(every_change=True)
    saves(verified(player), payee="Analytical Engines Limited")


@book("A change asks for a code of its own, by text")
def approval_by_text(player: Player) -> None:
    rules(every_change=True)
    saves(verified(player, "mary"), payee="Analytical Engines Limited")


@book("The code of a change was sent")
def approval_sent(player: Player) -> None:
    approval_by_text(player)
    way = player.context["chosen"].authenticator.id
    player.sends(player.response.request.path, {"verify": "send", "use": way, "channel": "text"})


@book("The code of a change was read out")
def approval_called(player: Player) -> None:
    approval_by_text(player)
    way = player.context["chosen"].authenticator.id
    player.sends(player.response.request.path, {"verify": "send", "use": way, "channel": "call"})


@book("The code of a change did not go out")
def approval_undelivered(player: Player) -> None:
    approval_sent(player)
    Code.update(delivery="failed", reason=Reason.PROVIDER_DOWN).execute()
    player.opens(player.response.request.path)


@book("The second pair of eyes is asked for a code")
def approval_of_a_second(player: Player) -> None:
    rules(four_eyes=True)
    saves(verified(player.elsewhere(), "mary"), payee="Analytical Engines Limited")
    rules(every_change=True)
    version = verified(player).context["waiting"].row.id
    player.sends("payment_changes.second", version=version)


@book("New rules ask for a code of their own")
def approval_of_rules(player: Player) -> None:
    verified(player).sends("payment_changes.save_rules", {"waiting_hours": "24"})
