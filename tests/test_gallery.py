"""The gallery has every template, every branch of a template, every mail and every text in it."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from house.branches import Branches
from house.plays import NOTICES, apart, functions_of, settings_in

from portal import language
from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import ROOMS, SCENES
from portal.demo.gallery.stage import Stage
from portal.telephony.protocol import Channel
from portal.telling import letters

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

# (template, branch): why no state of the program shows it.
OUT_OF_REACH = {
    ("layouts/base.html", "if live_url: yes"): "a state that is played here is shown to nobody who edits it",
    ("layouts/demo.html", "gallery_hangs ? yes"): "a state is shown as it is without the gallery",
    ("layouts/base.html", "if theme_sheet: yes"): "states under a theme are in the tests of the theme",
    ("layouts/base.html", "if call(languages)|length gt 1: no"): "there are two languages",
}


class Show:
    """Everything that the scenes ended with, and what was rendered, written and said on the way."""

    def __init__(self, plays):
        self.plays = {name: plays.played(name, Look()) for name in SCENES}
        also = [plays.played(next(iter(SCENES)), Look(language=code)) for code in language.known()]
        everything = [*self.plays.values(), *also]
        self.raised = [each.raised for each in everything if each.raised]
        self.said = {words for each in everything for words in each.said}
        self.taken = {branch for each in everything for branch in each.branches}
        self.branches = Branches.all_of(plays.app.jinja_env)
        self.never = sorted(self.branches - self.taken)
        self.missed = [each for each in self.never if (each.template, each.what) not in OUT_OF_REACH]


@pytest.fixture(scope="module")
def show(plays):
    return Show(plays)


def functions_that_tell():
    """Every function of the program that tells people something."""
    for path in (ROOT / "portal").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                calls = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
                if calls & {f"notices.{name}" for name in NOTICES}:
                    yield f"{module}.{node.name}"


def test_every_scene_plays(show):
    assert show.raised == []


def test_every_scene_ends_with_the_status_that_it_names(show):
    ends = {name: played.shown.status for name, played in show.plays.items() if played.shown}
    others = {name: status for name, status in ends.items() if status != SCENES[name].status}
    assert not others, "\n".join(f"{status} {name}" for name, status in others.items())


def test_it_is_shown_as_it_would_be_if_nobody_watched(plays, tmp_path):
    with apart():
        unwatched = Stage(settings_in(tmp_path))
        for name in (name for name, scene in SCENES.items() if scene.room in ("Components", "Help", "Errors")):
            assert without_lots(unwatched.play(name, Look())) == without_lots(plays.play(name, Look()))


def without_lots(shown):
    """The page without what is drawn by lot each time."""
    return re.sub(r'(?<=csrf_token" value=")[^"]+', "", shown.html)


def test_every_scene_has_a_name_of_its_own():
    names = Counter(scene.name for room in ROOMS for scene in room.book)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_template_is_in_a_scene(show):
    there = {str(file.relative_to(ROOT / "templates")) for file in (ROOT / "templates").rglob("*.html")}
    there -= {name for name in there if name.startswith("gallery/")}
    assert there - {branch.template for branch in show.taken} == set()


def test_every_branch_of_a_template_is_in_a_scene(show):
    known, states = len(show.branches) - len(OUT_OF_REACH), len(SCENES)
    missed = "\n".join(map(str, show.missed))
    sys.stdout.write(f"\n{known - len(show.missed)} of {known} branches, {states} states\n{missed}\n")
    assert not show.missed, f"no state shows:\n{missed}"


def test_what_is_out_of_reach_is_there_and_is_not_reached(show):
    assert set(OUT_OF_REACH) <= {(branch.template, branch.what) for branch in show.never}


def test_every_mail_has_a_state(show):
    assert set(functions_of(letters)) - show.said == set()


def test_every_channel_has_a_state(show):
    assert set(Channel) - show.said == set()


def test_everything_that_people_are_told_has_a_state(show):
    assert set(functions_that_tell()) - show.said == set()
