"""The whole demo: the program, with all that can be looked at and moved in it."""

from __future__ import annotations

from flask import Flask

from portal.demo import rooms
from portal.demo.gallery import room as gallery


def hang(app: Flask) -> Flask:
    """Make a demo of `app`, which was made with the kit of one."""
    rooms.put_up(app)
    gallery.put_up(app)
    return app
