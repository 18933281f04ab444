"""The scenes by name: each a few lines that lead a player to one state of one page."""

from __future__ import annotations

from portal.demo.gallery.scenes import (
    account_site,
    components,
    console,
    desk,
    dev,
    errors,
    payment_information,
    sign_in,
    support,
    texts_and_mails,
    users,
    verify,
)
from portal.demo.gallery.scenes import help as answers
from portal.demo.gallery.scenes.book import Scene

ROOMS = (
    sign_in,
    verify,
    console,
    payment_information,
    users,
    account_site,
    support,
    desk,
    answers,
    texts_and_mails,
    dev,
    errors,
    components,
)

SCENES: dict[str, Scene] = {scene.name: scene for room in ROOMS for scene in room.book}
