"""The hall: the looks of an installation. Whatever lies in the folder of PORTAL_THEME comes before ours.

A template of the theme may extend the one whose place it takes, as `ours/` and its name, and replace blocks of it.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, current_app, send_from_directory
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

from portal.config import BadSetting, Settings

OWN_SHEET = "css/theme.css"  # of a theme: the last of the stylesheets, and outside their layers, so that it wins


def register(app: Flask, settings: Settings) -> None:
    """Look in the theme first. Raises BadSetting where there is none."""
    if settings.theme.name and not settings.theme.is_dir():
        raise BadSetting(f"PORTAL_THEME is {str(settings.theme)!r}, and there is no such folder.")
    folders = [settings.theme.resolve(), Path(app.root_path)] if settings.theme.name else [Path(app.root_path)]
    ours = FileSystemLoader(folders[-1] / "templates")
    loaders: list[BaseLoader] = [FileSystemLoader(folder / "templates") for folder in folders[:-1]]
    app.jinja_loader = ChoiceLoader([*loaders, ours, PrefixLoader({"ours": ours})])
    app.extensions["static_folders"] = [folder / "static" for folder in folders]
    app.jinja_env.globals["theme_sheet"] = OWN_SHEET if (folders[0] / "static" / OWN_SHEET).exists() else ""
    app.add_url_rule("/static/<path:filename>", "static", static)


def static(filename: str) -> Response:
    return send_from_directory(static_folder(filename), filename)


def static_folder(path: str) -> Path:
    """Where a static file is: with the theme, else with us."""
    folders: list[Path] = current_app.extensions["static_folders"]
    return next((each for each in folders if (each / path).is_file()), folders[-1])
