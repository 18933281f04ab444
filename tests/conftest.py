"""A fresh demo for each test, on SQLite or, with PORTAL_TEST_DATABASE=postgresql://…, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from house.asking import Asked, app_code
from house.browser import Browser
from house.desk import at_the_desk, signed_in
from house.phones import Phone
from house.plays import Plays
from house.world import Beginning, StillClock, close, kit_of, settings_for

from portal.accounts.staff import Desk
from portal.database import database
from portal.demo import rooms, seed
from portal.kit import Kit
from portal.models.case import Case, Identified
from portal.models.challenge import Purpose
from portal.models.event import Event
from portal.models.sign_in import SignIn
from portal.support import cases, desk


@pytest.fixture(scope="session")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Beginning:
    return Beginning(tmp_path_factory.mktemp("beginning"))


@pytest.fixture
def kit(beginning: Beginning, tmp_path: Path) -> Iterator[Kit]:
    yield beginning.copy(tmp_path / "data")
    close(database.obj)


@pytest.fixture
def kit_with(kit: Kit) -> Callable[..., Kit]:
    """The same world under other settings."""
    return lambda **more: kit_of(replace(kit.settings, **more))


@pytest.fixture
def clock(kit: Kit) -> StillClock:
    return kit.clock


@pytest.fixture(scope="session")
def program(beginning: Beginning) -> Flask:
    """Made once, as that takes longer than most tests; each test hands it a kit of its own."""
    return rooms.program(kit_of(settings_for(beginning.folder)))


@pytest.fixture
def app(program: Flask, kit: Kit) -> Flask:
    program.extensions["kit"] = kit
    return program


@pytest.fixture
def app_with(kit_with: Callable[..., Kit]) -> Callable[..., Flask]:
    """A program of its own, under other settings."""

    def make(**more: Any) -> Flask:
        close(database.obj)
        return rooms.program(kit_with(**more))

    return make


@pytest.fixture(scope="session")
def plays(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plays]:
    """The scenes of the gallery, each played once in a look."""
    plays = Plays(tmp_path_factory.mktemp("plays"), kept=pytestconfig.cache.mkdir("plays"))
    yield plays
    plays.close()


@pytest.fixture
def visitor(app: Flask) -> Callable[..., Browser]:
    """A browser that nobody has signed in with; `of` another app, if there are two."""
    return lambda of=app, **more: Browser(of.test_client(), **more)


@pytest.fixture
def person(visitor: Callable[..., Browser]) -> Callable[..., Browser]:
    """A browser in which somebody of the demo has just signed in."""

    def sign_in(name: str, **more: Any) -> Browser:
        door = visitor(**more).opens("/sign-in").fills("E-mail address", f"{name}@example.com")
        return door.fills("Password", seed.PASSWORD).presses("Sign in")

    return sign_in


@pytest.fixture
def verified(kit: Kit, person: Callable[..., Browser]) -> Callable[..., Browser]:
    """A browser in which grace has just verified with her app, Payment Information in front of her."""

    def verify(**more: Any) -> Browser:
        grace = person("grace", **more).clicks("Payment Information")
        return grace.fills("Six-digit code", app_code(kit)).presses("Verify")

    return verify


@pytest.fixture
def phone(kit: Kit) -> Callable[[str], Phone]:
    return lambda number: Phone(kit.telephony, number)


@pytest.fixture
def asked(kit: Kit) -> Callable[..., Asked]:
    """Somebody before a question of the heart, without any web."""

    def ask(name: str, company: str = "Analytical Engines", purpose: Purpose = Purpose.PAYMENT_INFORMATION) -> Asked:
        return Asked.open(kit, name, company, purpose)

    return ask


@pytest.fixture
def events(kit: Kit) -> Callable[..., list[Event]]:
    """What is on the record, oldest first; of one kind or of all."""

    def read(kind: str = "") -> list[Event]:
        found = Event.select().order_by(Event.id)
        return list(found.where(Event.kind == kind) if kind else found)

    return read


# Before and behind a support desk


@pytest.fixture
def care(kit: Kit, person: Callable[..., Browser]) -> Callable[[], Browser]:
    """A browser in which care sits at the desk of customer support."""
    return lambda: at_the_desk(kit, person)


@pytest.fixture
def grace_asks(kit: Kit) -> Callable[..., Case]:
    """Grace has written to customer support; the case."""

    def ask(text: str = "My phone is gone.", name: str = "grace", to: Desk = Desk.CUSTOMER_SUPPORT) -> Case:
        return cases.say(kit, signed_in(kit, name), to, text)

    return ask


@pytest.fixture
def known(kit: Kit, grace_asks: Callable[..., Case]) -> tuple[SignIn, int]:
    """Care has taken the case of grace and knows that it is her; care's sign-in, and the case."""
    case, by = grace_asks(), signed_in(kit, "care")
    desk.take(kit, by, case.id)
    desk.identify(kit, by, case.id, Identified.TWO_FACTS, "Address and year of the first payment")
    return by, case.id
