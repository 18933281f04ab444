"""One program and one Chromium for all tests; for each test the demo as it is at the beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from portal.demo import seed
from portal.demo.kit import DemoKit

from . import chromium
from .person import Person
from .phone import LivePhone
from .server import Server, serving
from .watch import Watch

PICTURES = Path(__file__).parent.parent.parent / "test-results"  # what a failed test saw


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.NONE_HERE)
    with chromium.launched(path) as browser:
        yield browser


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    if running.has_ended:
        pytest.exit(running.troubles(), 1)
    running.reset()
    yield running
    assert not running.troubles()


@pytest.fixture
def kit(server: Server) -> DemoKit:
    return server.kit


@pytest.fixture
def clock(server: Server) -> Server:
    return server


@pytest.fixture
def phone(kit: DemoKit) -> Callable[[str], LivePhone]:
    """A phone of the demo, by its number as people write it."""
    return lambda number: LivePhone(kit.telephony, re.sub(r"[^+\d]", "", number))


@pytest.fixture
def visitor(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """A browser that nobody has signed in with. What is wrong with any page in it fails the test at its end."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_browser(*, script: bool = True, **more: Any) -> Person:
        context = browser.new_context(java_script_enabled=script, reduced_motion="reduce", **more)
        context.set_default_timeout(5_000)
        watch = Watch(context)
        opened.append((context, watch))
        return Person(context, watch, server.url, script=script)

    yield open_browser
    if getattr(request.node, "failed", False):
        take_pictures(request.node.name, [page for context, _ in opened for page in context.pages])
    for context, _ in opened:
        context.close()
    faults = [fault for _, watch in opened for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def person(visitor: Callable[..., Person]) -> Callable[..., Person]:
    """A browser in which somebody of the demo has just signed in."""
    return lambda name, **more: visitor(**more).signs_in(name, seed.PASSWORD)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


def take_pictures(name: str, pages: list[Any]) -> None:
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(pages):
        page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
