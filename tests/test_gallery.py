"""The gallery has every template, every branch of a template, every mail and every text in it."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from house.branches import Branches

from portal import language
from portal.config import Settings
from portal.database import database
from portal.gallery.looks import Look
from portal.gallery.scenes import ROOMS, SCENES
from portal.gallery.stage import Stage

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

# (template, branch): why no state of the program shows it.
OUT_OF_REACH: dict[tuple[str, str], str] = {}


class Show:
    """Everything that the scenes ended with, and what was rendered on the way."""

    def __init__(self, stage: Stage) -> None:
        self.branches = Branches()
        self.branches.watch(stage.app.jinja_env)
        self.ends, self.raised = {}, {}
        for name in SCENES:
            try:
                self.ends[name] = stage.play(name, Look())
            except Exception as problem:  # noqa: BLE001, told by a test of its own
                self.raised[name] = problem

    @property
    def missed(self):
        return [each for each in self.branches.missed() if (each.template, each.what) not in OUT_OF_REACH]


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    """One play of everything, on SQLite whatever the other tests use; their database is theirs again afterwards."""
    theirs = database.obj
    stage = Stage(Settings(mode="demo", url="http://localhost", data=tmp_path_factory.mktemp("gallery")))
    try:
        yield Show(stage)
    finally:
        stage.close()
        language.choose(language.ENGLISH)
        if theirs is not None:
            database.initialize(theirs)


def test_every_scene_plays(show):
    assert show.raised == {}


def test_every_scene_ends_with_the_status_that_it_names(show):
    assert {name: end.status for name, end in show.ends.items() if end.status != SCENES[name].status} == {}


def test_every_scene_has_a_name_of_its_own():
    names = Counter(scene.name for room in ROOMS for scene in room.book)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_template_is_in_a_scene(show):
    there = {str(file.relative_to(ROOT / "templates")) for file in (ROOT / "templates").rglob("*.html")}
    there -= {name for name in there if name.startswith("gallery/")}
    assert there - {branch.template for branch in show.branches.known.values()} == set()


def test_every_branch_of_a_template_is_in_a_scene(show):
    known, states = len(show.branches.known), len(SCENES)
    missed = "\n".join(map(str, show.missed))
    sys.stdout.write(f"\n{known - len(show.missed)} of {known} branches, {states} states\n{missed}\n")
    assert not show.missed, f"no state shows:\n{missed}"


def test_what_is_out_of_reach_is_still_there(show):
    assert set(OUT_OF_REACH) <= {(branch.template, branch.what) for branch in show.branches.known.values()}
