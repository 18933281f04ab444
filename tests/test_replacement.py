"""Lost phones and apps are replaced: what happens in the hours before, and who can stop it."""

import re

import pytest
from house.asking import PAYMENT, user_of
from house.desk import at_the_desk, hire, identifies, newest_case, signed_in, takes
from house.mail import letters

from portal.accounts.staff import Desk
from portal.models.authenticator import Authenticator
from portal.models.case import Identified
from portal.models.challenge import Challenge
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.user import User
from portal.refusals import Refusal
from portal.support import acts, cases, desk
from portal.verification import replacement

CHAT = "/support/chat/customer"


def cancel_links(text):
    return re.findall(r"http://localhost(/replacement/\S+)", text)


# As it should be


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


# What is refused


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
