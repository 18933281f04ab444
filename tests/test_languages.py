"""The language of the pages: the visitor's choice, else what the browser asks for; and never a way out of here."""

import pytest
from house.asking import user_of

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def chooses(browser, language, back="/sign-in"):
    token = browser.page.first("input", name="csrf_token").attrs["value"]
    return browser.client.post("/language", data={"csrf_token": token, "language": language, "back": back})


def test_the_browser_says_which_language_it_wants(visitor):
    client = visitor().client
    assert "Anmelden" in client.get("/sign-in", headers=GERMAN).text
    assert "Sign in" in client.get("/sign-in", headers={"Accept-Language": "fr"}).text


def test_a_choice_wins_over_the_browser_and_stays_with_the_person(person):
    grace = person("grace")
    assert chooses(grace, "de").location == "/sign-in"
    assert 'lang="de"' in grace.client.get("/help", headers={"Accept-Language": "en"}).text
    assert user_of("grace").language == "de"


def test_a_language_that_nobody_speaks_here_is_english(person):
    grace = person("grace")
    chooses(grace, "../de")
    assert user_of("grace").language == "en"


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nX: y", "", "http://["]
)
def test_a_choice_never_leads_elsewhere(person, back):
    assert chooses(person("grace"), "de", back).location == "/"
