"""The desks from behind: queue, cases, what customer support may do in one, and the audit log."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import (
    answered,
    answers,
    asked,
    at_the_desk,
    closed,
    freezes,
    hires,
    identified,
    replaced,
    replacement_is_due,
    rules,
    taken,
    verified,
    without_authenticators,
    writes,
)
from portal.models.case import Case, Line
from portal.models.event import Event
from portal.models.user import User

book = Book("Support desks")

CASE = "desk.case"
QUEUE = "desk.queue"
LOG = "desk_log.events"


def at_developer_support(player: Player, text: str = "What is a tax identification?") -> Player:
    """Developer support, with a question of grace's."""
    writes(player, "grace", text, "developer")
    return at_the_desk(player, "devsupport")


def with_case(player: Player) -> Player:
    """Customer support, who have taken the case of grace."""
    writes(player)
    return taken(at_the_desk(player))


def wants_a_call(player: Player, number: str, when: str = "") -> Player:
    """Customer support, with the case of somebody who wants to be called back."""
    form = {"number": number, "when": when}
    player.elsewhere().signs_in("grace").sends("support.ask_to_call", form)
    return taken(at_the_desk(player))


def opens_for_caller(player: Player, **form: str) -> Player:
    return at_the_desk(player).sends("desk.call", form)


# The queue


@book("Nobody waits")
def queue_empty(player: Player) -> None:
    at_the_desk(player).opens(QUEUE)


@book("No closed cases")
def queue_closed_empty(player: Player) -> None:
    at_the_desk(player).opens(QUEUE, closed=1)


@book("Cases in every state")
def queue(player: Player) -> None:
    hires("carl")
    writes(player, "mary", "I cannot add a number."), writes(player, "emmy", "A wrong name."), writes(player, "ada")
    at_the_desk(player)
    answered(taken(player, 1))
    taken(at_the_desk(player.elsewhere(), "carl"), 2)
    player.waits(minutes=4).elsewhere().signs_in("grace").sends("activity.not_me")
    writes(player, "alan")
    player.opens(QUEUE)


@book("Closed cases")
def queue_closed(player: Player) -> None:
    closed(with_case(player)).opens(QUEUE, closed=1)


@book("The queue of developer support")
def queue_of_developer_support(player: Player) -> None:
    at_developer_support(player).opens(QUEUE)


@book("A case for a caller, with nothing entered", 422)
def caller_missing(player: Player) -> None:
    opens_for_caller(player)


@book("A case for a caller whom nobody knows", 422)
def caller_unknown(player: Player) -> None:
    opens_for_caller(player, email="nobody@example.com", about="A new phone")


@book("A case for a caller, with a code in it", 422)
def caller_with_a_code(player: Player) -> None:
    opens_for_caller(player, email="grace@example.com", about="The code is 123456")


@book("A case is opened for a caller")
def caller(player: Player) -> None:
    opens_for_caller(player, email="grace@example.com", about="A new phone")


# A case, before anything is known


@book("A case that nobody has taken")
def case_free(player: Player) -> None:
    writes(player)
    at_the_desk(player).opens(CASE, case=1)


@book("A case is taken")
def case_taken(player: Player) -> None:
    with_case(player)


@book("A case of a colleague")
def case_of_a_colleague(player: Player) -> None:
    hires("carl")
    with_case(player.elsewhere())
    at_the_desk(player, "carl").opens(CASE, case=1)


@book("A case that a colleague took first", 409)
def case_taken_by_another(player: Player) -> None:
    case_of_a_colleague(player)
    taken(player)


@book("A case, answered")
def case_answered(player: Player) -> None:
    answered(with_case(player))


@book("An answer with a code in it is held back", 422)
def case_code_held_back(player: Player) -> None:
    with_case(player).sends("desk.say", {"message": "Is it 123456?"}, case=1)


@book("A case, put back")
def case_put_back(player: Player) -> None:
    with_case(player).sends("desk.release", case=1)


@book("A case, closed")
def case_closed(player: Player) -> None:
    closed(with_case(player))


@book("A case, opened again")
def case_opened_again(player: Player) -> None:
    case_closed(player)
    player.sends("desk.reopen", case=1)


@book("A case that went quiet")
def case_quiet(player: Player) -> None:
    with_case(player).waits(minutes=40)
    player.opens(CASE, case=1).waits(minutes=40)
    player.opens(CASE, case=1)


@book("A case with a long conversation")
def case_long(player: Player) -> None:
    with_case(player)
    line = Line.select().dicts().first()
    Line.insert_many([{**line, "id": line["id"] + 100 + more} for more in range(220)]).execute()
    player.opens(CASE, case=1)


@book("A case of somebody who is not here, with nothing to verify with")
def case_not_ready(player: Player) -> None:
    without_authenticators("grace")
    rules(phone="")
    with_case(player).waits(minutes=1)
    player.opens(CASE, case=1)


@book("A case of somebody who has verified today")
def case_with_use(player: Player) -> None:
    verified(player.elsewhere())
    with_case(player)


@book("“This wasn’t me” makes an urgent case")
def case_urgent(player: Player) -> None:
    player.elsewhere().signs_in("grace").sends("activity.not_me")
    taken(at_the_desk(player))


@book("A call back to a number on file")
def call_to_a_number_on_file(player: Player) -> None:
    wants_a_call(player, "+12025550143", "after 14:00 UTC")


@book("A call back to a number of the company")
def call_to_a_number_of_the_company(player: Player) -> None:
    wants_a_call(player, "+12025550199")


@book("A call back to a number on no file")
def call_to_a_number_on_no_file(player: Player) -> None:
    wants_a_call(player, "+12025550100")


# Who it is, and what is done then


@book("How the person was identified is missing", 422)
def identify_with_nothing(player: Player) -> None:
    with_case(player).sends("desk.identify", case=1)


@book("The person is identified")
def case_identified(player: Player) -> None:
    identified(with_case(player))


@book("Identified by somebody who has left")
def case_identified_by_somebody(player: Player) -> None:
    case_identified(player)
    Case.update(identified_by=None).execute()
    player.opens(CASE, case=1)


@book("The person is locked")
def case_locked(player: Player) -> None:
    answers(asked(player.elsewhere()), times=10)
    case_identified(player)


@book("The person is locked until support lifts it")
def case_locked_by_hand(player: Player) -> None:
    User.update(failures=99).where(User.email == "grace@example.com").execute()
    answers(asked(player.elsewhere()))
    case_identified(player)


@book("The lock is lifted")
def lock_lifted(player: Player) -> None:
    case_locked(player)
    player.sends("desk.unlock", case=1)


@book("There is no lock to lift", 409)
def no_lock(player: Player) -> None:
    case_identified(player)
    player.sends("desk.unlock", case=1)


@book("The person is protected after “This wasn’t me”")
def case_protected(player: Player) -> None:
    freezes("grace")
    case_identified(player)


@book("A replacement has begun")
def replacement(player: Player) -> None:
    case_identified(player)
    player.sends("desk.replace", case=1)


@book("A replacement, seen by the colleague who may shorten it")
def replacement_of_a_colleague(player: Player) -> None:
    hires("carl")
    replaced(player.elsewhere())
    at_the_desk(player, "carl").opens(CASE, case=1)


@book("A replacement is put in force by the colleague")
def replacement_in_force(player: Player) -> None:
    replacement_of_a_colleague(player)
    player.sends("desk.shorten", case=1)


@book("A replacement is cancelled at the desk")
def replacement_cancelled(player: Player) -> None:
    replacement(player)
    player.sends("desk.cancel", case=1)


@book("Correct the account")
def account(player: Player) -> None:
    case_identified(player)
    player.opens("desk.account", case=1)


@book("Correct the account, with nothing in it", 422)
def account_wrong(player: Player) -> None:
    case_identified(player)
    player.sends("desk.correct", {"name": "", "email": "grace"}, case=1)


@book("The address belongs to another account", 409)
def account_taken(player: Player) -> None:
    case_identified(player)
    player.sends("desk.correct", {"name": "Grace Murray", "email": "ada@example.com"}, case=1)


@book("The account is corrected")
def account_corrected(player: Player) -> None:
    case_identified(player)
    player.sends("desk.correct", {"name": "Grace Hopper", "email": "hopper@example.com"}, case=1)


# Developer support


@book("Developer support sees that a person is ready")
def developer_support(player: Player) -> None:
    taken(at_developer_support(player))


@book("Developer support sees that a person is not ready")
def developer_support_not_ready(player: Player) -> None:
    writes(player, "ada", "What do I need?", "developer")
    taken(at_the_desk(player, "devsupport"))


@book("No power at this desk", 403)
def no_power(player: Player) -> None:
    at_the_desk(player, "devsupport").opens(LOG)


@book("Staff belong to no company", 403)
def no_company(player: Player) -> None:
    at_the_desk(player).opens("home.company")


# The audit log


@book("Audit log")
def log(player: Player) -> None:
    asked(player.elsewhere())
    at_the_desk(player).opens(LOG)


@book("Audit log of one person, with earlier pages")
def log_long(player: Player) -> None:
    answers(asked(player.elsewhere()))
    row = Event.select().where(Event.kind == "verification.failed").dicts().first()
    Event.insert_many([{**row, "id": row["id"] + 1000 + more} for more in range(60)]).execute()
    at_the_desk(player).opens(LOG, person="grace")


@book("Audit log, with what the program did by itself")
def log_of_the_program(player: Player) -> None:
    replacement_is_due(player.elsewhere())
    at_the_desk(player.waits(seconds=31)).opens(LOG, person="grace")


@book("Audit log, nothing fits")
def log_empty(player: Player) -> None:
    at_the_desk(player).opens(LOG, company="Nobody & Co")


@book("Audit log, a time that is none", 422)
def log_wrong(player: Player) -> None:
    at_the_desk(player).opens(LOG, since="yesterday")
