"""Every state of the gallery as those see it who need it most: nothing for axe to find, by day and by night."""

import pytest

from portal.demo.gallery.export import projector
from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import SCENES

from . import looking

pytestmark = pytest.mark.browser

ROOMS = sorted({scene.room for scene in SCENES.values()})


@pytest.fixture(scope="module")
def show(browser, plays):
    return projector(browser, plays)


@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing_in_any_state(show, room):
    found, known = {}, set()
    for name in (name for name, scene in SCENES.items() if scene.room == room):
        page = show(name, Look(), "desktop")
        if (same := looking.structure(page.content())) in known:
            continue  # it differs from another one in words alone
        known.add(same)
        page.evaluate(looking.AXE)
        for scheme, options in looking.RULES.items():
            page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", scheme)
            if faults := page.evaluate(looking.FINDINGS, options):
                found[name, scheme] = faults
    assert found == {}
