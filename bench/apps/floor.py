"""The floor: what a step-up costs in bare Flask and raw sqlite3, without an extension of any kind.

It asks of itself what the others must do too: a signed session, CSRF, an app's code taken once, a texted code kept as
a digest for ten minutes, a durable counter that locks at ten, an audit row for every check, one FULL commit.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, redirect, request, session
from jinja2 import Environment

from apps import common
from apps.common import PAYMENT_COLUMNS, SIGNING_KEY, Person, page

SCHEMA = f"""
    PRAGMA journal_mode = WAL;
    CREATE TABLE users (
        id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, pw TEXT NOT NULL, role TEXT NOT NULL,
        totp_secret BLOB NOT NULL, phone TEXT NOT NULL, last_step INTEGER NOT NULL DEFAULT 0,
        fails INTEGER NOT NULL DEFAULT 0, locked_at INTEGER
    );
    CREATE TABLE sms_code (user_id INTEGER PRIMARY KEY, mac BLOB NOT NULL, expires INTEGER NOT NULL);
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, ip TEXT NOT NULL
    );
    CREATE INDEX audit_user_at ON audit (user_id, at);
    CREATE TABLE payment (user_id INTEGER PRIMARY KEY, {" TEXT NOT NULL, ".join(PAYMENT_COLUMNS)} TEXT NOT NULL);
"""
PERSON = "SELECT email, totp_secret, phone, last_step, locked_at FROM users WHERE id = ?"
PAYMENT = "SELECT u.email, p.* FROM users u JOIN payment p ON p.user_id = u.id WHERE u.id = ?"
NEW_TEXT = """
    INSERT INTO sms_code VALUES (?, ?, ?)
    ON CONFLICT (user_id) DO UPDATE SET mac = excluded.mac, expires = excluded.expires
"""
WAITING_TEXT = "SELECT mac FROM sms_code WHERE user_id = ? AND expires > ?"
SPEND_TEXT = "DELETE FROM sms_code WHERE user_id = ?"
SPEND_STEP = "UPDATE users SET last_step = ?, fails = 0 WHERE id = ? AND last_step < ?"
FORGIVE = "UPDATE users SET fails = 0 WHERE id = ? AND fails > 0"
COUNT = """
    UPDATE users SET fails = fails + 1, locked_at = CASE WHEN fails + 1 >= ? THEN ? ELSE locked_at END WHERE id = ?
"""
AUDIT = "INSERT INTO audit (user_id, at, event, ip) VALUES (?, ?, ?, ?)"
TEXT_SECONDS = 600

application = Flask(__name__)
application.secret_key = SIGNING_KEY
jinja = Environment(autoescape=True)
payments_page, challenge_page = (jinja.from_string(page(name)) for name in ("payments.html", "challenge.html"))
mine = threading.local()


@application.get("/healthz")
def healthz() -> str:
    return "ok"


@application.get("/payments")
def payments() -> Any:
    user_id = session.get("u")
    if not user_id:
        return "sign in", 401
    if time.time() - session.get("f", 0) > common.FRESH_SECONDS:
        return redirect("/verify?next=/payments")
    email, _, *values = database().execute(PAYMENT, (user_id,)).fetchone()
    return payments_page.render(email=email, fields=list(zip(PAYMENT_COLUMNS, values, strict=True)))


@application.get("/verify")
def challenge() -> Any:
    user_id = session.get("u")
    if not user_id:
        return "sign in", 401
    return challenge_page.render(email=person(user_id)[0], csrf=csrf())


@application.post("/verify/send")
def send() -> Any:
    if not is_ours():
        return "csrf", 400
    user_id, code = session["u"], f"{secrets.randbelow(1000000):06d}"
    email, _, phone, *_ = person(user_id)
    database().execute(NEW_TEXT, (user_id, mac(user_id, code), int(time.time()) + TEXT_SECONDS))
    common.text(phone, code)
    return challenge_page.render(email=email, csrf=csrf(), sent=True)


@application.post("/verify")
def verify() -> Any:
    if not is_ours():
        return "csrf", 400
    user_id, code, now = session["u"], request.form.get("code", ""), int(time.time())
    email, secret, _, last_step, locked_at = person(user_id)
    step, texted = 0, False
    if not locked_at and code.isdigit() and len(code) == 6:
        step = step_of(secret, int(code), now // 30, last_step)
        texted = not step and was_texted(user_id, code, now)

    with writing() as db:
        passed = False
        if texted:
            passed = db.execute(SPEND_TEXT, (user_id,)).rowcount == 1
            db.execute(FORGIVE, (user_id,))
        elif step:
            passed = db.execute(SPEND_STEP, (step, user_id, step)).rowcount == 1
        else:
            db.execute(COUNT, (common.FAILURES_BEFORE_LOCKOUT, now, user_id))
        db.execute(AUDIT, (user_id, now, common.PASSED if passed else common.FAILED, request.remote_addr))

    if not passed:
        return challenge_page.render(email=email, csrf=csrf(), error="That code is not valid. Try again.")
    session["f"] = now
    return redirect("/payments")


def database() -> sqlite3.Connection:
    """One lasting connection for each thread."""
    if not hasattr(mine, "database"):
        mine.database = sqlite3.connect(common.DATABASE, isolation_level=None, timeout=10, cached_statements=256)
        mine.database.execute("PRAGMA synchronous = FULL")
    return mine.database


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    with database() as db:  # commits, or rolls back
        db.execute("BEGIN IMMEDIATE")
        yield db


def person(user_id: int) -> tuple[Any, ...]:
    return database().execute(PERSON, (user_id,)).fetchone()


def step_of(secret: bytes, code: int, step: int, last_step: int) -> int:
    """The time step, this one or a neighbour, to which `code` belongs and that was not taken; else 0."""
    for near in (step, step - 1, step + 1):
        if near > last_step and totp(secret, near) == code:
            return near
    return 0


def totp(secret: bytes, step: int) -> int:
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[19] & 15
    return (int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF) % 1000000


def was_texted(user_id: int, code: str, now: int) -> bool:
    row = database().execute(WAITING_TEXT, (user_id, now)).fetchone()
    return bool(row) and hmac.compare_digest(row[0], mac(user_id, code))


def mac(user_id: int, code: str) -> bytes:
    return hmac.digest(SIGNING_KEY.encode(), f"{user_id}:{code}".encode(), "sha256")


def csrf() -> str:
    if not session.get("c"):
        session["c"] = secrets.token_hex(16)
    return session["c"]


def is_ours() -> bool:
    return hmac.compare_digest(request.form.get("csrf_token", ""), session.get("c", "-"))


def seed(people: list[Person]) -> list[dict[str, str]]:
    db = database()
    db.executescript(SCHEMA)
    users = [(each.number, each.email, "x", "admin", each.secret, each.phone) for each in people]
    places = ", ".join("?" for _ in ("user_id", *PAYMENT_COLUMNS))
    with writing():
        db.executemany("INSERT INTO users (id, email, pw, role, totp_secret, phone) VALUES (?, ?, ?, ?, ?, ?)", users)
        rows = [(each.number, *each.payment.values()) for each in people]
        db.executemany(f"INSERT INTO payment VALUES ({places})", rows)  # noqa: S608, places alone
    return [signed({"u": each.number}) for each in people]


def signed(content: dict[str, Any]) -> dict[str, str]:
    signer = application.session_interface.get_signing_serializer(application)
    return {"session": signer.dumps(content)}
