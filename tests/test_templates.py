"""Templates that a designer reads: short lines, a component whole in one folder, what stands everywhere said once."""

import re
from pathlib import Path

import pytest

from portal.web import assets

ROOT = Path(__file__).parent.parent
OURS = ROOT / "templates"
COMPONENTS = sorted(folder for folder in (OURS / "components").iterdir() if folder.is_dir())
WRITTEN = sorted([*OURS.rglob("*.html"), *(ROOT / "themes").rglob("*.html")])
SHEETS = sorted([*(ROOT / "static" / "css").glob("*.css"), *OURS.rglob("*.css"), *(ROOT / "themes").rglob("*.css")])
LONGEST = 120
NO_STYLE = {"form_field"}  # looks like the fields that it is made of


def name_of(file):
    return str(file.relative_to(ROOT))


def lines_of(files):
    texts = [(name_of(file), file.read_text().split("\n")) for file in files]
    return [(f"{name}:{at}", line) for name, lines in texts for at, line in enumerate(lines, 1)]


def test_no_line_of_a_template_or_a_stylesheet_is_too_long():
    assert [where for where, line in lines_of([*WRITTEN, *SHEETS]) if len(line) > LONGEST] == []


def test_a_rule_has_three_declarations_in_one_line_at_no_place():
    crowded = re.compile(r"\{[^{}]*;[^{}]*;[^{}]*[^{};\s][^{}]*\}")
    frames = re.compile(r"@keyframes|^\s*(?:from|to|\d+%)")
    assert [where for where, line in lines_of(SHEETS) if crowded.search(line) and not frames.search(line)] == []


def test_a_file_with_an_underscore_is_a_live_part_that_is_swapped_by_its_name():
    for file in OURS.rglob("_*.html"):
        text, part = file.read_text(), file.stem[1:]
        assert f'id="{part}"' in text, name_of(file)
        assert f'hx-select="#{part}"' in text, name_of(file)


@pytest.mark.parametrize("folder", COMPONENTS, ids=lambda folder: folder.name)
def test_a_component_is_whole_in_its_folder(folder):
    style = set() if folder.name in NO_STYLE else {f"{folder.name}.css"}
    assert {file.name for file in folder.iterdir()} == {f"{folder.name}.html", "examples.html", *style}


def test_every_sheet_of_a_component_goes_out():
    ours = {str(file.relative_to(OURS / "components")) for file in OURS.rglob("*.css")}
    assert ours == set(assets.OWN_SHEETS.values())


def test_a_macro_says_on_the_line_above_how_it_is_called():
    for folder in COMPONENTS:
        text = (folder / f"{folder.name}.html").read_text()
        for name in re.findall(r"^\{% macro ([a-z]\w*)\(", text, re.MULTILINE):
            assert re.search(rf"#\}}\n\{{% macro {name}\(", text), f"{name} in {folder.name}"


@pytest.mark.parametrize("once", ['name="csrf_token"', '_("Six-digit code")', '"dev_phones.all_phones"'])
def test_what_stands_on_many_pages_is_written_once(once):
    assert len([name_of(file) for file in OURS.rglob("*.html") if once in file.read_text()]) == 1
