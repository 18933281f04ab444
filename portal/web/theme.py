"""The hall: the looks of an installation. Whatever lies in the folder of PORTAL_THEME comes before ours.

A template of the theme may extend the one whose place it takes, as `ours/` and its name, and replace blocks of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, Environment, FileSystemBytecodeCache, FileSystemLoader, PrefixLoader

from portal.config import BadSetting, Settings
from portal.web import assets

# What these draw depends on their arguments alone, and a page has many of them.
DRAWN_BY_ARGUMENTS = {
    "components/icon/icon.html": ("icon",),
    "components/button/button.html": ("button", "link_button", "post_button"),
}

OWN_SHEET = "css/theme.css"  # of a theme: the last of the stylesheets, and outside their layers, so that it wins


def register(app: Flask, settings: Settings) -> None:
    """Look in the theme first. Raises BadSetting where there is none."""
    if settings.theme.name and not settings.theme.is_dir():
        raise BadSetting(f"PORTAL_THEME is {str(settings.theme)!r}, and there is no such folder.")
    folders = [settings.theme.resolve(), Path(app.root_path)] if settings.theme.name else [Path(app.root_path)]
    templates = [folder / "templates" for folder in folders]
    ours = PrefixLoader({"ours": FileSystemLoader(templates[-1])})
    app.jinja_loader = ChoiceLoader([FirstFound(templates), ours])
    assets.register(app, [folder / "static" for folder in folders], [folder / "components" for folder in templates])
    app.jinja_env.globals["theme_sheet"] = OWN_SHEET if (folders[0] / "static" / OWN_SHEET).exists() else ""


def keep_compiled(templates: Environment, folder: Path) -> None:
    """Have every template at hand before the first visitor comes, compiled by an earlier start where the folder of the
    data can be written to."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(folder, os.W_OK):
            templates.bytecode_cache = FileSystemBytecodeCache(str(folder))
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    for name, macros in DRAWN_BY_ARGUMENTS.items():
        drawn: Any = templates.get_template(name).module
        for macro in macros:
            setattr(drawn, macro, remembering(getattr(drawn, macro)))


def remembering(macro: Callable[..., str]) -> Callable[..., str]:
    """The macro, with what it drew last; a text and the same as markup are two arguments."""
    kept = lru_cache(2000, typed=True)(macro)

    def drawn(*values: Any, **more: Any) -> str:
        try:
            return kept(*values, **more)
        except TypeError:  # a list or a dictionary among them
            return macro(*values, **more)

    return drawn


class FirstFound(FileSystemLoader):
    """Templates of the first folder that has them; one put into an earlier folder while the program runs is noticed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, file, unchanged = super().get_source(environment, template)
        return source, file, lambda: unchanged() and self.first(template) == Path(file)

    def first(self, template: str) -> Path | None:
        return next((file for folder in self.searchpath if (file := Path(folder, template)).is_file()), None)
