"""The gallery and live reload, in a real browser: what a designer saves stands in the open page within a second."""

import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from . import looking
from .person import Person
from .server import serving
from .watch import Watch

pytestmark = pytest.mark.browser

WRONG_CODE = "two-step-verification/a-wrong-code"
A_SECOND = 1.5  # with what a loaded machine needs besides


@pytest.fixture(scope="module")
def theme(tmp_path_factory):
    folder = tmp_path_factory.mktemp("theme")
    for part in ("templates/sign_in", "templates/components/button", "static/css", "translations"):
        (folder / part).mkdir(parents=True)
    (folder / "static/css/theme.css").write_text(":root { --round: 5px; }")
    return folder


@pytest.fixture(scope="module")
def designing(theme, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("designing"), PORTAL_THEME=str(theme)) as server:
        yield server


@pytest.fixture
def designer(browser, designing):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1400, "height": 900})
    context.set_default_timeout(15_000)
    yield Person(context, Watch(context), designing.url, script=True).opens(f"/dev/gallery/{WRONG_CODE}")
    context.close()
    assert not designing.troubles()


@contextmanager
def within_a_second():
    began = time.monotonic()
    yield
    assert time.monotonic() - began < A_SECOND


def wait_for_live(page):
    """The page has asked once how things stand."""
    with page.expect_response("**/dev/live"):
        pass


def test_a_saved_stylesheet_shows_within_a_second(designer, theme):
    page = designer.opens("/sign-in").page
    wait_for_live(page)
    with within_a_second():
        (theme / "static/css/theme.css").write_text(":root { --round: 3px; }")
        expect(page.get_by_role("button", name="Sign in")).to_have_css("border-radius", "3px")


def test_a_saved_sheet_of_a_component_shows_within_a_second(designer, theme):
    page = designer.opens("/sign-in").page
    wait_for_live(page)
    with within_a_second():
        (theme / "templates/components/button/button.css").write_text(".button { word-spacing: 3px; }")
        expect(page.get_by_role("button", name="Sign in")).to_have_css("word-spacing", "3px")


def test_a_saved_template_shows_within_a_second_and_what_was_typed_stays(designer, theme):
    page = designer.opens("/sign-in").fills("E-mail address", "grace@exam").page
    wait_for_live(page)
    words = '{% extends "ours/sign_in/sign_in.html" %}{% block trail %}<p id="new">Good morning</p>{% endblock %}'
    with within_a_second():
        (theme / "templates/sign_in/sign_in.html").write_text(words)
        expect(page.locator("#new")).to_have_text("Good morning")
    assert page.get_by_label("E-mail address").input_value() == "grace@exam"


def test_saved_words_show_in_every_state_that_says_them(designer, theme):
    page = designer.opens(f"/dev/gallery/{WRONG_CODE}").page
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_role("alert")).to_contain_text("This code is invalid")
    wait_for_live(page)
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{}"\nmsgstr "Not this one."\n'
    (theme / "translations/en.po").write_text(words.format("This code is invalid. Check it and try again."))
    expect(frame.get_by_role("alert")).to_contain_text("Not this one.")


def test_a_broken_template_is_told_with_its_line_and_mended_without_a_reload(designer, theme):
    page = designer.opens("/sign-up").page
    wait_for_live(page)
    broken = theme / "templates/sign_in/sign_up.html"
    broken.write_text('{% extends "ours/sign_in/sign_up.html" %}\n{% block main %}{% if %}{% endblock %}')
    expect(page.get_by_role("alert")).to_contain_text("sign_in/sign_up.html, line 2")
    broken.unlink()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign up")


def test_nobody_else_asks_for_news(browser, designing):
    page = browser.new_page()
    page.goto(f"{designing.url}/sign-in", wait_until="networkidle")
    assert page.locator("script[data-live]").count() == 0
    page.close()


@pytest.mark.parametrize("path", ["/dev/gallery", f"/dev/gallery/{WRONG_CODE}"])
def test_the_gallery_itself_is_accessible(designer, path):
    page = designer.opens(path).page
    page.locator("iframe").first.wait_for()
    assert looking.faults_of(page) == []


def test_a_search_finds_a_state_and_a_look_is_chosen(designer):
    page = designer.opens("/dev/gallery").page
    page.get_by_label("Search the states").fill("wrong code")
    page.get_by_role("link", name="A wrong code", exact=True).first.click()
    page.locator("select[name=scheme]").select_option("dark")
    frame = page.frame_locator("iframe").first
    expect(frame.locator("html")).to_have_attribute("data-scheme", "dark")
    assert "scheme=dark" in page.url


def test_a_state_in_a_frame_sends_nothing(designer):
    page = designer.opens(f"/dev/gallery/{WRONG_CODE}").page
    posted = []
    page.on("request", lambda asked: posted.append(asked) if asked.method == "POST" else None)
    page.frame_locator("iframe").first.get_by_label("Six-digit code").press("Enter")
    page.wait_for_timeout(500)
    assert posted == []
