"""Reaching a desk: chat, call-back, and what is never sent by either."""

import pytest
from house.asking import user_of
from house.desk import at_the_desk, newest_case, signed_in, takes

from portal.accounts import protection
from portal.accounts.staff import Desk
from portal.clock import FOREVER
from portal.models.case import Case, Line
from portal.models.company import Company
from portal.models.link import Link
from portal.models.user import User
from portal.refusals import NotBefore, Refusal
from portal.support import cases, messages

CHAT = "/support/chat/customer"


def writes(browser, text, path=CHAT):
    return browser.opens(path).fills("Message", text).presses("Send message")


def test_a_message_begins_a_conversation(person, events):
    grace = writes(person("grace"), "My phone is gone.")
    grace.sees("My phone is gone.", "Grace Murray", "Customer support is not here at the moment")
    assert [event.details["desk"] for event in events("case.opened")] == ["customer_support"]


def test_the_next_message_goes_on_in_the_same_case(person):
    grace = writes(person("grace"), "First.")
    writes(grace, "Second.").sees("First.", "Second.")
    writes(grace, "A question.", "/support/chat/developer").does_not_see("First.")
    assert Case.select().count() == 2


@pytest.mark.parametrize("change", [{"locked_until": FOREVER}, {"frozen_at": FOREVER}])
def test_who_is_locked_out_reaches_support(person, kit, change):
    User.update(change).where(User.email == "grace@example.com").execute()
    writes(person("grace"), "Let me in.").sees("Let me in.")


def test_support_is_reached_without_the_second_step_that_a_company_wants(person):
    Company.update(second_step_at_sign_in=True).execute()
    grace = person("grace")
    assert grace.path == "/sign-in/second-step"
    writes(grace, "My phone is gone.").sees("My phone is gone.")


def test_the_page_of_a_lock_leads_to_support(person):
    User.update(locked_until=FOREVER).where(User.email == "grace@example.com").execute()
    grace = person("grace").clicks("Payment Information").clicks("Contact customer support")
    assert grace.heading == "Contact support"


def test_a_stranger_is_told_how_to_reach_it(visitor, app_with):
    visitor().opens("/support").sees("A right password is enough").does_not_see("Chat with customer support")
    number = visitor(of=app_with(support_phone="+12025550100")).opens("/support")
    number.sees("+1 202-555-0100")


def test_every_way_to_support_says_that_nobody_asks_for_a_code(person):
    grace = person("grace")
    for path in ("/support", CHAT, "/support/call-back", "/support/chat/developer"):
        grace.opens(path).sees("Nobody here will ever ask you for a code")


@pytest.mark.parametrize(
    "text",
    [
        "My code is 123456",
        "123 456",
        "it says 123-456.",
        "1 2 3 4 5 6",
        "12 34 56",
        "1, 2, 3, 4, 5, 6",
        "١٢٣٤٥٦",
        "ABCD-EFGH-2345-JKLM",
    ],
)
def test_a_code_is_not_kept_and_the_text_is_not_lost(person, events, text):
    grace = writes(person("grace"), text)
    assert grace.status == 422
    assert "Never send a code" in grace.error_beside("Message")
    assert grace.value("Message") == text
    assert Line.select().count() == 0
    assert [text in str(event.details) for event in events("case.code_held_back")] == [False]


@pytest.mark.parametrize(
    "text",
    ["Call +1 202 555 0143", "since 12.10.2026", "2026-10-12", "order 12345", "1234567", "020 7946 0199", "DE89 3704"],
)
def test_what_is_no_code_may_be_said(kit, text):
    assert messages.read(kit, signed_in(kit, "grace"), text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> <b>bold</b>",
        "https://example.com/ javascript:alert(1)",
        "🧑🏽‍🚀 👩‍👩‍👧 e\u0301",
        "שלום עולם, مرحبا",
        "one\n\ntwo",
        "\u202eevil",
    ],
)
def test_any_text_is_shown_as_it_was_written(kit, person, text):
    page = writes(person("grace"), text).page
    line = next(each for each in page.every("p") if each.attrs.get("dir") == "auto")
    assert "".join(line.words()).strip() == text
    assert list(line.every()) == []
    at_desk = takes(at_the_desk(kit, person)).page
    said = next(each for each in at_desk.every("p") if each.attrs.get("dir") == "auto")
    assert "".join(said.words()).strip() == text
    assert list(said.every("a")) == []


def test_a_long_text_is_refused_beside_the_field_and_not_lost(person):
    text = "ä" * 4001
    grace = writes(person("grace"), text)
    assert grace.status == 422
    assert "This has 4001 characters, and a message can have 4000." in grace.error_beside("Message")
    assert grace.value("Message") == text
    assert writes(grace, text[:4000]).status == 200


def test_a_megabyte_is_refused_like_any_long_text(person):
    grace = writes(person("grace"), "word " * 200_000)
    assert grace.status == 422
    assert "a message can have 4000" in grace.error_beside("Message")
    assert Line.select().count() == 0


def test_nothing_is_no_message(person):
    assert "Write a message first." in writes(person("grace"), " \n ").error_beside("Message")


def test_messages_are_limited_in_an_hour(kit_with, clock):
    kit = kit_with(messages_an_hour=2)
    by = signed_in(kit, "grace")
    cases.say(kit, by, Desk.CUSTOMER_SUPPORT, "One.")
    cases.say(kit, by, Desk.DEVELOPER_SUPPORT, "Two.")
    with pytest.raises(NotBefore):
        cases.say(kit, by, Desk.CUSTOMER_SUPPORT, "Three.")
    kit.clock.forward(hours=1)
    cases.say(kit, by, Desk.CUSTOMER_SUPPORT, "Three.")


def test_the_conversation_asks_for_news_by_itself_but_not_for_ever(person, clock):
    grace = writes(person("grace"), "Hello.")
    assert grace.page.first(id="chat").attrs["hx-trigger"] == "every 3s"
    clock.forward(minutes=59)
    grace.opens(CHAT)
    clock.forward(minutes=2)
    grace.opens(CHAT).sees("this page has stopped looking for news")
    assert "hx-trigger" not in grace.page.first(id="chat").attrs


def test_an_answer_is_there_for_the_person_with_who_gave_it(kit, person):
    grace = writes(person("grace"), "Hello.")
    care = takes(at_the_desk(kit, person)).sees("Hello.", "Grace Murray is here.")
    care.fills("Answer", "Good day.").presses("Send answer").sees("Good day.")
    grace.opens(CHAT).sees("Good day.", "Customer Support took the case.", "Customer support is here.")


def test_who_looks_away_is_not_here_any_more(kit, person, clock):
    grace = writes(person("grace"), "Hello.")
    takes(at_the_desk(kit, person))
    clock.forward(seconds=31)
    grace.opens(CHAT).sees("Customer support is not here at the moment")


def test_a_call_back_is_a_case_with_a_number(person, events):
    grace = person("grace").opens("/support/call-back").fills("Phone number", "202 555 0143")
    grace.fills("When is a good time?", "after 14:00").presses("Ask for a call")
    assert grace.path == CHAT
    grace.sees("Call me back on +1 202-555-0143. after 14:00")
    case = newest_case()
    assert (case.came, case.number, case.call_when) == ("phone", "+12025550143", "after 14:00")


@pytest.mark.parametrize("number", ["", "12", "nobody"])
def test_a_call_back_needs_a_number(person, number):
    page = person("grace").opens("/support/call-back").fills("Phone number", number).presses("Ask for a call")
    assert page.status == 422
    assert page.error_beside("Phone number")
    assert Case.select().count() == 0


def test_a_code_is_not_kept_with_a_call_back_either(person):
    page = person("grace").opens("/support/call-back").fills("Phone number", "202 555 0143")
    page.fills("When is a good time?", "code 123456").presses("Ask for a call")
    assert "Never send a code" in page.error_beside("When is a good time?")
    assert Case.select().count() == 0


def test_a_closed_conversation_can_be_read_and_another_one_begun(kit, person):
    grace = writes(person("grace"), "Hello.")
    takes(at_the_desk(kit, person)).presses("Close case")
    grace.opens("/support").clicks("Read").sees("Hello.", "This conversation is closed.")
    writes(grace, "Again.").does_not_see("Hello.")
    assert Case.select().count() == 2


def test_the_case_of_another_person_is_not_there(person):
    writes(person("grace"), "Secret.")
    other = person("alan").opens(f"/support/cases/{newest_case().id}")
    assert other.status == 404
    other.does_not_see("Secret.")


def test_this_was_not_me_is_an_urgent_case(kit, person, events):
    person("grace").opens("/account/activity").presses("This wasn’t me")
    case = newest_case()
    assert (case.urgent, case.came, case.user) == (True, "report", user_of("grace"))
    assert len(events("case.urgent")) == 1
    at_the_desk(kit, person).opens("/desk").sees("Urgent", "Grace Murray")


def test_this_was_not_me_by_link_makes_the_open_case_urgent(kit, person, visitor):
    writes(person("grace"), "Hello.")
    token = Link.make("not_me", "grace@example.com", kit.now, cases.HERE, user=user_of("grace"))
    visitor().opens(f"/not-me/{token}").presses("Protect my account")
    assert (Case.select().count(), newest_case().urgent, newest_case().came) == (1, True, "chat")


def test_protection_alone_opens_no_case(kit):
    protection.protect(kit, user_of("grace"))
    assert Case.select().count() == 0


def test_a_refusal_says_what_to_do(kit):
    with pytest.raises(Refusal, match="Take it out and send the rest"):
        messages.read(kit, signed_in(kit, "grace"), "123456")
