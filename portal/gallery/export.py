"""All states as files that need no program, and as pictures where a browser can be had."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from portal.gallery.looks import Look
from portal.gallery.scenes import SCENES
from portal.gallery.stage import Shown, Stage

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
HOST = "http://gallery.invalid/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIST = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Gallery</title>\n<ul>\n{}\n</ul>\n'
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


class NoBrowser(Exception):
    """Pictures cannot be made here; the message says what is missing."""


def write_pages(stage: Stage, folder: Path) -> int:
    """Every state and a list of them; how many that were."""
    for static in reversed(stage.app.extensions["static_folders"]):
        shutil.copytree(static, folder / "static", dirs_exist_ok=True)
    lines = []
    for name, scene in SCENES.items():
        file = folder / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * (len(file.relative_to(folder).parts) - 1)
        file.write_text(by_files(stage.play(name, Look()), up))
        lines.append(f'<li><a href="{name}.html">{escape(scene.room)}: {escape(scene.title)}</a></li>')
    (folder / "index.html").write_text(LIST.format("\n".join(lines)))
    return len(lines)


def by_files(shown: Shown, up: str) -> str:
    """The page with its stylesheets and pictures beside it, without versions, which are for caches."""
    return re.sub(r'"/static/([^"?#]+)(?:\?v=\w+)?', rf'"{up}static/\1', shown.html)


def write_pictures(stage: Stage, folder: Path) -> int:
    made = 0
    with painting(stage) as paint:
        for name in SCENES:
            for size in SIZES:
                for scheme in ("light", "dark"):
                    picture = folder / "pictures" / f"{name}-{size}-{scheme}.png"
                    picture.parent.mkdir(parents=True, exist_ok=True)
                    picture.write_bytes(paint(name, Look(scheme=scheme), size))
                    made += 1
    return made


@contextmanager
def painting(stage: Stage) -> Iterator[Any]:
    """A function that paints one state (name, look, name of a size) as PNG in Chromium, which asks nobody but `stage`
    and the static files. Raises NoBrowser where Playwright or Chromium is missing."""
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        raise NoBrowser("Pictures need Playwright: pip install -r requirements-dev.lock") from None
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise NoBrowser("Pictures need Chromium, and none is installed.")
    folders: list[Path] = stage.app.extensions["static_folders"]
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=FLAGS)
        view = browser.new_page(reduced_motion="reduce")

        def paint(name: str, look: Look, size: str) -> bytes:
            shown = stage.play(name, look)
            view.unroute_all()
            view.route(f"{HOST}**", lambda route: serve(route, shown, folders))
            view.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
            view.goto(HOST)
            painted: bytes = view.screenshot(full_page=True, animations="disabled", caret="hide")
            return painted

        yield paint
        browser.close()


def serve(route: Any, shown: Shown, folders: list[Path]) -> None:
    path = route.request.url.removeprefix(HOST).partition("?")[0]
    files = [folder.parent / path for folder in folders if path.startswith("static/")]
    if not path:
        route.fulfill(body=shown.html, content_type="text/html")
    elif file := next(filter(Path.is_file, files), None):
        route.fulfill(path=file)
    else:
        route.fulfill(status=404)
