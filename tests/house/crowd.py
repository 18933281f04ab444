"""Many at once: a job done by threads of several real processes, all starting at the same moment.

Run as a program it is one of those processes: the job comes as JSON on its input, what came of it goes out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.accounts import signing_in
from portal.config import Settings
from portal.database import connect, database
from portal.demo.kit import pack_demo
from portal.kit import Kit
from portal.models.authenticator import Authenticator
from portal.models.challenge import Purpose
from portal.models.company import Company
from portal.models.sign_in import SignIn
from portal.payments import approvals, details, drafts, information
from portal.telephony.protocol import Channel
from portal.verification import challenges, gate, sending
from portal.verification.challenges import Question

ROOT = Path(__file__).parent.parent.parent


def crowd(kit: Kit, act: str, jobs: list[dict[str, Any]], processes: int = 2) -> list[str]:
    """Do `act` once with each of `jobs`, each on a thread of its own; what came of each, in no order."""
    start = time.time() + 1.5 + len(jobs) / 200
    shares = [jobs[n::processes] for n in range(processes)]
    settings = {"data": str(kit.settings.data), "database": kit.settings.database, "mode": "demo"}
    started = [process({"settings": settings, "start": start, "act": act, "jobs": share}) for share in shares]
    said = [each.communicate(timeout=120) for each in started]
    assert all(each.returncode == 0 for each in started), said
    return [outcome for out, _ in said for outcome in json.loads(out)]


def process(work: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, json.dumps(work)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, **pipes)


def question(sign_in: int, token: str, company: int = 1) -> Question:
    row = SignIn.get_by_id(sign_in)
    row.token = token
    return Question(row, Purpose.PAYMENT_INFORMATION, Company.get_by_id(company))


def answer(kit: Kit, typed: str, **who: Any) -> str:
    return challenges.answer(kit, question(**who), typed).outcome


def answer_app(kit: Kit, app: str, typed: str, **who: Any) -> str:
    return challenges.answer_app(kit, question(**who), app, typed).outcome


def send(kit: Kit, to: str, **who: Any) -> str:
    sending.send(kit, question(**who), Authenticator.get(Authenticator.id == to).id, Channel.TEXT)
    return "sent"


def save(kit: Kit, typed: dict[str, str], seen: int, **who: Any) -> str:
    assurance = gate.enter(kit, gate.look(kit, question(**who).sign_in, 1))
    wanted = details.check(typed)
    approval = approvals.obtain(kit, assurance, information.act_of(assurance.company, wanted, seen))
    return f"version {information.save(kit, approval, wanted, seen).version}"


def keep(kit: Kit, typed: dict[str, str], **who: Any) -> str:
    asked = question(**who)
    drafts.keep(kit, asked.sign_in, asked.company, typed, complete=True)
    return "kept"


def confirm(kit: Kit, typed: str, **who: Any) -> str:
    signing_in.confirm(kit, question(**who).sign_in, typed)
    return "confirmed"


def come_in(kit: Kit, email: str, typed: str) -> str:
    signing_in.sign_in(kit, email, typed, "127.0.0.1", "a test")
    return "in"


ACTS: dict[str, Callable[..., str]] = {
    "answer": answer,
    "answer_app": answer_app,
    "send": send,
    "save": save,
    "keep": keep,
    "confirm": confirm,
    "come_in": come_in,
}


def work(job: dict[str, Any]) -> list[str]:
    settings = Settings(**{**job["settings"], "data": Path(job["settings"]["data"])})
    connect(settings)
    kit, done = pack_demo(settings), []

    def one(each: dict[str, Any]) -> None:
        time.sleep(max(0, job["start"] - time.time()))
        with database.connection_context():
            try:
                done.append(ACTS[job["act"]](kit, **each))
            except Exception as problem:  # noqa: BLE001, the test says which ones are fine
                done.append(type(problem).__name__)

    threads = [threading.Thread(target=one, args=(each,)) for each in job["jobs"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


if __name__ == "__main__":
    print(json.dumps(work(json.loads(sys.argv[1]))))  # noqa: T201
