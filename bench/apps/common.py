"""What every target of ours shares: its people and their data, one protected page, and a phone that is a file."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(os.environ["BENCH_FOLDER"])  # of this target: its database, its texts, its people
DATABASE = FOLDER / "database.sqlite3"
TEXTS = FOLDER / "texts"
TEMPLATES = Path(__file__).parent / "templates"

SIGNING_KEY = hashlib.sha256(b"for measurements alone").hexdigest()
FRESH_SECONDS = 4 * 60 * 60  # a verification outlives the whole run
FAILURES_BEFORE_LOCKOUT = 10
SECRETS = 64  # people share them: to seal one takes Flask-Security-Too tens of milliseconds

PASSED, FAILED = "2sv.ok", "2sv.fail"  # what the audit rows say

PAYMENT_COLUMNS = (
    "legal_name",
    "bank_name",
    "iban",
    "swift",
    "tax_id",
    "address",
    "city",
    "country",
    "currency",
    "threshold",
)


@dataclass(frozen=True)
class Person:
    """Who walks through the journeys: signed in, with an authenticator app and a phone."""

    number: int

    @property
    def email(self) -> str:
        return f"dev{self.number}@example.com"

    @property
    def phone(self) -> str:
        return f"+1{4152000000 + self.number}"

    @property
    def secret(self) -> bytes:
        return hashlib.sha1(b"bench%d" % (self.number % SECRETS), usedforsecurity=False).digest()

    @property
    def secret_as_typed(self) -> str:
        return base64.b32encode(self.secret).decode()

    @property
    def payment(self) -> dict[str, str]:
        n = self.number
        iban, tax_id = f"GB29NWBK60161331{n % 10**6:06d}", f"TIN-{n:09d}"
        bank = (f"Example Studio {n} Ltd", "First Example Bank", iban, "NWBKGB2L", tax_id)
        place = (f"{n} Market Street", "Springfield", "US", "USD", "100.00")
        return dict(zip(PAYMENT_COLUMNS, bank + place, strict=True))


def page(template: str) -> str:
    """A template in the frame that all share, as one text, so that nobody pays for inheritance."""
    frame, inside = (TEMPLATES / name for name in ("layout.html", template))
    return frame.read_text().replace("<!-- page -->\n", inside.read_text())


def text(phone: str, code: str) -> None:
    """Send a text: one line more in a file, in one write that is not waited for."""
    os.write(texts(), f"{phone} {code}\n".encode())


@cache
def texts() -> int:
    return os.open(TEXTS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
