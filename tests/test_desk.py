"""The desk: locked out and let in again, cases taken, and what it takes to change anything."""

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.desk import at_the_desk, hire, identifies, newest_case, signed_in, takes
from house.phones import wrong_code

from portal.accounts.staff import Desk
from portal.clock import FOREVER
from portal.models.case import Case, Identified, Line
from portal.models.user import User
from portal.refusals import NotAllowed, Refusal
from portal.support import acts, cases, desk, people
from portal.support.cases import NoSuchCase

CHAT = "/support/chat/customer"


def lock_out(grace, kit):
    """Ten wrong answers, by the door."""
    grace.clicks("Payment Information")
    for _ in range(10):
        grace.fills("Six-digit code", wrong_code(app_code(kit))).presses("Verify")
    assert grace.status == 423
    return grace


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
