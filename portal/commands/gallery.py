"""`portal gallery`: every state of every page, as files."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from portal.commands.common import Refused, clear_errors, given
from portal.demo.gallery.export import NoBrowser, write_pages, write_pictures
from portal.demo.gallery.stage import Stage


@click.group()
def gallery() -> None:
    """Every state of every page, for designers."""


@gallery.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pictures", is_flag=True, help="PNG files too: phone and desktop, light and dark. Needs Chromium.")
@clear_errors
def export(folder: Path, pictures: bool) -> None:
    """Write every state into FOLDER, as HTML with its stylesheets and images beside it."""
    logging.disable()  # what goes wrong in a scene is meant to
    with TemporaryDirectory() as data:
        stage = Stage(given(Path(data), mode="demo", url="http://127.0.0.1:8000", telephony="fake", mail="fake"))
        count = write_pages(stage, folder)
        click.echo(f"{count} states are in {folder}. Look at them with: python3 -m http.server --directory {folder}")
        if pictures:
            click.echo(f"{pictures_in(stage, folder)} pictures are in {folder / 'pictures'}.")


def pictures_in(stage: Stage, folder: Path) -> int:
    try:
        return write_pictures(stage, folder)
    except NoBrowser as missing:
        raise Refused(str(missing)) from None
