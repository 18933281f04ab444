"""`portal words`: the catalogues of messages, kept in step with the code and the templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from portal.commands.common import Refused
from portal.language import ENGLISH, FOLDER

ROOT = FOLDER.parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}

folder_argument = click.argument(
    "folder", default=FOLDER, type=click.Path(exists=True, file_okay=False, path_type=Path)
)


@click.group()
def words() -> None:
    """The words of pages, mails and texts in each language: FOLDER has a catalogue for each (or translations/)."""


@words.command()
@folder_argument
def update(folder: Path) -> None:
    """Give every catalogue the messages that there are by now, and keep what is translated.

    en.po has no words: English stands in the code. It is where a translation starts, and the place for other English.
    """
    said = messages()
    for file in catalogues(folder):
        merged = merge(said, file)
        write(file, merged)
        click.echo(f"{file.name}: {len(merged)} messages, {len(untranslated(merged))} of them without words.")


@words.command()
@folder_argument
def check(folder: Path) -> None:
    """Say what is wrong with a catalogue: an old one, a message without words, a placeholder that is lost."""
    said = messages()
    if problems := [problem for file in catalogues(folder) if (problem := wrong_with(file, said))]:
        raise Refused(" ".join(problems))
    click.echo("Every catalogue has every message.")


@cache
def messages() -> Catalog:
    """What the code and the templates say, as it is now."""
    with (FOLDER / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = Catalog()
    for file, line, message, _comments, _context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=has_words
    ):
        found.add(message, locations=[(file, line)])
    return found


def has_words(folder: str | Path) -> bool:
    return Path(folder).relative_to(ROOT).parts[0] in ("portal", "templates")


def catalogues(folder: Path) -> list[Path]:
    return sorted({folder / f"{ENGLISH}.po", *folder.glob("*.po")})


def read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog(locale=file.stem)
    with file.open("rb") as there:
        return read_po(there, locale=file.stem)


def merge(said: Catalog, file: Path) -> Catalog:
    """Every message that is said, with the words that `file` has for it."""
    there, merged = read(file), Catalog(locale=file.stem)
    for message in entries(said):
        old = there.get(message.id)
        kept = old.string if old and old.id == message.id else None
        merged.add(message.id, kept, locations=message.locations)
    return merged


def write(file: Path, catalog: Catalog) -> None:
    """Without dates and line numbers, which would be other ones each time."""
    header = (
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {file.stem}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    with file.open("wb") as there:
        there.write(header.encode())
        write_po(there, catalog, omit_header=True, sort_by_file=True, include_lineno=False)


def wrong_with(file: Path, said: Catalog) -> str:
    """One sentence, or nothing."""
    catalog = read(file)
    if {message.id for message in entries(catalog)} != {message.id for message in entries(said)}:
        return f"{file.name} is not up to date. Run: portal words update."
    for message, errors in catalog.check():
        return f"{file.name}: {errors[0]}, in {message.id!r}."
    if file.stem != ENGLISH and (empty := untranslated(catalog)):
        return f"{file.name} has no words for {len(empty)} messages, such as {empty[0].id!r}."
    return ""


def untranslated(catalog: Catalog) -> list[Message]:
    return [each for each in entries(catalog) if not all(texts(each))]


def texts(message: Message) -> list[str]:
    """One, or one for each plural."""
    if isinstance(message.string, list | tuple):
        return list(message.string)
    return [message.string or ""]


def entries(catalog: Catalog) -> list[Message]:
    """The messages, without the header, which is one to the library."""
    return [message for message in catalog if message.id]
