"""The help: eighteen answers that link to each other, and numbers that are the ones in force."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.demo import seed
from portal.web import help as help_room

ANCHORS = [
    "two-step-verification",
    "who-needs-it",
    "get-a-code",
    "authenticator-apps",
    "first-set-up",
    "no-phone-number",
    "add-or-edit-number",
    "see-number",
    "number-elsewhere",
    "one-number-many-accounts",
    "company-profile-number",
    "who-can-update",
    "several-administrators",
    "share-a-number",
    "code-lifetime",
    "wrong-code",
    "trouble-with-a-number",
    "who-to-contact",
]

# Each limit that the help names, with a value that is not the default, and how the answer says it.
LIMITS = [
    ("verification_minutes", 7, "who-needs-it", "for 7 minutes"),
    ("resend_waits", (45, 90), "get-a-code", "after 45 seconds"),
    ("sends_per_challenge", 4, "get-a-code", "can send 4 codes"),
    ("sends_per_number_a_day", 13, "get-a-code", "can get 13 codes a day"),
    ("code_minutes", 3, "code-lifetime", "for 3 minutes"),
    ("code_minutes", 1, "code-lifetime", "for 1 minute,"),
    ("tries_left_warning", 2, "wrong-code", "With 2 tries left"),
    ("failures_before_lockout", 6, "wrong-code", "After 6 failed verifications in a row"),
    ("lockout_minutes", 20, "wrong-code", "for 20 minutes"),
    ("failures_before_support", 60, "wrong-code", "After 60 failures in a row"),
]

PATHS = [
    "Settings > My Account",
    "Settings > Payments and Benefits > Payment Information",
    "Accounts & Lists > Account",
    "Login & security",
    "2-Step verification",
    "Turn on",
    "Edit",
    "Add",
    "Two-Step Verification (2SV) Settings",
    "Add new phone",
    "Authenticator App",
    "Phone Number",
    "Company Profile",
]


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


def sign_in(client: FlaskClient, email: str) -> None:
    door = client.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', door)[1]
    answer = client.post("/sign-in", data={"csrf_token": token, "email": email, "password": seed.PASSWORD})
    assert answer.status_code == 303


def anchors(page: str) -> list[str]:
    return re.findall(r'<article class="answer" id="([^"]+)"', page)


def answer(page: str, anchor: str) -> str:
    return re.search(rf'<article class="answer" id="{anchor}">(.*?)</article>', page, re.DOTALL)[1]


def links(page: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', page))


def test_eighteen_answers_stand_in_five_groups(visitor):
    page = visitor.get("/help").text
    assert anchors(page) == ANCHORS
    assert len(set(ANCHORS)) == 18
    assert page.count("<h3>") == 18
    assert page.count("<h2>") == 5


def test_no_id_stands_twice(visitor):
    ids = re.findall(r'\bid="([^"]+)"', visitor.get("/help").text)
    assert len(ids) == len(set(ids))


def test_every_question_is_in_the_index(visitor):
    index = re.search(r'<nav class="help-index".*?</nav>', visitor.get("/help").text, re.DOTALL)[0]
    assert re.findall(r'href="/help#([^"]+)"', index) == ANCHORS


def test_every_link_to_an_answer_finds_it(visitor):
    inside = {link.partition("#")[2] for link in links(visitor.get("/help").text) if re.match(r"(/help)?#", link)}
    assert inside == {*ANCHORS, "main"}


@pytest.mark.parametrize(
    ("this", "that"),
    [
        ("get-a-code", "add-or-edit-number"),
        ("get-a-code", "first-set-up"),
        ("authenticator-apps", "first-set-up"),
        ("first-set-up", "add-or-edit-number"),
        ("one-number-many-accounts", "add-or-edit-number"),
    ],
)
def test_answers_lead_to_each_other(visitor, this, that):
    assert f"/help#{that}" in links(answer(visitor.get("/help").text, this))


@pytest.mark.parametrize(("limit", "value", "anchor", "words"), LIMITS)
def test_numbers_are_the_ones_in_force(app_with, limit, value, anchor, words):
    page = app_with(**{limit: value}).test_client().get("/help").text
    assert words in answer(page, anchor)


def test_no_number_of_a_limit_is_typed():
    words = (Path(help_room.__file__).parents[2] / "templates/help/answers.html").read_text()
    said = re.sub(r"\{[{%#].*?[}%#]\}|2-Step|2SV", "", words, flags=re.DOTALL)
    assert not re.search(r"\d", said)


@pytest.mark.parametrize("path", PATHS)
def test_menu_labels_are_spelled_as_the_menus_spell_them(visitor, path):
    page = visitor.get("/help").text.replace("&gt;", ">").replace("&amp;", "&")
    assert re.search(rf">{re.escape(path)}</(a|b)>", page)


def test_the_brand_is_the_installations_own(app_with):
    assert "Sign in to Loom Works." in app_with(brand="Loom Works").test_client().get("/help").text


def test_it_says_when_it_was_last_updated(visitor):
    assert re.search(r"Last updated: \d+ \w+ \d{4}", visitor.get("/help").text)


def test_search_finds_every_word(visitor):
    page = visitor.get("/help?q=Company+PROFILE").text
    assert anchors(page) == ["company-profile-number"]
    assert '<span id="found-count" role="status">1 answer to “Company PROFILE”.</span>' in page
    assert 'value="Company PROFILE"' in page


@pytest.mark.parametrize(
    ("query", "anchor"),
    [("sms", "two-step-verification"), ("charges might", "get-a-code"), ("LOCKED row", "wrong-code")],
)
def test_search_reads_the_answers_too(visitor, query, anchor):
    assert anchor in anchors(visitor.get("/help", query_string={"q": query}).text)


def test_search_says_when_nothing_is_found(visitor):
    page = visitor.get("/help?q=%3Cb%3Etulips").text
    assert anchors(page) == []
    assert 'role="status">No answer has “&lt;b&gt;tulips” in it.' in page
    assert '<a href="/help">Show all</a>' in page


def test_an_empty_search_shows_everything(visitor):
    assert anchors(visitor.get("/help?q=+").text) == ANCHORS


def test_htmx_gets_the_part_alone(visitor):
    part = visitor.get("/help?q=lock", headers={"HX-Request": "true", "HX-Target": "div#found"}).text
    assert "<html" not in part
    assert "wrong-code" in anchors(part)


def test_signed_out_it_stands_alone_and_links_to_no_company(visitor):
    answer = visitor.get("/help")
    assert answer.status_code == 200
    assert '<body class="plain"' in answer.text
    assert not any(link.startswith("/companies/") for link in links(answer.text))


def test_signed_in_the_menu_stands_beside_it_and_paths_are_links(visitor):
    sign_in(visitor, "grace@example.com")
    page = visitor.get("/help").text
    assert '<body class="console"' in page
    path = "Settings &gt; Payments and Benefits &gt; Payment Information"
    assert re.search(rf'<a class="path" href="/companies/[^"]+">{path}</a>', page)


def test_people_without_a_company_can_read_it(visitor):
    sign_in(visitor, "care@example.com")
    page = visitor.get("/help").text
    assert anchors(page) == ANCHORS
    assert '<b class="path">Settings &gt; Payments and Benefits &gt; Payment Information</b>' in page


def test_a_page_that_is_not_there_is_not_linked(app):
    with app.test_request_context("/help"):
        assert help_room.address("nowhere.at_all") is None


def test_every_link_leads_somewhere(app, visitor):
    sign_in(visitor, "grace@example.com")
    paths = re.findall(r'<a class="path" href="([^"]+)"', visitor.get("/help").text)
    assert paths
    assert {visitor.get(path).status_code for path in set(paths)} <= {200, 303}
