"""`portal gallery`: every state of every page, as files."""

from __future__ import annotations

from pathlib import Path

import click

from portal.commands.common import Refused, clear_errors, given
from portal.gallery.export import NoBrowser, write_pages, write_pictures
from portal.gallery.stage import Stage


@click.group()
def gallery() -> None:
    """Every state of every page, for designers."""


@gallery.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--pictures", is_flag=True, help="PNG files too: phone and desktop, light and dark. Needs Chromium.")
@clear_errors
def export(folder: Path, pictures: bool) -> None:
    """Write every state into FOLDER, as HTML with its stylesheets and images beside it."""
    stage = Stage(given(None, mode="demo", url="http://127.0.0.1:8000", telephony="fake", mail="fake"))
    try:
        count = write_pages(stage, folder)
        click.echo(f"{count} states are in {folder}. Look at them with: python3 -m http.server --directory {folder}")
        if pictures:
            click.echo(f"{write_pictures(stage, folder)} pictures are in {folder / 'pictures'}.")
    except NoBrowser as missing:
        raise Refused(str(missing)) from None
    finally:
        stage.close()
