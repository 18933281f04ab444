"""The stage of the gallery in the tests: every scene played in this process, its page shown in our Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portal import language
from portal.config import Settings
from portal.demo.gallery.stage import Stage

URL = "http://127.0.0.1:8000"


@contextmanager
def opened(**settings: Any) -> Iterator[Stage]:
    with TemporaryDirectory() as data:
        yield Stage(Settings(mode="demo", url=URL, data=Path(data), **settings))
    language.connect(Settings(mode="demo", url=URL))
