"""The demo's own pages, put up in a program that is made without them."""

from __future__ import annotations

from flask import Flask

from portal.demo.pages import clock, mail, phones


def put_up(app: Flask) -> Flask:
    """Phones, mail and clock; the gallery, which plays a program like this one, is put up by `hang`."""
    for each in (phones, mail, clock):
        app.register_blueprint(each.room)
    return app
