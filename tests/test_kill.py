"""A real server, killed at random moments during saves: what it confirmed is there, nothing is half there."""

import http.client
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from house.asking import PAYMENT, app_code
from house.browser import Browser
from house.wire import Wire
from house.world import POSTGRES, close, fresh_tables, settings_for

from portal.database import connect, database
from portal.demo import seed
from portal.demo.kit import pack_demo
from portal.models.company import Company
from portal.models.event import Event
from portal.payments import information

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
KILLS = 50
CUT_OFF = (OSError, http.client.HTTPException)  # what a client sees of a killed server


class Server:
    """The demo's own server, as a process that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "portal.cli",
            "demo",
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self.folder),
        ]
        with (self.folder / "server.log").open("ab") as log:
            here = {"PORTAL_DATABASE": POSTGRES}
            self.process = subprocess.Popen(command, cwd=ROOT, env=here, stdout=log, stderr=log)
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            return Wire(self.url, 5).get("/healthz").status_code == 200
        except CUT_OFF:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path):
    settings = settings_for(tmp_path / "data")
    kit = pack_demo(settings)
    fresh_tables(settings)
    seed.reset(kit)
    made = Server(settings.data)
    made.start()
    yield made
    made.kill()
    close(database.obj)


@pytest.fixture
def kit(server):
    """The kit of the running demo, to look into its database and to move its clock."""
    settings = settings_for(server.folder)
    connect(settings)
    return pack_demo(settings)


def comes_in(grace: Browser, path: str) -> Browser:
    """At `path`, through the door where a kill took the answer that brought the new token."""
    if grace.opens(path).heading != "Sign in":
        return grace
    return grace.fills("E-mail address", "grace@example.com").fills("Password", seed.PASSWORD).presses("Sign in")


def passes(grace: Browser, kit) -> Browser:
    """Answer the challenge with a code of the app that was not used yet, if there is a challenge."""
    if grace.heading == "Enter the code":
        seed.move_clock(kit, kit.clock.offset + timedelta(seconds=31))
        grace.fills("Six-digit code", app_code(kit)).presses("Verify")
    return grace


BUTTONS = {"Edit payment information": "Check the changes", "Check the changes": "Save payment information"}


def saves(grace: Browser, kit, city: str) -> None:
    """A change of the city, to the answer that it is saved, through every challenge on the way."""
    passes(comes_in(grace, f"{PAYMENT}/edit"), kit).fills("City", city)
    for _ in range(8):
        if grace.heading in BUTTONS:
            grace.presses(BUTTONS[grace.heading])
        passes(grace, kit)
    assert grace.status_line == "Payment information saved.", repr(grace)


def test_whatever_was_answered_with_success_is_there_after_every_kill(server, kit):
    grace = comes_in(Browser(Wire(server.url)), "/sign-in")
    chance, answered = random.Random(20260302), []
    for kill in range(KILLS):
        bomb = threading.Timer(chance.uniform(0.01, 1.5), server.kill)
        bomb.start()
        try:
            for n in range(1000):
                saves(grace, kit, f"City {kill}-{n}")
                answered.append(f"City {kill}-{n}")
        except CUT_OFF:
            bomb.join()
        server.start()
    check(kit, answered)


def check(kit, answered: list[str]) -> None:
    """Every version opens, with its event, in an unbroken row; every answered one is among them."""
    found = information.history(kit, Company.get_by_id(1)).versions[::-1]
    saved, versions = [each.details.city for each in found], [each.version for each in found]
    events = Event.select().where(Event.kind == "payment.changed").order_by(Event.id)
    assert versions == list(range(1, len(versions) + 1))
    assert [event.details["version"] for event in events] == versions[1:]
    assert [city for city in answered if city not in saved] == []
    assert len(answered) > KILLS / 5, "the kills came too early for any save"
    assert len(answered) <= len(saved) - 1 <= len(answered) + KILLS
    assert [city for city in saved[1:] if not re.fullmatch(r"City \d+-\d+", city)] == []
