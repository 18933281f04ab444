"""Theming without a fork: the files and words of a theme come before ours; one sheet of ours says every colour."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import tinycss2
from house.asking import app_code
from house.phones import wrong_code
from house.world import kit_of, settings_for

from portal import language
from portal.config import BadSetting, Settings
from portal.demo import rooms, seed

ROOT = Path(__file__).parent.parent
LEDGER = ROOT / "themes" / "ledger"
COMPONENTS = ROOT / "templates" / "components"
SHEETS = sorted([*(ROOT / "static" / "css").glob("*.css"), *COMPONENTS.glob("*/*.css")])
THEMES = sorted((ROOT / "themes").glob("*/static/css/*.css"))
A_PHONE = "phone_handset"  # of the demo: made of glass and metal, whatever the theme
PALETTES = {"tokens", A_PHONE}

COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r"(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|silver|gold|orange|yellow|purple|teal|navy|brown|beige|ivory)(?![\w-])",
    re.IGNORECASE,
)
SIZED = re.compile(
    r"(?:border-radius|font-family|font-weight|transition|animation)[\w-]*:[^;{}]*?(?<![\w.-])(\d*\.?\d+(?:rem|px|ms|s)|[1-9]00)\b"
)
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
PAYMENT = "/companies/1/settings/payments-and-benefits/payment-information"
SETTINGS = "/account/login-and-security/2-step-verification"


def rules(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


@pytest.fixture(autouse=True)
def our_words(kit):
    """The words are the whole program's: after a test with a theme they are ours again."""
    yield
    language.connect(kit.settings)


@pytest.fixture
def theme(tmp_path):
    """A theme with these files in it."""

    def make(**files):
        folder = tmp_path / "theme"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return folder

    return make


# One sheet for every colour


@pytest.mark.parametrize("sheet", [each for each in SHEETS if each.stem not in PALETTES], ids=lambda each: each.stem)
def test_a_colour_stands_in_the_tokens_alone(sheet):
    values = re.findall(r":\s*([^;{}]+)[;}]", rules(sheet))
    assert [each for each in values if COLOUR.search(each)] == []


@pytest.mark.parametrize("sheet", [each for each in SHEETS if each.stem not in PALETTES], ids=lambda each: each.stem)
def test_a_corner_a_face_a_weight_and_a_duration_stand_in_the_tokens_alone(sheet):
    assert SIZED.findall(rules(sheet)) == []


def test_every_token_that_is_used_is_said_somewhere():
    for sheets in (SHEETS, [*SHEETS, *THEMES]):
        text = "\n".join(rules(each) for each in sheets)
        said = set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", text))
        used = set(re.findall(r"var\((--[\w-]+)\)", text))  # one with a value of its own to fall back on need not be
        assert used - said == set()


def test_every_token_is_used():
    text = "\n".join(rules(each) for each in SHEETS)
    said = set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", rules(ROOT / "static" / "css" / "tokens.css")))
    assert said - set(re.findall(r"var\((--[\w-]+)", text)) == set()


def test_every_colour_has_its_night():
    tokens = rules(ROOT / "static" / "css" / "tokens.css")
    alone = re.findall(r"(--[\w-]+):\s*(?:#|rgb)", tokens)
    assert alone == ["--on-band", "--band-hover", "--paper"]  # on a band that is dark by day too; paper is paper


# What comes first


def test_a_template_of_the_theme_comes_before_ours(theme, app_with, visitor):
    brand = '<a class="brand" href="/"><span>Our own name</span></a>'
    ours = visitor(of=app_with(theme=theme(**{"templates/layouts/brand.html": brand}))).opens("/sign-in")
    assert ours.page.first("a", class_="brand").text == "Our own name"
    ours.sees("Set a new password")


def test_a_template_of_the_theme_replaces_blocks_of_ours(theme, app_with, visitor):
    ours = '{% extends "ours/layouts/base.html" %}'
    base = ours + '{% block footer %}{{ super() }}<a href="/imprint">Imprint</a>{% endblock %}'
    door = visitor(of=app_with(theme=theme(**{"templates/layouts/base.html": base}))).opens("/sign-in")
    door.sees("Imprint", "Contact support", "E-mail address")


def test_a_static_file_of_the_theme_comes_before_ours(theme, app_with, visitor):
    client = app_with(theme=theme(**{"static/favicon.svg": "<svg/>"})).test_client()
    with client.get("/static/favicon.svg") as theirs, client.get("/static/css/tokens.css") as ours:
        assert theirs.text == "<svg/>"
        assert "@layer" in ours.text


def test_the_sheet_of_a_component_is_part_of_the_one_stylesheet_and_the_themes_takes_its_place(theme, app, app_with):
    def stylesheet(of):
        with of.test_client().get("/static/css/portal.css") as answer:
            return answer.text

    red = "@layer components { .pill { color: var(--danger); } }"
    ours = (COMPONENTS / "pill" / "pill.css").read_text()
    themed = stylesheet(app_with(theme=theme(**{"templates/components/pill/pill.css": red})))
    assert ours in stylesheet(app)
    assert themed == stylesheet(app).replace(ours, red)


@pytest.mark.parametrize("path", ["pill/pill.html", "components/pill/pill.css", "css/pill.html", "css/examples.html"])
def test_nothing_else_of_a_component_is_served(app, path):
    assert app.test_client().get(f"/static/{path}").status_code == 404


def test_the_address_of_a_file_changes_with_the_theme(theme, app, app_with, visitor):
    def icon(of):
        return visitor(of=of).opens("/sign-in").page.first("link", rel="icon").attrs["href"]

    assert icon(app) != icon(app_with(theme=theme(**{"static/favicon.svg": "<svg/>"})))


def test_the_sheet_of_the_theme_is_the_last(theme, app, app_with, visitor):
    def sheets(of):
        page = visitor(of=of).opens("/help").page
        return [each.attrs["href"].partition("?")[0] for each in page.every("link", rel="stylesheet")]

    with_theme = sheets(app_with(theme=theme(**{"static/css/theme.css": ":root { --round: 0; }"})))
    assert with_theme[:-1] == sheets(app)
    assert with_theme[-1] == "/static/css/theme.css"


def test_words_of_the_theme_come_before_ours_one_by_one(theme, app_with, visitor):
    words = f'{HEAD}\nmsgid "Contact support"\nmsgstr "Write to us"\n'
    visitor(of=app_with(theme=theme(**{"translations/en.po": words}))).opens("/sign-in").sees("Write to us", "Help")


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "%2e%2e/secret.txt", "css/../../secret.txt", "..%5csecret.txt", "a%00b"],
)
def test_a_file_outside_is_not_served(theme, app_with, path):
    folder = theme(**{"static/css/theme.css": ""})
    for place in (folder, folder.parent):
        (place / "secret.txt").write_text("Sesame")
    answer = app_with(theme=folder).test_client().get(f"/static/{path}")
    assert (answer.status_code, "Sesame" in answer.text) == (404, False)


def test_a_folder_that_is_not_there_is_refused_with_a_sentence(app_with, tmp_path):
    with pytest.raises(BadSetting, match=r"PORTAL_THEME is '.*nowhere', and there is no such folder\."):
        app_with(theme=tmp_path / "nowhere")


def test_nothing_is_themed_unless_it_is_asked_for(app, visitor):
    assert Settings().theme == Path()
    assert "theme.css" not in visitor().opens("/sign-in").html


# The ledger


@pytest.fixture(scope="module")
def themed(beginning):
    """Made once, as the tests of the product's own look have theirs."""
    return rooms.program(kit_of(settings_for(beginning.folder, theme=LEDGER)))


@pytest.fixture
def ledger(themed, kit, visitor):
    """A browser before the product under the ledger; somebody signed in, if a name is said."""
    themed.extensions["kit"] = replace(kit, settings=replace(kit.settings, theme=LEDGER))
    language.connect(themed.extensions["kit"].settings)

    def browser(name=""):
        door = visitor(of=themed).opens("/sign-in")
        if not name:
            return door
        return door.fills("E-mail address", f"{name}@example.com").fills("Password", seed.PASSWORD).presses("Sign in")

    return browser


def walk(somebody, *beginnings):
    """Open every page that links lead to from here; each is looked at by the inspection as it is opened."""
    todo, done = list(beginnings), set()
    while todo:
        path = todo.pop(0).partition("#")[0]
        if (known := re.sub(r"=[^&]*", "", path)) in done or path.startswith("/dev/gallery"):
            continue
        done.add(known)
        answer = somebody.client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        somebody.shows(answer)
        refused = somebody.heading == "No access"  # a developer, before what is for administrators
        assert somebody.status == (403 if refused else 200), f"{path} is {answer.status}"
        assert "theme.css" in answer.text
        found = [each.attrs["href"] for each in somebody.page.every("a", href=True)]
        todo += [each for each in found if each.startswith("/") and not each.startswith("//")]
    return done


def test_every_page_of_somebody_who_is_not_signed_in_under_the_ledger(ledger):
    assert len(walk(ledger(), "/", "/help", "/sign-up", "/new-password", "/support", "/dev/phones", "/dev/mail")) > 8


@pytest.mark.parametrize("name", ["ada", "mary", "emmy", "alan", "grace", "care", "devsupport"])
def test_every_page_of_the_people_of_the_demo_under_the_ledger(ledger, name):
    assert len(walk(ledger(name), "/", "/account", "/help", "/support", "/sign-in/second-step")) > 5


def test_every_page_of_somebody_who_has_verified_under_the_ledger(ledger, kit):
    grace = ledger("grace").opens(PAYMENT).fills("Six-digit code", app_code(kit)).presses("Verify")
    assert grace.heading == "Payment Information"
    done = walk(grace, "/", "/account", "/help", "/support")
    assert {PAYMENT, f"{PAYMENT}/edit", f"{PAYMENT}/history", f"{PAYMENT}/rules"} <= done
    grace.opens(f"{PAYMENT}/edit").fills("Legal name", "Sons Ltd").presses("Check the changes")
    grace.sees("Check the changes", "Carried forward", "Amended").does_not_see("Stays as it is")


def test_the_main_job_under_the_ledger(ledger, phone):
    mary = ledger("mary").opens(PAYMENT).presses("Send code")
    code = phone("+12025550178").newest_code()
    mary.fills("Six-digit code", wrong_code(code)).presses("Verify")
    assert mary.error_beside("Six-digit code")
    mary.fills("Six-digit code", code).presses("Verify")
    assert (mary.status, mary.heading) == (200, "Payment Information")


def test_the_desk_under_the_ledger(ledger, kit):
    care = ledger("care").fills("Six-digit code", app_code(kit, "care")).presses("Verify")
    assert len(walk(care, "/desk", "/desk/log")) > 2


def test_the_ledger_is_made_of_nothing_but_sheets_pictures_blocks_and_words():
    files = {file.relative_to(LEDGER).as_posix() for file in LEDGER.rglob("*") if file.is_file()}
    assert {name.rpartition(".")[2] for name in files} <= {"css", "svg", "html", "po"}
    for file in LEDGER.rglob("*.html"):
        text = file.read_text()
        assert "<style" not in text
        assert " style=" not in text
        assert "<script" not in text
    assert "url(http" not in "".join(rules(sheet) for sheet in THEMES)
    assert "@import" not in "".join(rules(sheet) for sheet in THEMES)


# Paper


def test_paper_gets_the_codes_and_their_date(verified, kit):
    grace = verified().opens(f"{SETTINGS}/recovery-codes").fills("Password", seed.PASSWORD).presses("Continue")
    grace.fills("Six-digit code", app_code(kit, steps=1)).presses("Verify").presses("Make recovery codes")
    assert grace.page.first("p", class_="print-only").text == language.day(kit.clock.now())
    assert len(list(grace.page.first("ol", class_="recovery-codes numeric").every("li"))) == kit.settings.recovery_codes


@pytest.mark.parametrize("sheet", [*SHEETS, *THEMES], ids=lambda sheet: sheet.name)
def test_a_stylesheet_has_no_mistake_that_a_browser_would_pass_over(sheet):
    assert list(mistakes(tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True))) == []


def mistakes(nodes):
    """What the parser of CSS cannot make sense of, in rules within rules too."""
    for node in nodes:
        if node.type == "error":
            yield f"line {node.source_line}: {node.message}"
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            yield from mistakes(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def test_a_mistake_in_a_stylesheet_is_found():
    broken = "@layer components { .button { color: red; colour } }"
    assert len(list(mistakes(tinycss2.parse_stylesheet(broken)))) == 1
