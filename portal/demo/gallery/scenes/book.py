"""Writing scenes down: `book = Book("Room")`, and `@book("What one sees")` above each function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from portal.demo.gallery.player import Player

Act = Callable[[Player], Player | None]
Written = TypeVar("Written", bound=Act)


@dataclass(frozen=True)
class Scene:
    room: str
    title: str
    play: Act  # ends with the player's last answer, or that of the player it returns
    status: int = 200

    @property
    def name(self) -> str:
        """Its own part of the address: `two-step-verification/a-text-was-sent`."""
        return f"{slug(self.room)}/{slug(self.title)}"

    @property
    def source(self) -> str:
        """Where it is written."""
        return f"portal/demo/gallery/scenes/{self.play.__module__.rpartition('.')[2]}.py, {self.play.__name__}"


class Book:
    """The scenes of one room, in the order in which they are shown."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.scenes: list[Scene] = []

    def __call__(self, title: str, status: int = 200) -> Callable[[Written], Written]:
        def write(play: Written) -> Written:
            self.scenes.append(Scene(self.room, title, play, status))
            return play

        return write

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.scenes)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
