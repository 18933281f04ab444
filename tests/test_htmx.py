"""htmx gets the part that it swaps, and never a page inside a page; everything works the same without it."""

import pytest
from house.asking import PAYMENT, app_code
from house.tree import Element, read

from portal.demo import seed

SWAP = {"HX-Request": "true", "HX-Target": "main#main"}


def top(answer) -> list[str]:
    return [each.tag for each in read(answer.text).children if isinstance(each, Element)]


def test_htmx_gets_title_and_main_alone(person):
    answer = person("grace").client.get(PAYMENT, headers=SWAP)
    assert top(answer) == ["title", "main"]


def test_a_browser_gets_the_whole_page(person):
    assert top(person("grace").client.get(PAYMENT)) == ["html"]


def test_history_is_restored_with_a_whole_page(person):
    restoring = {**SWAP, "HX-History-Restore-Request": "true"}
    assert top(person("grace").client.get(PAYMENT, headers=restoring)) == ["html"]


def test_history_is_restored_with_a_plain_redirect(visitor):
    restoring = {**SWAP, "HX-History-Restore-Request": "true"}
    answer = visitor().client.get(PAYMENT, headers=restoring)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_caches_are_told_that_the_answer_depends_on_htmx(person):
    for headers in ({}, SWAP):
        vary = person("grace").client.get(PAYMENT, headers=headers).headers["Vary"]
        assert "HX-Request" in vary


@pytest.mark.parametrize("target", ["main#main", "div#delivery", "", "body"])
def test_who_is_signed_out_is_sent_to_the_door_and_sees_none_of_it_in_a_part(visitor, target):
    answer = visitor().client.get(PAYMENT, headers={"HX-Request": "true", "HX-Target": target})
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_an_expired_sign_in_sends_a_form_to_the_door_too(person, clock):
    grace = person("grace")
    clock.forward(hours=2)
    answer = grace.sends(f"{PAYMENT}/number", headers=SWAP)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


@pytest.mark.parametrize("target", ["section#slip", "div#elsewhere", ""])
def test_a_challenge_is_never_swapped_into_a_piece_of_a_page(person, target):
    answer = person("grace").client.get(PAYMENT, headers={"HX-Request": "true", "HX-Target": target})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, PAYMENT)


def test_a_late_form_leads_to_the_challenge_as_a_page_of_its_own(verified, clock):
    grace = verified()
    clock.forward(minutes=16)
    answer = grace.sends(f"{PAYMENT}/edit", {"payee": "x"}, headers=SWAP)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"{PAYMENT}/edit")


def test_a_wrong_code_is_422_with_the_part_swapped_in(person):
    grace = person("grace", htmx=True).clicks("Payment Information")
    grace.fills("Six-digit code", "000 000").presses("Verify")
    assert (grace.status, grace.heading) == (422, "Enter the code")
    assert "invalid" in grace.error_beside("Six-digit code")
    assert grace.page.first("nav")


def test_a_right_code_swaps_the_page_in(person, kit):
    grace = person("grace", htmx=True).clicks("Payment Information")
    grace.fills("Six-digit code", app_code(kit)).presses("Verify").sees("3000")
    assert top(grace.response) == ["title", "main"]


def test_a_refused_send_is_429_with_the_part_swapped_in(person):
    mary = person("mary", htmx=True).clicks("Payment Information").presses("Send code").presses("Send another")
    assert (mary.status, mary.heading) == (429, "Enter the code")


def test_a_wrong_field_is_422_with_the_form_swapped_in(verified):
    grace = verified(htmx=True).clicks("Edit").fills("City", "").presses("Check the changes")
    assert (grace.status, grace.error_beside("City")) == (422, "Enter the city.")


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "yes please"},
        {"HX-Request": "true", "HX-Target": "#" * 5000},
        {"HX-Request": "true", "HX-Target": "<script>"},
        {"HX-Request": "true", "HX-Current-URL": "http://[::1"},
        {"HX-Request": "true", "HX-Current-URL": "//evil.example", "HX-Boosted": "true"},
        {"HX-Request": "true", "HX-Prompt": "é", "HX-Trigger": "{", "HX-Trigger-Name": "]"},
        {"HX-History-Restore-Request": "maybe"},
    ],
)
def test_forged_headers_break_nothing_and_open_nothing(person, headers):
    grace = person("grace")
    for path in ("/", PAYMENT, "/nothing-here"):
        answer = grace.client.get(path, headers=headers)
        assert answer.status_code < 500
        assert "3000" not in answer.text
        assert "evil" not in str(answer.headers) + answer.text


def test_an_error_swapped_in_is_a_part_too(person):
    answer = person("grace").client.get("/nothing-here", headers=SWAP)
    assert answer.status_code == 404
    assert top(answer) == ["title", "main"]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_code_in_the_console_for_something_of_the_persons_own_leads_on_in_the_console(person, kit, htmx):
    grace = person("grace", htmx=htmx).opens("/companies/1/settings/my-account/phone-number")
    grace.fills("Password", seed.PASSWORD).presses("Continue")
    grace.fills("Six-digit code", app_code(kit)).presses("Verify")
    assert (grace.status, grace.heading) == (200, "Add a phone number")
