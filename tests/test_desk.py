"""The desk: locked out and let in again, lost phones replaced, and everything that is refused on the way."""

import json
import re
from contextlib import suppress

import pytest
from click.testing import CliRunner
from house.asking import PAYMENT, app_code, user_of
from house.desk import at_the_desk, hire, identifies, newest_case, signed_in, takes
from house.faults import whatever_comes_between
from house.phones import wrong_code
from house.tree import read
from house.world import close

from portal.accounts import staff
from portal.accounts.staff import Desk
from portal.cli import main
from portal.clock import FOREVER
from portal.database import database
from portal.models.authenticator import Authenticator
from portal.models.case import Case, Identified, Line
from portal.models.challenge import Challenge
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import NotAllowed, Refusal
from portal.support import acts, calls, cases, desk, people
from portal.support.calls import WrongPerson
from portal.support.cases import NoSuchCase
from portal.verification import replacement

CHAT = "/support/chat/customer"
CARE = "care@example.com"


@pytest.fixture
def care(kit, person):
    return lambda: at_the_desk(kit, person)


@pytest.fixture
def grace_asks(kit):
    """Grace has written to customer support; the case."""

    def ask(text="My phone is gone.", name="grace", to=Desk.CUSTOMER_SUPPORT):
        return cases.say(kit, signed_in(kit, name), to, text)

    return ask


@pytest.fixture
def known(kit, grace_asks):
    """Care has taken the case of grace and knows that it is her; care's sign-in, and the case."""
    case, by = grace_asks(), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    desk.identify(kit, by, case.id, Identified.TWO_FACTS, "Address and year of the first payment")
    return by, case.id


def lock_out(grace, kit):
    """Ten wrong answers, by the door."""
    grace.clicks("Payment Information")
    for _ in range(10):
        grace.fills("Six-digit code", wrong_code(app_code(kit))).presses("Verify")
    assert grace.status == 423
    return grace


def letters(kit, to=""):
    return [letter for letter in kit.mail.letters() if to in letter["to"]]


def cancel_links(text):
    return re.findall(r"http://localhost(/replacement/\S+)", text)


# Shows that it works


def test_locked_grace_chats_is_identified_unlocked_and_gets_in(kit, person, care, clock):
    grace = lock_out(person("grace"), kit).clicks("Contact customer support").clicks("Chat with customer support")
    grace.fills("Message", "Ten times wrong, it was me.").presses("Send message")
    desk = takes(care()).sees("Locked", "10 failures in a row").does_not_see("Lift the lock")
    desk.fills("Answer", "I call your company.").presses("Send answer")
    grace.opens(CHAT).sees("I call your company.")
    identifies(desk).presses("Lift the lock").sees("The lock is lifted.")
    clock.forward(seconds=31)
    grace.opens(CHAT).sees("The lock was lifted.")
    grace.opens(PAYMENT).fills("Six-digit code", app_code(kit)).presses("Verify")
    assert grace.heading == "Payment Information"


def test_the_same_by_call_back(kit, person, care, clock):
    grace = lock_out(person("grace"), kit).clicks("Contact customer support").clicks("Have them call you")
    grace.fills("Phone number", "+1 202 555 0199").presses("Ask for a call")
    desk = takes(care()).sees("+1 202-555-0199", "On file", "Analytical Engines’s number")
    identifies(desk).presses("Lift the lock").presses("Close case")
    clock.forward(seconds=31)
    grace.opens(PAYMENT).fills("Six-digit code", app_code(kit)).presses("Verify")
    assert grace.heading == "Payment Information"


def test_a_lost_phone_is_replaced_unless_somebody_cancels(kit, person, visitor, care, clock, phone):
    grace = person("grace").opens(CHAT).fills("Message", "My phone is gone.").presses("Send message")
    desk = identifies(takes(care())).presses("Replace lost phones and apps")
    desk.sees("The replacement has begun.", "All phones and apps are removed in 24 hours")
    told = letters(kit)[-3:]
    assert [letter["to"] for letter in told] == ["grace@example.com", "ada@example.com", "mary@example.com"]
    links = [cancel_links(letter["body"])[0] for letter in told]
    assert len(set(links)) == 3
    assert cancel_links(phone("+12025550143").newest["body"])
    assert cancel_links(phone("+447700900123").newest["body"])

    stranger = visitor().opens(links[1]).presses("Cancel the replacement")
    assert stranger.heading == "The replacement is cancelled"
    assert visitor().opens(links[2]).status == 410
    grace.opens(CHAT).sees("The replacement of phones and apps was cancelled.")

    desk.opens(f"/desk/cases/{newest_case().id}").presses("Replace lost phones and apps")
    clock.forward(hours=24)
    grace = person("grace").opens(PAYMENT)
    assert grace.heading == "Add a phone number"
    assert letters(kit, "grace")[-1]["subject"].startswith("Phones and apps were removed")
    grace.fills("Phone number", "+1 202 555 0111").presses("Send code")
    grace.fills("Six-digit code", phone("+12025550111").newest_code()).presses("Verify")
    assert grace.opens(PAYMENT).heading == "Payment Information"


def test_until_it_takes_effect_everything_works_as_before(kit, known, verified, clock):
    acts.replace(kit, *known)
    clock.forward(hours=23, minutes=59)
    assert verified().heading == "Payment Information"
    assert len(Authenticator.of(user_of("grace").id)) == 3


def test_when_it_takes_effect_all_that_was_open_is_closed(kit, known, verified, person, clock):
    acts.replace(kit, *known)
    clock.forward(hours=23, minutes=50)
    RecoveryCode.create(user=user_of("grace"), digest="x", made_at=kit.now)
    grace, other = verified(), person("grace")
    clock.forward(minutes=10)
    assert grace.opens(PAYMENT).heading == "Add a phone number"
    assert other.opens("/account").path == "/sign-in"
    gone = Authenticator.select(), RecoveryCode.select(), Challenge.select().where(Challenge.closed_at.is_null())
    assert [rows.where(rows.model.user == user_of("grace")).count() for rows in gone] == [0, 0, 0]


# Somebody who only rings


def rings(browser, email="grace@example.com", about="Locked out, and no password at hand"):
    page = browser.opens("/desk").fills("E-mail address of the caller", email).fills("What it is about", about)
    return page.presses("Take the call")


@pytest.mark.parametrize("htmx", [True, False])
def test_a_case_is_opened_for_a_caller(kit, person, care, events, htmx):
    browser = care()
    browser.htmx = htmx
    page = rings(browser, " Grace@Example.com ").sees("The case is open, and yours.", "by phone", "Not identified")
    page.sees("On the phone: Locked out, and no password at hand")
    case = newest_case()
    assert (case.user, case.came, case.desk) == (user_of("grace"), "phone", "customer_support")
    opened, taken = events("case.opened")[0], events("case.taken")[0]
    assert opened.details == {"case": case.id, "desk": "customer_support", "channel": "phone", "by_name": CARE}
    assert (opened.user, taken.user, taken.details["by_name"]) == (case.user_id, case.user_id, CARE)
    letter = letters(kit, "grace")[-1]
    assert letter["subject"].startswith("Customer support opened a case for you")
    assert "/not-me/" in letter["body"]
    person("grace").opens(CHAT).sees("On the phone: Locked out")


def test_a_caller_is_identified_and_unlocked_like_everybody(kit, care):
    User.update(locked_until=FOREVER).where(User.email == "grace@example.com").execute()
    page = rings(care()).does_not_see("Lift the lock")
    identifies(page).presses("Lift the lock").sees("The lock is lifted.")
    assert not user_of("grace").is_locked(kit.now)


def test_an_address_that_nobody_has_is_said_beside_the_field(kit, care):
    page = rings(care(), "grace@example.org")
    assert page.status == 422
    assert page.error_beside("E-mail address of the caller") == (
        "Nobody has an account with this address. Ask the caller how it is spelled."
    )
    assert page.value("E-mail address of the caller") == "grace@example.org"
    assert page.value("What it is about") == "Locked out, and no password at hand"
    page.does_not_see("grace@example.com", "Grace")
    assert (Case.select().count(), letters(kit)) == (0, [])


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter the e-mail address of the caller."),
        ("grace", "An e-mail address looks like name@example.com."),
        ("care@example.com", "This is your own address."),
        ("carl@example.com", "This is the account of a colleague."),
        ("devsupport@example.com", "This is the account of a colleague."),
    ],
)
def test_no_case_is_opened_for_oneself_or_a_colleague_or_no_address(kit, care, email, sentence):
    hire(kit)
    assert sentence in rings(care(), email).error_beside("E-mail address of the caller")
    assert Case.select().count() == 0


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("", "Write down what it is about."),
        ("x" * 501, "at most 500 characters"),
        ("the code is 123456", "Never send a code"),
    ],
)
def test_what_a_call_is_about_is_written_down_in_short_and_without_codes(care, about, sentence):
    page = rings(care(), about=about)
    assert (page.status, page.value("What it is about")) == (422, about)
    assert sentence in page.error_beside("What it is about")
    assert Case.select().count() == 0


def test_a_call_goes_on_in_the_case_that_is_open_and_the_caller_is_identified_anew(kit, known):
    by, number = known
    assert calls.open_case(kit, by, "grace@example.com", "It is me again.").id == number
    assert (Case.select().count(), newest_case().came, newest_case().taken_by_id) == (1, "phone", by.user_id)
    with pytest.raises(Refusal, match="Record first how you identified"):
        acts.replace(kit, by, number)


def test_a_call_does_not_take_the_case_of_a_colleague(kit, known):
    hire(kit)
    with pytest.raises(WrongPerson, match=f"Customer Support has taken .* number {known[1]}"):
        calls.open_case(kit, signed_in(kit, "carl"), "grace@example.com", "Somebody rings.")
    assert acts.replace(kit, *known)


def test_who_reported_something_and_rings_has_spoken(kit):
    case, by = cases.urgent(kit, user_of("grace"), ""), signed_in(kit, "care")
    assert calls.open_case(kit, by, "grace@example.com", "Says that it was not her.").id == case.id
    desk.identify(kit, by, case.id, Identified.CALL_BACK, "The number of the company")
    assert newest_case().urgent


def test_a_desk_that_is_taken_away_in_this_moment_opens_no_case(kit):
    by, address = signed_in(kit, "care"), "127.0.0.1"

    def opens():
        with suppress(NotAllowed):
            calls.open_case(kit, by, "grace@example.com", "Locked out")

    for gap in whatever_comes_between(opens, lambda: staff.revoke(kit, by.user, address=address)):
        assert Case.select().count() == 0, f"in gap {gap}"
        staff.grant(kit, by.user, Desk.CUSTOMER_SUPPORT, address=address)
    assert Case.select().count() == 1


def test_developer_support_opens_no_case_whether_there_is_such_a_person_or_not(kit, person):
    browser = at_the_desk(kit, person, "devsupport").opens("/desk").does_not_see("Somebody is on the phone")
    known, unknown = (
        browser.sends("/desk/calls", {"email": f"{name}@example.com", "about": "x"}) for name in ("grace", "nobody")
    )
    assert known.status_code == unknown.status_code == 403
    assert read(known.text).text == read(unknown.text).text  # in the page itself is a token of this second
    for name in ("grace", "nobody"):
        with pytest.raises(NotAllowed):
            calls.open_case(kit, signed_in(kit, "devsupport"), f"{name}@example.com", "x")
    assert Case.select().count() == 0


# Recovery: bad input


def test_a_cancelled_recovery_is_never_completed(kit, known, clock, events):
    recovery = acts.replace(kit, *known)
    replacement.cancel_own(kit, signed_in(kit, "grace"))
    clock.forward(hours=48)
    assert not replacement.carry_out(kit, user_of("grace"))
    assert not Replacement.settle(recovery.id, done_at=kit.now)
    assert len(Authenticator.of(user_of("grace").id)) == 3
    assert [event.details["case"] for event in events("replacement.cancelled")] == [known[1]]
    with pytest.raises(Refusal, match="cancelled, or is done already"):
        acts.cancel_replacement(kit, *known)


def test_who_started_it_cannot_shorten_it(kit, known):
    acts.replace(kit, *known)
    with pytest.raises(Refusal, match="a colleague has to shorten it"):
        acts.shorten_replacement(kit, *known)


def test_a_second_member_of_staff_puts_it_in_force(kit, known, person, events):
    acts.replace(kit, *known)
    hire(kit)
    carl = at_the_desk(kit, person, "carl").clicks("Open").presses("Put in force now")
    carl.sees("The phones and apps are removed.", "Not ready")
    assert Authenticator.of(user_of("grace").id) == []
    assert [event.details["by_name"] for event in events("replacement.shortened")] == ["carl@example.com"]


def test_nobody_shortens_their_own(kit, known):
    acts.replace(kit, *known)
    User.update(staff=Desk.CUSTOMER_SUPPORT).where(User.email == "grace@example.com").execute()
    with pytest.raises(Refusal, match="your own"):
        acts.shorten_replacement(kit, signed_in(kit, "grace"), known[1])


def test_one_replacement_at_a_time(kit, known):
    acts.replace(kit, *known)
    with pytest.raises(Refusal, match="under way already"):
        acts.replace(kit, *known)


def test_who_has_nothing_to_lose_needs_no_replacement(kit, grace_asks):
    case, by = grace_asks(name="ada"), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    desk.identify(kit, by, case.id, Identified.CALL_BACK, "The number of the company")
    with pytest.raises(Refusal, match="no authenticator"):
        acts.replace(kit, by, case.id)


def test_the_address_stays_while_phones_are_replaced_and_the_other_way_round(kit, known, clock):
    acts.correct(kit, *known, "Grace Murray", "grace.murray@example.com")
    with pytest.raises(Refusal, match="corrected a short while ago"):
        acts.replace(kit, *known)
    clock.forward(hours=25)
    acts.replace(kit, *known)
    with pytest.raises(Refusal, match="the address stays"):
        acts.correct(kit, *known, "Grace Murray", "grace@example.com")


def test_looking_at_the_link_cancels_nothing(kit, known, visitor):
    acts.replace(kit, *known)
    visitor().opens(cancel_links(letters(kit, "grace")[-1]["body"])[0]).sees("Grace Murray")
    assert Replacement.running(user_of("grace").id)


def test_the_operator_ends_a_recovery_that_runs_by_starting_over(kit, known, visitor, clock, events):
    recovery, grace = acts.replace(kit, *known), user_of("grace")
    link = cancel_links(letters(kit, "grace")[-1]["body"])[0]
    replacement.start_over(kit, grace, "was here with a passport", address="cli")
    assert (Replacement.running(grace.id), Authenticator.of(grace.id)) == (None, [])
    ended = events("replacement.cancelled")[0]
    assert (ended.address, ended.user, ended.details) == (
        "cli",
        grace.id,
        {"case": recovery.case.id, "reason": "started over"},
    )
    assert [event.details["reason"] for event in events("authenticator.removed")] == ["started over"] * 3
    assert "The operator took all phones and apps away" in cases.transcript(recovery.case)[-1].text
    assert visitor().opens(link).status == 410
    clock.forward(hours=25)
    assert not replacement.carry_out(kit, grace)


def test_an_old_link_does_not_cancel_a_later_recovery(kit, known, visitor):
    acts.replace(kit, *known)
    link = cancel_links(letters(kit, "grace")[-1]["body"])[0]
    replacement.cancel_own(kit, signed_in(kit, "grace"))
    acts.replace(kit, *known)
    assert visitor().opens(link).status == 410
    assert Replacement.running(user_of("grace").id)


def test_the_person_can_cancel_it_on_the_support_page(kit, known, person):
    acts.replace(kit, *known)
    page = person("grace").opens("/support").sees("Your phones and apps are being replaced")
    page.presses("Cancel the replacement").sees("The replacement is cancelled.")
    assert Replacement.running(user_of("grace").id) is None


# Taking cases


def test_two_staff_take_one_case_and_the_second_is_told(kit, grace_asks, person, care):
    grace_asks()
    first, second = care().clicks("Open"), hire(kit) and at_the_desk(kit, person, "carl").clicks("Open")
    first.presses("Take case").sees("The case is yours.")
    second.presses("Take case")
    assert second.status == 409
    assert "Customer Support has taken this case. Nothing was changed." in second.alert


def test_only_who_has_taken_a_case_answers_in_it(kit, grace_asks):
    case, by = grace_asks(), signed_in(kit, "care")
    with pytest.raises(Refusal, match="Take the case first"):
        desk.reply(kit, by, case.id, "Hello.")
    desk.take(kit, by, case.id)
    hire(kit)
    with pytest.raises(Refusal, match="Customer Support has taken this case"):
        desk.reply(kit, signed_in(kit, "carl"), case.id, "Hello.")


def test_a_case_put_back_has_to_be_identified_anew(kit, known):
    desk.release(kit, *known)
    desk.take(kit, *known)
    with pytest.raises(Refusal, match="Record first how you identified"):
        acts.replace(kit, *known)


def test_a_case_opened_again_has_to_be_identified_anew(kit, known):
    desk.close(kit, *known)
    with pytest.raises(Refusal, match="This case is closed"):
        acts.replace(kit, *known)
    desk.reopen(kit, *known)
    with pytest.raises(Refusal, match="Record first how you identified"):
        acts.replace(kit, *known)


def test_a_case_is_not_reopened_beside_another_one(kit, known, grace_asks):
    desk.close(kit, *known)
    other = grace_asks()
    with pytest.raises(Refusal, match=f"another open case, number {other.id}"):
        desk.reopen(kit, *known)


def test_a_desk_sees_its_own_cases_alone(kit, person, grace_asks, care):
    mine, theirs = grace_asks(), grace_asks(to=Desk.DEVELOPER_SUPPORT, text="A question.")
    browser = care().does_not_see(f"case {theirs.id}")
    for path in ("", "/account"):
        assert browser.opens(f"/desk/cases/{theirs.id}{path}").status == 404
    for act in ("take", "close", "unlock", "recovery", "messages"):
        assert browser.sends(f"/desk/cases/{theirs.id}/{act}", {"message": "Hello."}).status_code == 404
    assert browser.opens("/desk/cases/999999").status == 404
    assert newest_case().taken_by is None
    assert browser.opens(f"/desk/cases/{mine.id}").status == 200


def test_urgent_cases_come_first_then_who_waits_longest(kit, grace_asks):
    waiting, urgent, answered = (grace_asks(name=name) for name in ("grace", "alan", "mary"))
    cases.urgent(kit, user_of("alan"), "")
    by = signed_in(kit, "care")
    desk.take(kit, by, answered.id)
    desk.reply(kit, by, answered.id, "Good day.")
    assert [case.id for case in desk.queue(kit, by)] == [urgent.id, waiting.id, answered.id]


def test_an_answer_too_long_or_with_a_code_is_not_lost(kit, grace_asks, care):
    grace_asks()
    browser = takes(care()).fills("Answer", "Use 123456").presses("Send answer")
    assert browser.status == 422
    assert "Never send a code" in browser.error_beside("Answer")
    assert browser.value("Answer") == "Use 123456"
    assert Line.select().where(Line.by_staff).count() == 0


# Powers need a case, a conversation, and an identity


def acting(kit):
    return {
        "unlock": acts.lift_lock,
        "replace": acts.replace,
        "correct": lambda kit, by, case: acts.correct(kit, by, case, "Grace", "new@example.com"),
    }


@pytest.mark.parametrize("act", acting(None).values(), ids=acting(None))
def test_nothing_is_changed_before_somebody_is_identified(kit, grace_asks, act):
    User.update(locked_until=FOREVER).where(User.email == "grace@example.com").execute()
    case, by = grace_asks(), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    with pytest.raises(Refusal, match="Record first how you identified"):
        act(kit, by, case.id)


@pytest.mark.parametrize("act", acting(None).values(), ids=acting(None))
def test_nothing_is_changed_in_a_case_in_which_nobody_has_spoken(kit, act):
    case, by = cases.urgent(kit, user_of("grace"), ""), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    with pytest.raises(Refusal, match="Nobody has spoken"):
        desk.identify(kit, by, case.id, Identified.CALL_BACK, "A number")
    with pytest.raises(Refusal, match="Nobody has spoken"):
        act(kit, by, case.id)


@pytest.mark.parametrize("act", acting(None).values(), ids=acting(None))
def test_staff_do_not_act_on_themselves(kit, grace_asks, act):
    case = grace_asks(name="care")
    Case.update(taken_by=user_of("care"), identified_by=user_of("care")).where(Case.id == case.id).execute()
    with pytest.raises(Refusal, match="your own"):
        act(kit, signed_in(kit, "care"), case.id)


@pytest.mark.parametrize("act", acting(None).values(), ids=acting(None))
def test_staff_do_not_act_on_a_colleague(kit, grace_asks, act):
    hire(kit)
    case = grace_asks(name="carl")
    Case.update(taken_by=user_of("care"), identified_by=user_of("care")).where(Case.id == case.id).execute()
    with pytest.raises(Refusal, match="account of a colleague"):
        act(kit, signed_in(kit, "care"), case.id)


@pytest.mark.parametrize("act", acting(None).values(), ids=acting(None))
def test_a_desk_taken_away_is_gone_with_the_next_act(kit, known, act):
    User.update(staff=None).where(User.email == "care@example.com").execute()
    with pytest.raises((NotAllowed, NoSuchCase)):
        act(kit, *known)


def test_a_lock_is_lifted_once(kit, known, events):
    User.update(locked_until=FOREVER, failures=100).where(User.email == "grace@example.com").execute()
    acts.lift_lock(kit, *known)
    with pytest.raises(Refusal, match=r"not locked \(any more\)"):
        acts.lift_lock(kit, *known)
    assert len(events("account.unlocked")) == 1
    assert "care@example.com" in events("account.unlocked")[0].details["reason"]


@pytest.mark.parametrize("note", ["", " ", "x" * 501, "the code was 123456"])
def test_how_somebody_was_identified_is_written_down_without_codes(kit, grace_asks, note):
    case, by = grace_asks(), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    with pytest.raises(Refusal):
        desk.identify(kit, by, case.id, Identified.CALL_BACK, note)


def test_an_account_is_corrected_and_everybody_concerned_is_told(kit, grace_asks, care, events):
    grace_asks()
    page = identifies(takes(care())).clicks("Correct").fills("Name", "Grace Hopper")
    page.fills("E-mail address", "Hopper@example.com").presses("Save account").sees("The account is corrected.")
    told = {letter["to"] for letter in letters(kit) if letter["subject"].startswith("An account was corrected")}
    assert told == {"grace@example.com", "hopper@example.com", "ada@example.com", "mary@example.com"}
    assert user_of("hopper").name == "Grace Hopper"
    event = events("account.corrected")[0]
    assert (event.user, event.details["changed"]) == (user_of("hopper").id, "name email")


def test_an_address_that_somebody_has_is_not_given_again(kit, grace_asks, care):
    grace_asks()
    page = identifies(takes(care())).clicks("Correct").fills("E-mail address", "ada@example.com")
    page.presses("Save account")
    assert (page.status, page.value("E-mail address")) == (409, "ada@example.com")
    assert user_of("grace")


# What is seen


def test_customer_support_sees_no_number_of_an_authenticator(kit, known, person, care):
    page = care().clicks("Open").sees("Phone ending 43", "Phone ending 23", "App “Work phone”", "Analytical Engines")
    page.does_not_see("0143", "900123", "JBSW", "DE89", "3013", "Analytical Engines Ltd")


def test_developer_support_sees_ready_or_not_and_nothing_else(kit, person, grace_asks):
    case = grace_asks(to=Desk.DEVELOPER_SUPPORT, text="A question.")
    page = takes(at_the_desk(kit, person, "devsupport")).sees("Ready", "A question.")
    page.does_not_see("ending 43", "Work phone", "What happened", "Lift the lock", "Analytical Engines", "Audit log")
    with pytest.raises(NotAllowed):
        people.about(kit, signed_in(kit, "devsupport"), case)


def test_staff_land_at_their_desk_after_the_second_step(person, care):
    assert person("care").path == "/sign-in/second-step"
    assert care().path == "/desk"


def test_staff_without_the_second_step_get_nowhere(person, grace_asks):
    grace_asks()
    care = person("care")
    for path in ("/desk", "/desk/cases/1", "/desk/log"):
        assert care.opens(path).path == "/sign-in/second-step"


# The log


def kinds_in(page):
    """The kinds of the events on the page of the log, without repeats."""
    return {each.text for each in page.page.every("span", class_="second") if "." in each.text}


def test_the_log_is_searched_by_person_company_kind_and_time(known, care, kit):
    page = care().opens("/desk/log").fills("Person", "grace@").presses("Search").sees("grace@example.com")
    assert kinds_in(page) == {"case.opened", "case.taken", "case.identified", "sign_in.opened"}
    assert kinds_in(page.opens("/desk/log?kind=case.taken")) == {"case.taken"}
    assert "case.opened" in kinds_in(page.opens(f"/desk/log?since={kit.now:%Y-%m-%d}"))
    page.opens("/desk/log?company=Difference").sees("Nothing fits.")
    page.opens(f"/desk/log?until={kit.now:%Y-%m-%d}").sees("Nothing fits.")
    assert page.opens("/desk/log?since=yesterday").status == 422


@pytest.mark.parametrize("below", ["-1", "0", "x", "9" * 30])
def test_the_log_bears_any_place_to_go_on_from(care, below):
    assert care().opens(f"/desk/log?below={below}&person=999999999999999999999").status == 200


def test_the_log_goes_on_page_by_page(kit, care):
    for count in range(60):
        record(kit, "access.refused", page=f"/page-{count}.")
    page = care().opens("/desk/log").sees("/page-59.", "/page-20.").does_not_see("/page-1.")
    page.clicks("Earlier").sees("/page-1.", "/page-0.").does_not_see("/page-59.")


@pytest.fixture
def portal(kit):
    """Run the command on the data of this test; what it printed."""

    def run(*words):
        close(database.obj)
        settings = kit.settings
        given = {"PORTAL_DATA": str(settings.data), "PORTAL_DATABASE": settings.database, "PORTAL_URL": settings.url}
        return CliRunner().invoke(main, ["audit", *words], env={**given, "PORTAL_MODE": "demo"}).output

    return run


def test_the_operator_lists_and_exports_what_fits(known, portal):
    assert "case.identified" in portal("list", "--person", "grace@")
    assert portal("list", "--person", "alan@") == ""
    exported = [json.loads(line) for line in portal("export", "--format", "jsonl", "--kind", "case.").splitlines()]
    assert [(event["kind"], event["email"]) for event in exported][:2] == [
        ("case.opened", "grace@example.com"),
        ("case.taken", "grace@example.com"),
    ]


def test_a_spreadsheet_runs_nothing_of_an_export(kit, portal):
    record(kit, "sign_in.refused", address="=1+1")
    assert "'=1+1" in portal("export", "--kind", "sign_in.refused")
