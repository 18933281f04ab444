"""The scenes of the gallery, each played once in a look for all the tests that look at it, with what was rendered and
said on the way.

What was played is kept in a file from one run of the tests to the next, for as long as nothing changes that it is made
of: the browser tests look at what the other tests have played.
"""

from __future__ import annotations

import hashlib
import inspect
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from house.branches import Branch, Branches
from portal import language
from portal.config import Settings
from portal.database import database
from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import SCENES, texts_and_mails
from portal.demo.gallery.stage import Shown, Stage
from portal.telling import letters, notices
from portal.verification import codes

ROOT = Path(__file__).parent.parent.parent
MADE_OF = ("portal", "templates", "static", "themes", "translations", "tests/house", "requirements-dev.lock")
URL = "http://127.0.0.1:8000"
NOTICES = ("tell", "tell_administrators", "text", "text_old_number")


@dataclass
class Played:
    """How a scene ended, or what it raised; the branches of templates that it took, and, in the room of the texts and
    mails, the letters, the channels and the functions by which somebody was told something."""

    shown: Shown | None = None
    raised: str = ""
    branches: set[Branch] = field(default_factory=set)
    said: set[str] = field(default_factory=set)


class Plays:
    """In the place of a Stage: `play`, `app` and `settings` are as there. It plays on SQLite, whatever the other tests
    use, and leaves them their database and their language."""

    def __init__(self, data: Path, kept: Path) -> None:
        self.settings = settings_in(data)
        self.file = kept / digest()
        self.kept: dict[tuple[str, Look], Played] = {}
        if self.file.exists():
            self.kept = pickle.loads(self.file.read_bytes())  # noqa: S301, written by ourselves
        self.before = len(self.kept)

    def play(self, name: str, look: Look) -> Shown:
        played = self.played(name, look)
        assert played.shown, played.raised
        return played.shown

    def played(self, name: str, look: Look) -> Played:
        if (name, look) not in self.kept:
            self.kept[name, look] = self.watched(name, look)
        return self.kept[name, look]

    def watched(self, name: str, look: Look) -> Played:
        stage, played = self.stage, Played()
        with apart(), pytest.MonkeyPatch.context() as patch:
            if SCENES[name].room == texts_and_mails.book.room:
                listen(patch, played.said)
            self.branches.taken = played.branches
            try:
                played.shown = stage.play(name, look)
            except Exception as problem:  # noqa: BLE001, told by a test of its own
                played.raised = repr(problem)
        return played

    @cached_property
    def stage(self) -> Stage:
        with apart():
            stage = Stage(self.settings)
        self.branches.watch(stage.app.jinja_env)
        return stage

    @cached_property
    def branches(self) -> Branches:
        return Branches()

    @property
    def app(self) -> Flask:
        return self.stage.app

    def close(self) -> None:
        """Keep what was played, in the place of what was made of older files."""
        if len(self.kept) > self.before:
            fresh = self.file.with_suffix(f".{id(self)}")
            fresh.write_bytes(pickle.dumps(self.kept))
            for old in set(self.file.parent.iterdir()) - {fresh}:
                old.unlink(missing_ok=True)
            fresh.replace(self.file)
        if "stage" in self.__dict__:
            self.stage.close()


def settings_in(data: Path, **more: Any) -> Settings:
    return Settings(mode="demo", url=URL, data=data, **more)


def digest() -> str:
    """Of all that a scene is made of, the versions of Python and the libraries among it."""
    made_of = hashlib.sha256(sys.version.encode())
    for place in (ROOT / each for each in MADE_OF):
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix != ".pyc":
                made_of.update(f"\0{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return made_of.hexdigest()


@contextmanager
def apart() -> Iterator[None]:
    """Database and language are those of the test again afterwards."""
    theirs = database.obj
    with language.speaking(language.ENGLISH):
        yield
    if theirs is not None:
        database.initialize(theirs)


def listen(patch: pytest.MonkeyPatch, said: set[str]) -> None:
    """Note which words of mails are used, which channels, and who tells people something."""

    def heard(module: ModuleType, name: str, words: Callable[..., str]) -> None:
        function = getattr(module, name)

        def listening(*args: Any, **more: Any) -> Any:
            said.add(words(*args, **more))
            return function(*args, **more)

        patch.setattr(module, name, listening)

    for name in functions_of(letters):
        heard(letters, name, lambda *_, name=name, **__: name)
    heard(codes, "body", lambda channel, *_, **__: str(channel))
    for name in NOTICES:
        heard(notices, name, lambda *_, **__: caller())


def functions_of(module: ModuleType) -> list[str]:
    return [name for name, made in inspect.getmembers(module, inspect.isfunction) if made.__module__ == module.__name__]


def caller() -> str:
    """The function that called what listens."""
    frame = sys._getframe(3)
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_name}"
