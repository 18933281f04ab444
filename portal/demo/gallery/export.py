"""All states as files that need no program, and as pictures where a browser can be had."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import SCENES
from portal.demo.gallery.stage import Shown, Stage
from portal.web.assets import BUNDLE, OWN_SHEETS

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
HOST = "http://gallery.invalid/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STILL = {"full_page": True, "animations": "disabled", "caret": "hide", "scale": "css"}
LIST = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Gallery</title>\n<ul>\n{}\n</ul>\n'
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


class NoBrowser(Exception):
    """Pictures cannot be made here; the message says what is missing."""


def write_pages(stage: Stage, folder: Path) -> int:
    """Every state and a list of them; how many that were."""
    for static in reversed(stage.app.extensions["static_folders"]):
        shutil.copytree(static, folder / "static", dirs_exist_ok=True)
    for sheet in (BUNDLE, *OWN_SHEETS):
        (folder / "static" / sheet).write_bytes(file_of(stage, f"/static/{sheet}")[0])
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
    """Every state by day and by night, on a phone and a desk, as PNG; how many that were. Raises NoBrowser."""
    made = 0
    with chromium() as browser:
        show = projector(browser, stage)
        for name, size, scheme in product(SCENES, SIZES, ("light", "dark")):
            picture = folder / "pictures" / f"{name}-{size}-{scheme}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            show(name, Look(scheme=scheme), size).screenshot(path=picture, **STILL)
            made += 1
    return made


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser. Raises NoBrowser where Playwright or Chromium is missing."""
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        raise NoBrowser("Pictures need Playwright: pip install -r requirements-dev.lock") from None
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise NoBrowser("Pictures need Chromium, and none is installed.")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def projector(browser: Any, stage: Stage) -> Callable[[str, Look, str], Any]:
    """What shows a state (name, look, name of a size) on a page of `browser`, which asks nobody but the stage."""
    screen = browser.new_page(reduced_motion="reduce")
    html = ""
    screen.route(f"{HOST}**", lambda route: serve(route, html, stage))

    def show(name: str, look: Look, size: str) -> Any:
        nonlocal html
        html = stage.play(name, look).html
        screen.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
        screen.goto(HOST)
        return screen

    return show


def serve(route: Any, html: str, stage: Stage) -> None:
    path = "/" + route.request.url.removeprefix(HOST)
    if path.startswith("/static/"):
        body, kind = file_of(stage, path)
        route.fulfill(body=body, content_type=kind)
    elif path == "/":
        route.fulfill(body=html, content_type="text/html")
    else:
        route.fulfill(status=404)


def file_of(stage: Stage, path: str) -> tuple[bytes, str]:
    """A static file as the program sends it, and its kind."""
    with stage.app.test_client().get(path, base_url=stage.settings.url) as answer:
        return answer.data, answer.content_type
