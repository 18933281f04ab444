"""The whole demo: the program, with all that can be looked at and moved in it."""

from __future__ import annotations

from flask import Flask

from portal.demo import rooms
from portal.demo.gallery import room as gallery
from portal.demo.kit import DemoKit


def hang(kit: DemoKit) -> Flask:
    """The program of the demo, with the gallery."""
    app = rooms.program(kit)
    gallery.put_up(app)
    return app
