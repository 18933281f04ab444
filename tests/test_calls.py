"""Somebody who only rings: a case is opened for them, and goes on like every other."""

from contextlib import suppress

import pytest
from house.asking import user_of
from house.desk import at_the_desk, hire, identifies, newest_case, signed_in
from house.faults import whatever_comes_between
from house.mail import letters
from house.tree import read

from portal.accounts import staff
from portal.accounts.staff import Desk
from portal.clock import FOREVER
from portal.models.case import Case, Identified
from portal.models.user import User
from portal.refusals import NotAllowed, Refusal
from portal.support import acts, calls, cases, desk
from portal.support.calls import WrongPerson

CHAT = "/support/chat/customer"
CARE = "care@example.com"


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
