"""The hall: stylesheets, scripts and images. Which file an address means, the version in it, and how it goes out."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from os.path import isfile
from pathlib import Path

from flask import Flask, Response, current_app, g, request, send_from_directory, url_for

TEXTS = ("text/css", "text/javascript", "image/svg+xml")

# What every page needs goes out as one stylesheet, in this order; each part of it may be the theme's.
BUNDLE = "css/portal.css"
COMMON = ("tokens", "base", "layout")
COMPONENTS = (
    *("icon", "menu", "button", "form", "field", "choices", "notice", "card", "empty", "rows", "table", "tag"),
    *("emblem", "countdown", "code_field", "ways", "pill", "slip", "compare"),
)
PAGES = ("challenge",)
PARTS = tuple(f"css/{part}.css" for part in (*COMMON, *COMPONENTS, *PAGES))

# The sheet of a component lies beside its markup, and goes out beside the others.
OWN_SHEETS = {f"css/{name}.css": f"{name}/{name}.css" for name in (*COMPONENTS, "phone_handset")}


def register(app: Flask, static_folders: list[Path], component_folders: list[Path]) -> None:
    """Serve the files in these folders, those of an earlier one first."""
    app.extensions["static_folders"] = static_folders
    app.extensions["component_folders"] = component_folders
    app.add_url_rule("/static/<path:filename>", "static", static)


def place(path: str) -> tuple[Path, str]:
    """Where a static file is, with the theme or else with us: a folder, and the name in it."""
    name = OWN_SHEETS.get(path, path)
    folders: list[Path] = current_app.extensions["component_folders" if path in OWN_SHEETS else "static_folders"]
    # Not Path.is_file, which raises for a name that is too long.
    return next((each for each in folders if isfile(each / name)), folders[-1]), name  # noqa: PTH113


def files(path: str) -> list[Path]:
    """What goes out under this address."""
    return [Path(*place(part)) for part in (PARTS if path == BUNDLE else [path])]


def asset(path: str) -> str:
    """The address of a static file, with a version that changes with its content; looked up once a request."""
    known: dict[str, str] = g.setdefault("assets", {})
    if path not in known:
        known[path] = address(path)
    return known[path]


def address(path: str) -> str:
    stamps = tuple((file, file.stat().st_mtime_ns) for file in files(path))
    return url_for("static", filename=path, v=version(stamps))


@cache
def version(stamps: tuple[tuple[Path, int], ...]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file, _ in stamps)).hexdigest()[:12]


def static(filename: str) -> Response:
    """The file; compressed where that helps and the browser can read it. (Pages are not: they hold secrets, BREACH.)"""
    response = bundle() if filename == BUNDLE else send_from_directory(*place(filename))
    if response.mimetype in TEXTS and response.status_code == 200:
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"] and not request.range:
            response.direct_passthrough = False
            response.set_data(compressed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
            response.headers.pop("ETag", None)  # that of the file as it lies there
    return response


def bundle() -> Response:
    response = Response(b"\n".join(file.read_bytes() for file in files(BUNDLE)), mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = current_app.config["SEND_FILE_MAX_AGE_DEFAULT"]
    return response


@cache
def compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
