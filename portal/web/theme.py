"""The hall: the looks of an installation. Whatever lies in the folder of PORTAL_THEME comes before ours.

A template of the theme may extend the one whose place it takes, as `ours/` and its name, and replace blocks of it.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, cast

from flask import Flask, Response, current_app, request, send_from_directory
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from portal.config import BadSetting, Settings

WORTH_IT = ("text/css", "text/javascript", "image/svg+xml")
OWN_SHEET = "css/theme.css"  # of a theme: the last of the stylesheets, and outside their layers, so that it wins


def register(app: Flask, settings: Settings) -> None:
    """Look in the theme first. Raises BadSetting where there is none."""
    if settings.theme.name and not settings.theme.is_dir():
        raise BadSetting(f"PORTAL_THEME is {str(settings.theme)!r}, and there is no such folder.")
    folders = [settings.theme.resolve(), Path(app.root_path)] if settings.theme.name else [Path(app.root_path)]
    templates = [folder / "templates" for folder in folders]
    ours = PrefixLoader({"ours": FileSystemLoader(templates[-1])})
    app.jinja_loader = ChoiceLoader([FirstFound(templates), ours])
    app.extensions["static_folders"] = [folder / "static" for folder in folders]
    app.jinja_env.globals["theme_sheet"] = OWN_SHEET if (folders[0] / "static" / OWN_SHEET).exists() else ""
    app.add_url_rule("/static/<path:filename>", "static", static)


class FirstFound(FileSystemLoader):
    """Templates of the first folder that has them; one put into an earlier folder while the program runs is noticed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, file, unchanged = super().get_source(environment, template)
        return source, file, lambda: unchanged() and self.first(template) == Path(file)

    def first(self, template: str) -> Path | None:
        return next((file for folder in self.searchpath if (file := Path(folder, template)).is_file()), None)


def static(filename: str) -> Response:
    """The file; compressed where that helps and the browser can read it. (Pages are not: they hold secrets, BREACH.)"""
    folder = static_folder(filename)
    response = send_from_directory(folder, filename)
    if response.mimetype in WORTH_IT and response.status_code == 200:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"] and not request.range:
            file = folder / filename
            cast(IO[bytes], response.response).close()
            response.direct_passthrough = False
            response.set_data(compressed(file, file.stat().st_mtime_ns))
            response.headers["Content-Encoding"] = "gzip"
            del response.headers["ETag"]  # that of the file as it lies there
    return response


@cache
def compressed(file: Path, changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)


def static_folder(path: str) -> Path:
    """Where a static file is: with the theme, else with us."""
    folders: list[Path] = current_app.extensions["static_folders"]
    return next((each for each in folders if (each / path).is_file()), folders[-1])
