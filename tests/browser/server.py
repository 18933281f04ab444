"""The program under test: `portal demo serve` as people start it, on a free port and in a fresh folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from portal.config import Settings
from portal.database import connect, database
from portal.demo import seed
from portal.demo.kit import DemoKit, pack_demo
from portal.models.company import Company, Membership, Role
from portal.models.user import User

CHECKOUT = Path(__file__).parent.parent.parent
PATIENCE = 30  # seconds for its start, on a machine that does much else


class Server:
    """A demo that runs, and the ways in which a test reaches around it: its data, its clock, its log."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.settings = Settings(mode="demo", url=self.url, data=folder / "data")
        self.log = folder / "server.log"
        self.read = 0
        self.process: subprocess.Popen[bytes]
        self.kit: DemoKit = pack_demo(self.settings)

    def reset(self) -> None:
        connect(self.settings)  # other tests of this process speak to databases of their own
        seed.reset(self.kit)
        self.read = self.log.stat().st_size

    def forward(self, **span: float) -> None:
        """Move the clock that everything in the program reads."""
        with database.connection_context():
            seed.move_clock(self.kit, self.kit.clock.offset + timedelta(**span))

    def takes_role(self, name: str, company: str, role: Role = Role.DEVELOPER) -> None:
        """Make an administrator something less, as if another one had done it."""
        with database.connection_context():
            whom = User.select(User.id).where(User.email == f"{name}@example.com")
            where = Company.select(Company.id).where(Company.name == company)
            Membership.update(role=role).where(Membership.user.in_(whom), Membership.company.in_(where)).execute()

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def troubles(self) -> str:
        """What the program wrote to its log since the last reset, if anything went wrong in it."""
        said = self.log.read_text()[self.read :]
        if self.has_ended:
            return f"The program has ended, with exit code {self.process.returncode}:\n{said}"
        return said if "Traceback" in said or "Exception" in said else ""


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Server]:
    """The demo under `variables` of the environment."""
    port = free_port()
    server = Server(folder, port)
    command = [sys.executable, "-m", "portal.cli", "demo", "serve", "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    with server.log.open("w") as log:
        process = server.process = subprocess.Popen(
            [*command, "--data", str(server.settings.data)],
            cwd=CHECKOUT,
            env={**clean, **variables},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_serves(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_serves(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{server.url}/healthz", timeout=1):  # noqa: S310, our own address
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"The demo does not serve:\n{server.log.read_text()}")
