"""The stage: a process of its own with the real program, a fresh demo world for each scene and a clock that stands
still. Nothing that is played here touches the data of the demo that shows it."""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import shutil
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from portal.config import Settings
from portal.database import connect, database
from portal.demo import rooms, seed
from portal.demo.clock import StillClock
from portal.demo.gallery.looks import Look
from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes import SCENES
from portal.demo.kit import DemoKit, pack_demo
from portal.models.company import Company
from portal.models.user import User

LIVE = "/dev/live"  # where an open page learns that a file was saved
OPENING = datetime(2026, 11, 20, 10, 24, tzinfo=UTC)
FLASKS = ("g", "request", "session", "current_user")  # at hand in every template
LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Smythe of Upper Llanfairpwllgwyngyll"


@dataclass(frozen=True)
class Shown:
    """What a scene ended with. `variables` are those of the template: name to its value in short."""

    status: int
    html: str
    path: str
    template: str
    variables: dict[str, str]


class Stage:
    """Plays scenes one after another, in a folder of its own beside the demo's data. `settings` are those of the demo:
    its theme, brand and limits hold here too."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data / "gallery"
        self.close()  # what an earlier one left, which was stopped
        self.settings = replace(settings, data=self.folder / "beginning", database="", keys=Path())
        self.takes = itertools.count()
        connect(self.settings)
        seed.reset(self.kit_in(self.settings.data))
        database.close()
        self.app = self.program()

    def program(self) -> Flask:
        app = rooms.program(self.kit_in(self.settings.data))
        app.config["WTF_CSRF_ENABLED"] = False  # nobody else reaches this program
        return app

    def kit_in(self, folder: Path) -> DemoKit:
        return pack_demo(replace(self.settings, data=folder), StillClock(folder / "clock", OPENING))

    def play(self, name: str, look: Look) -> Shown:
        """Play the scene of this name from the beginning, and show how it ends. Raises KeyError for no such scene."""
        folder = self.folder / str(next(self.takes))
        shutil.copytree(self.settings.data, folder)
        try:
            return self.played(name, look, self.kit_in(folder))
        finally:
            database.close()
            shutil.rmtree(folder, ignore_errors=True)

    def played(self, name: str, look: Look, kit: DemoKit) -> Shown:
        self.app.extensions["kit"] = kit
        connect(kit.settings)
        database.connect()
        User.update(language=look.language).execute()
        if look.names == "long":
            User.update(name=User.name.concat(f" {LONG}")).execute()
            Company.update(name=Company.name.concat(f" and {LONG} Partnership")).execute()
        User.update(language=look.language).execute()
        player = Player(self.app, kit, look.language)
        last = SCENES[name].play(player) or player
        answer, given = last.response, last.context
        variables = {key: short(value) for key, value in given.items() if key not in FLASKS and not callable(value)}
        return Shown(answer.status_code, look.dress(answer.text), answer.request.path, last.template, variables)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 80 else f"{text[:80]}…"


# The same, in a process that is started when it is first needed.

_stage: Stage


def begin(settings: Settings) -> None:
    global _stage
    logging.disable()  # what goes wrong in a scene is meant to
    _stage = Stage(settings)
    _stage.app.jinja_env.globals["live_url"] = LIVE


def play(name: str, look: Look) -> Shown:
    return _stage.play(name, look)


class Theatre:
    """Hands scenes over to a stage behind the wall, one at a time, and opens another where it broke down."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.Lock()
        self.pool: ProcessPoolExecutor | None = None
        self.kept: dict[tuple[str, Look], Shown] = {}
        self.as_of = ""

    def play(self, name: str, look: Look, as_of: str) -> Shown:
        """As Stage.play; what was played `as_of` the present templates is kept. Raises what the scene raised."""
        with self.lock:
            if as_of != self.as_of:
                self.kept, self.as_of = {}, as_of
            if (name, look) not in self.kept:
                self.kept[name, look] = self.played(name, look)
            return self.kept[name, look]

    def played(self, name: str, look: Look) -> Shown:
        try:
            return self.opened().submit(play, name, look).result()
        except BrokenProcessPool:
            self.pool = None
            return self.opened().submit(play, name, look).result()

    def opened(self) -> ProcessPoolExecutor:
        if self.pool is None:
            spawn = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(1, spawn, initializer=begin, initargs=(self.settings,))
        return self.pool
