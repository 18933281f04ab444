"""What language a sentence is in: English as the code and the templates have it, unless a catalogue in `translations/`
(or in the theme's own) says it otherwise. Dates and numbers follow.

The language is that of whoever reads: of the visitor for a page, of the recipient for a mail or a text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path
from typing import IO, Literal

from babel import Locale, dates, numbers, units
from babel.support import Translations

from portal.config import Settings

FOLDER = Path(__file__).parent.parent / "translations"
ENGLISH = "en"
REGIONS = {ENGLISH: "en_GB"}  # whose dates and numbers a language uses, where that is not its own country
FULL_DAYS = {ENGLISH: "EEEE d MMMM y"}  # where ours has no comma
WEEKDAYS = {"de": "EEEE, d. MMMM"}  # where the locale shortens the weekday

WITH_WORDS = re.compile(rb'^msgstr(?:\[[0-9]\])? "[^"]|^msgstr(?:\[[0-9]\])? ""\n"(?!Content)', re.MULTILINE)

Unit = Literal["day", "hour", "minute", "second"]
DayForm = Literal["short", "weekday", "long", "full"]

_folders = [FOLDER]  # later ones win
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)
_words: ContextVar[NullTranslations | None] = ContextVar("words", default=None)  # of that language, looked up once


class Kept:
    """What is looked up once where it cannot change, in production."""

    known: dict[str, str] | None = None
    catalogues: dict[str, NullTranslations] | None = None


def connect(settings: Settings) -> None:
    """Read the words from here on as `settings` say: ours, with those of the theme before them."""
    _folders[:] = [FOLDER, *([settings.theme / "translations"] if settings.theme.name else [])]
    _words.set(None)
    Kept.known = Kept.catalogues = None
    if not settings.demo:
        Kept.known, Kept.catalogues = known(), {}


def known() -> dict[str, str]:
    """The languages that there are: code to the name that its own speakers use."""
    if Kept.known is not None:
        return Kept.known
    codes = sorted({ENGLISH, *(file.stem for folder in _folders for file in folder.glob("*.po"))})
    return {code: own_name(code) for code in codes}


@cache
def own_name(code: str) -> str:
    return (Locale.parse(code).get_display_name(code) or code).capitalize()


def choose(code: str) -> None:
    """Speak this language from here on, in this thread; English where it is none of ours."""
    _spoken.set(code if code in known() else ENGLISH)
    _words.set(catalogue())


def spoken() -> str:
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say something in another language than the present one, to somebody else; `""` is English."""
    before = spoken()
    choose(code)
    try:
        yield
    finally:
        choose(before)


def gettext(message: str, **values: object) -> str:
    """The sentence in the present language, `%(name)s` in it filled in."""
    return say(message) % values


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The same for a number of things; `%(num)s` is the number."""
    return say_number(one, many, number) % {"num": number, **values}


def later(message: str) -> str:
    """Marks a sentence for the catalogues that is translated where it is used, by `gettext`."""
    return message


def say(message: str) -> str:
    """The sentence, nothing filled in: what Jinja's own `gettext` calls."""
    return catalogue_at_hand().gettext(message) if message else ""


def say_number(one: str, many: str, number: int) -> str:
    return catalogue_at_hand().ngettext(one, many, number)


def catalogue_at_hand() -> NullTranslations:
    return _words.get() or catalogue()


def catalogue() -> NullTranslations:
    """The words of the present language."""
    kept = Kept.catalogues if Kept.catalogues is not None else {}
    if spoken() not in kept:
        files = [folder / f"{spoken()}.po" for folder in _folders]
        kept[spoken()] = read(spoken(), tuple((file, file.stat().st_mtime_ns) for file in files if file.exists()))
    return kept[spoken()]


@cache
def read(code: str, files: tuple[tuple[Path, int], ...]) -> NullTranslations:
    """The catalogues one upon the other; read again when one has changed."""
    made = Translations()
    for file, _ in files:
        if WITH_WORDS.search(file.read_bytes()):  # ours of English has none
            made.merge(Translations(compiled(file, code)))
    return made


def compiled(file: Path, code: str) -> IO[bytes]:
    """As gettext reads it. What writes it is loaded where there is something to write."""
    words = io.BytesIO()
    with file.open("rb") as there:
        catalog = import_module("babel.messages.pofile").read_po(there, locale=code)
    import_module("babel.messages.mofile").write_mo(words, catalog)
    words.seek(0)
    return words


def locale() -> Locale:
    return locale_of(spoken())


@cache
def locale_of(code: str) -> Locale:
    return Locale.parse(REGIONS.get(code, code))


KEPT = 10_000  # of the dates and lengths that were said last


def moment(then: datetime) -> str:
    """A moment to the minute: 22 November 2026, 14:03 UTC."""
    return minute_in(then.replace(second=0, microsecond=0), locale())


@lru_cache(KEPT)
def minute_in(then: datetime, where: Locale) -> str:
    return f"{dates.format_date(then, 'long', where)}, {dates.format_time(then, 'HH:mm', locale=where)} UTC"


def clock_time(then: datetime, seconds: bool = False) -> str:
    """The time of day: 14:03."""
    return dates.format_time(then, "HH:mm:ss" if seconds else "HH:mm", locale=locale())


def day(then: date | str, form: DayForm = "long") -> str:
    """22 November 2026; `full` with its weekday, `weekday` Sunday 22 November, `short` 22 Nov. A text is ISO."""
    then = date.fromisoformat(then) if isinstance(then, str) else then
    if form == "weekday" and spoken() in WEEKDAYS:
        return dates.format_date(then, WEEKDAYS[spoken()], locale())
    if form in ("short", "weekday"):
        return dates.format_skeleton("MMMd" if form == "short" else "MMMMEEEEd", then, locale=locale())
    return dates.format_date(then, FULL_DAYS.get(spoken(), form) if form == "full" else form, locale())


def length(count: int, unit: Unit) -> str:
    """How long a whole number of `unit`s is: 4 minutes, as a browser says it too."""
    return length_in(count, unit, locale())


@lru_cache(KEPT)
def length_in(count: int, unit: Unit, where: Locale) -> str:
    return units.format_unit(count, f"duration-{unit}", "long", locale=where)


def distance(span: timedelta, unit: Unit) -> str:
    """How far away a whole number of `unit`s is: in 4 minutes, 3 days ago."""
    return distance_in(span, unit, locale())


@lru_cache(KEPT)
def distance_in(span: timedelta, unit: Unit, where: Locale) -> str:
    return dates.format_timedelta(span, unit, threshold=1e9, add_direction=True, locale=where)


def number(value: int) -> str:
    return numbers.format_decimal(value, locale=locale())
