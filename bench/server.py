"""One target's server: seeded, started, asked to serve the client's journeys, looked at, stopped."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from http.client import HTTPConnection

import venvs
from figures import Cell, Cost, Order
from processes import CLIENT_CORE, SERVER_CORE, memory_mib, pinned_to
from targets import HERE, PROJECT, Target

START_SECONDS = 60
CLIENT_SECONDS = 1800
BETWEEN_LOOKS = 0.002


class Trouble(Exception):
    """A target does not do what it must; the message says which, and what it said last."""


def seed(target: Target, people: int) -> None:
    shutil.rmtree(target.folder, ignore_errors=True)
    target.folder.mkdir(parents=True)
    command = [venvs.python(target.venv), "-W", "ignore", "-m", "apps.seed", target.app, target.seed, str(people)]
    subprocess.run(command, cwd=HERE, env=environment(target), check=True)


def environment(target: Target) -> dict[str, str]:
    ours = {"BENCH_FOLDER": str(target.folder), "PYTHONPATH": str(PROJECT), "PYTHONHASHSEED": "0"}
    return {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")} | ours


@contextmanager
def running(target: Target, *, counted: bool = False) -> Iterator[Server]:
    """The target, serving; `counted` where it is to count its SQL statements."""
    server = Server(target, counted)
    try:
        server.wait_for_first_200()
        yield server
    finally:
        server.stop()


class Server:
    def __init__(self, target: Target, counted: bool) -> None:
        self.target = target
        self.port = free_port()
        self.statements = target.folder / "statements" if counted else None
        own = {"BENCH_STATEMENTS": str(self.statements)} if self.statements else {}
        if self.statements:
            self.statements.write_text("")
        bind = ["--config", "gunicorn_settings.py", "--bind", f"127.0.0.1:{self.port}", f"{target.app}:application"]
        with (target.folder / "log").open("ab") as log:
            self.started_at = time.perf_counter()
            self.process = subprocess.Popen(
                [venvs.python(target.venv), "-m", "gunicorn", *bind],
                cwd=HERE,
                env=environment(target) | own,
                stdout=log,
                stderr=log,
                preexec_fn=pinned_to(SERVER_CORE),
            )

    def wait_for_first_200(self) -> None:
        while not self.answers():
            if self.process.poll() is not None or time.perf_counter() - self.started_at > START_SECONDS:
                raise Trouble(f"{self.target.name} does not start: {self.target.folder / 'log'} says why.")
            time.sleep(BETWEEN_LOOKS)
        self.start_ms = (time.perf_counter() - self.started_at) * 1000

    def answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)) as connection:
            try:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
            except ConnectionError:
                return False

    def walk(self, *cells: Cell) -> list[Cost]:
        """Send the client on these journeys. Raises Trouble for a wrong answer, and for a counter that did not move
        by exactly one with each wrong code."""
        before = self.failures()
        costs = self.ask_client(cells)
        counted = self.failures() - before
        if counted != (wrong := sum(cell.many * cell.times for cell in cells if cell.journey == "C")):
            raise Trouble(f"{self.target.name} counted {counted} of {wrong} wrong codes.")
        return costs

    def ask_client(self, cells: tuple[Cell, ...]) -> list[Cost]:
        order = Order(self.target.name, self.port, self.process.pid, str(self.statements or ""), cells)
        client = subprocess.run(
            [sys.executable, HERE / "client.py"],
            input=json.dumps(asdict(order)),
            capture_output=True,
            text=True,
            timeout=CLIENT_SECONDS,
            preexec_fn=pinned_to(CLIENT_CORE),
        )
        if client.returncode:
            raise Trouble(f"{self.target.name}: {client.stderr[-2000:]}")
        return [Cost(**cost) for cost in json.loads(client.stdout)]

    def failures(self) -> int:
        """How many wrong codes its database knows of."""
        with closing(sqlite3.connect(self.target.folder / self.target.database, timeout=10)) as database:
            return database.execute(self.target.failures).fetchone()[0] or 0

    def memory_mib(self) -> float:
        return memory_mib(self.process.pid)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
