"""The gallery has every template, every branch of a template, every mail and every text in it."""

import ast
import inspect
import sys
from collections import Counter
from pathlib import Path

import pytest
from house.branches import Branches

from portal import language
from portal.config import Settings
from portal.database import database
from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import ROOMS, SCENES, texts_and_mails
from portal.demo.gallery.stage import Stage
from portal.telephony.protocol import Channel
from portal.telling import letters, notices
from portal.verification import codes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
NOTICES = ("tell", "tell_administrators", "text", "text_old_number")

# (template, branch): why no state of the program shows it.
OUT_OF_REACH = {
    ("layouts/base.html", "if live_url: yes"): "a state that is played here is shown to nobody who edits it",
    ("layouts/demo.html", "gallery_hangs ? yes"): "a state is shown as it is without the gallery",
    ("layouts/base.html", "if theme_sheet: yes"): "states under a theme are in the tests of the theme",
    ("layouts/base.html", "if call(languages)|length gt 1: no"): "there are two languages",
}


class Show:
    """Everything that the scenes ended with, and what was rendered, written and said on the way."""

    def __init__(self, stage, patch):
        self.branches = Branches()
        self.branches.watch(stage.app.jinja_env)
        self.ends, self.raised = {}, {}
        self.room, self.said = "", set()
        self.listen(patch)
        for name in SCENES:
            self.play(stage, name, Look())
        for code in language.known():
            self.play(stage, next(iter(SCENES)), Look(language=code))

    def play(self, stage, name, look):
        self.room = SCENES[name].room
        try:
            end = stage.play(name, look)
        except Exception as problem:  # noqa: BLE001, told by a test of its own
            self.raised[name] = problem
        else:
            self.ends.setdefault(name, end)

    def listen(self, patch):
        """Note which words of mails are used, which channels, and who tells people something."""
        for name in functions_of(letters):
            patch.setattr(letters, name, self.heard(getattr(letters, name), lambda *_, name=name, **__: name))
        patch.setattr(codes, "body", self.heard(codes.body, lambda channel, *_, **__: channel))
        for name in NOTICES:
            patch.setattr(notices, name, self.heard(getattr(notices, name), lambda *_, **__: caller()))

    def heard(self, function, words):
        def listening(*args, **more):
            if self.room == texts_and_mails.book.room:
                self.said.add(words(*args, **more))
            return function(*args, **more)

        return listening

    @property
    def missed(self):
        return [each for each in self.branches.missed() if (each.template, each.what) not in OUT_OF_REACH]


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    """One play of everything, on SQLite whatever the other tests use; their database is theirs again afterwards."""
    theirs = database.obj
    stage = Stage(Settings(mode="demo", url="http://localhost", data=tmp_path_factory.mktemp("gallery")))
    try:
        with pytest.MonkeyPatch.context() as patch:
            yield Show(stage, patch)
    finally:
        stage.close()
        language.choose(language.ENGLISH)
        if theirs is not None:
            database.initialize(theirs)


def caller():
    """The function that called what listens."""
    frame = sys._getframe(3)
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_name}"


def functions_of(module):
    return [name for name, made in inspect.getmembers(module, inspect.isfunction) if made.__module__ == module.__name__]


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
    assert show.raised == {}


def test_every_scene_ends_with_the_status_that_it_names(show):
    others = {name: end.status for name, end in show.ends.items() if end.status != SCENES[name].status}
    assert not others, "\n".join(f"{status} {name}" for name, status in others.items())


def test_every_scene_has_a_name_of_its_own():
    names = Counter(scene.name for room in ROOMS for scene in room.book)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_template_is_in_a_scene(show):
    there = {str(file.relative_to(ROOT / "templates")) for file in (ROOT / "templates").rglob("*.html")}
    there -= {name for name in there if name.startswith("gallery/")}
    assert there - {branch.template for branch in show.branches.known.values()} == set()


def test_every_branch_of_a_template_is_in_a_scene(show):
    known, states = len(show.branches.known) - len(OUT_OF_REACH), len(SCENES)
    missed = "\n".join(map(str, show.missed))
    sys.stdout.write(f"\n{known - len(show.missed)} of {known} branches, {states} states\n{missed}\n")
    assert not show.missed, f"no state shows:\n{missed}"


def test_what_is_out_of_reach_is_there_and_is_not_reached(show):
    assert set(OUT_OF_REACH) <= {(branch.template, branch.what) for branch in show.branches.missed()}


def test_every_mail_has_a_state(show):
    assert set(functions_of(letters)) - show.said == set()


def test_every_channel_has_a_state(show):
    assert set(Channel) - show.said == set()


def test_everything_that_people_are_told_has_a_state(show):
    assert set(functions_that_tell()) - show.said == set()
