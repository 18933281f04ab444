"""The program of the demo: the console, with the demo's own pages put up in it."""

from __future__ import annotations

from flask import Flask

from portal.app import create_app
from portal.demo.pages import clock, mail, phones
from portal.kit import Kit


def program(kit: Kit) -> Flask:
    """With phones, mail and clock. The gallery, which plays a program like this one, is put up by `hang`."""
    app = create_app(kit=kit)
    for each in (phones, mail, clock):
        app.register_blueprint(each.room)
    return app
