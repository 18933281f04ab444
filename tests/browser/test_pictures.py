"""The look, compared with docs/screenshots. Fonts decide much of a picture: these are those of Debian with DejaVu
alone, so that this runs in `.ci/run` and not with the other tests."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from .conftest import PICTURES
from .pictures import ALL, FOLDER, camera, under_the_ledger

pytestmark = pytest.mark.pictures

NOTICED = 40  # of 255: how far a pixel may be off before it counts
TOLERATED = 0.005  # of all pixels: codes and references are drawn by lot


@pytest.fixture(scope="module", params=[False, True], ids=["ours", "the ledger"])
def stage(request, browser, plays, tmp_path_factory):
    if not request.param:
        yield False, camera(browser, plays)
        return
    with under_the_ledger(tmp_path_factory.mktemp("ledger")) as stage:
        yield True, camera(browser, stage)


def test_every_chosen_state_looks_as_it_did(stage):
    theme, take = stage
    different = [each.file.name for each in ALL if each.theme == theme and not looks_the_same(each, take(each))]
    assert different == [], f"See {PICTURES}. If it is meant: cd tests && ../.venv/bin/python -m browser.pictures"


def looks_the_same(picture, taken):
    before, now = Image.open(picture.file).convert("RGB"), Image.open(BytesIO(taken)).convert("RGB")
    if before.size != now.size:
        keep_for_eyes(picture, before, now, now)
        return False
    apart = ImageChops.difference(before, now).convert("L").point(lambda value: 255 if value > NOTICED else 0)
    if apart.histogram()[255] <= TOLERATED * apart.width * apart.height:
        return True
    keep_for_eyes(picture, before, now, apart)
    return False


def keep_for_eyes(picture, *sheets):
    """Before, now, and where they differ, side by side."""
    PICTURES.mkdir(exist_ok=True)
    wide = Image.new("RGB", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), "white")
    at = 0
    for sheet in sheets:
        wide.paste(sheet.convert("RGB"), (at, 0))
        at += sheet.width
    wide.save(PICTURES / picture.file.name)


def test_no_picture_is_left_over():
    assert {file.name for file in FOLDER.glob("*.png")} == {each.file.name for each in ALL}


def test_a_change_of_the_look_is_noticed(stage):
    theme, take = stage
    first, other = [each for each in ALL if each.theme == theme][:2]
    assert not looks_the_same(first, take(other))
