"""The catalogues of messages: every sentence is in them, and `portal words` says where one is missing."""

import ast

import pytest
from click.testing import CliRunner

from portal.commands import catalogues
from portal.language import FOLDER


@pytest.fixture(scope="module")
def said():
    return catalogues.messages()


@pytest.fixture
def folder(tmp_path):
    """A folder of catalogues, Frisian among them, as `portal words update` makes it."""
    (tmp_path / "fy.po").touch()
    run("update", tmp_path)
    return tmp_path


def run(command, folder):
    return CliRunner().invoke(catalogues.words, [command, str(folder)])


def translate(file, message, text):
    file.write_text(file.read_text().replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{text}"'))


def test_the_english_catalogue_has_every_message(said):
    assert catalogues.wrong_with(FOLDER / "en.po", said) == ""


def test_the_kept_catalogues_have_words_for_every_message():
    found = run("check", FOLDER)
    assert found.exit_code == 0, found.stderr


def test_no_sentence_hides_in_an_f_string():
    for file in (FOLDER.parent / "portal").rglob("*.py"):
        for text in ast.walk(ast.parse(file.read_text())):
            calls = ast.walk(text) if isinstance(text, ast.JoinedStr) else ()
            said = [
                call for call in calls if isinstance(call, ast.Call) and ast.unparse(call.func) in catalogues.KEYWORDS
            ]
            assert not [call for call in said if isinstance(call.args[0], ast.Constant)], file


def test_a_message_without_words_is_reported(folder, said):
    found = run("check", folder)
    assert found.exit_code == 1
    assert f"fy.po has no words for {len(said)} messages" in found.stderr
    assert "en.po" not in found.stderr  # English stands in the code


def test_an_old_catalogue_is_reported(folder):
    (folder / "fy.po").write_text('msgid "Nobody says this any more"\nmsgstr "Nimmen seit dit mear"\n')
    assert "fy.po is not up to date. Run: portal words update." in run("check", folder).stderr


def test_a_placeholder_that_is_lost_is_reported(folder):
    translate(folder / "fy.po", "You asked to sign up at %(brand)s. Go on here:", "Gean hjir fierder: %(merk)s")
    assert "fy.po: unknown named placeholder" in run("check", folder).stderr


def test_what_is_translated_is_kept_and_what_is_no_message_any_more_goes(folder):
    file = folder / "fy.po"
    translate(file, "just now", "krekt")
    before = file.read_text()
    file.write_text(before + '\nmsgid "Nobody says this any more"\nmsgstr "Nimmen seit dit mear"\n')
    run("update", folder)
    assert file.read_text() == before


def test_a_catalogue_has_no_dates_and_no_lines(folder):
    text = (folder / "en.po").read_text()
    assert "#: portal/telling/letters.py\n" in text
    assert "Date" not in text.partition("#:")[0]
