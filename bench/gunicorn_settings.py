"""How every target is served: gunicorn, one process of four threads.

Where BENCH_STATEMENTS names a file, each SQL statement leaves one letter there, whatever library wrote it.
"""

import os
import sqlite3
from collections.abc import Callable
from typing import Any

worker_class = "gthread"
workers = 1
threads = 4
keepalive = 75
worker_tmp_dir = "/dev/shm"  # noqa: S108, what gunicorn itself advises
loglevel = "error"
control_socket_disable = True

# What stands for each in that file.
SELECT, WRITE, COMMIT = "s", "w", "c"
LETTERS = {"SELECT": SELECT, "WITH": SELECT, "INSERT": WRITE, "UPDATE": WRITE, "DELETE": WRITE, "REPLACE": WRITE}


def count_into(file: str) -> Callable[..., sqlite3.Connection]:
    """A `sqlite3.connect` whose connections are counted; a write outside of a transaction commits by itself."""
    out = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = plain_connect(*args, **options)

        def note(statement: str) -> None:
            word = statement.split(None, 1)[0].upper().rstrip(";")
            letter = COMMIT if word == "COMMIT" else LETTERS.get(word, "")
            alone = letter == WRITE and not connection.in_transaction
            os.write(out, (letter + COMMIT * alone).encode())

        connection.set_trace_callback(note)
        return connection

    return connect


plain_connect: Callable[..., sqlite3.Connection] = sqlite3.connect
if os.environ.get("BENCH_STATEMENTS"):
    sqlite3.connect = sqlite3.dbapi2.connect = count_into(os.environ["BENCH_STATEMENTS"])  # type: ignore[assignment]
