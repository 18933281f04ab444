#!/usr/bin/env python3
"""Get going with nothing but Python: makes .venv, fills it from the hashed lock file, then starts.

    python3 run.py               the demo, with its people, fake phones and movable clock
    python3 run.py test          the quick tests, and a tour of the product in a browser: a few minutes
    python3 run.py test --all    every test but those of docs/screenshots

Anything else after `test` goes to pytest.

Standard library only, and an old Python must be able to read it as far as the sentence below.
"""

import argparse
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NoReturn

PYTHON_VERSION = "{}.{}".format(*sys.version_info)
if sys.version_info < (3, 11):
    sys.exit(f"Python 3.11 or newer is needed, and this is {PYTHON_VERSION}. Try: python3.11 run.py")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PACKAGES = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV)}))
SCRIPTS = Path(sysconfig.get_path("scripts", "venv", {"base": str(VENV)}))
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
PORTAL = (str(PYTHON), "-P", "-m", "portal.cli")

LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # holds everything that LOCK holds, at the same versions
STAMP = VENV / "installed-lock.sha256"

# By their marks: the tests that need no browser, and those that do.
QUICK = ("not slow and not browser and not pictures", "tour")
ALL = ("not browser and not pictures", "browser")

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
NO_TESTS_RAN = 5


def main(*arguments: str) -> NoReturn:
    if arguments[:1] == ("test",):
        sys.exit(test(*arguments[1:]))
    demo(*arguments)


def demo(*arguments: str) -> NoReturn:
    parser = argparse.ArgumentParser(description="Run the demo.", epilog="Or: run.py test, run.py test --all")
    parser.add_argument("--port", type=int, default=8000, help="where it listens (8000)")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="the folder for its data (var)")
    parser.add_argument("--fresh", action="store_true", help="start again from new demo data")
    wish = parser.parse_args(arguments)

    prepare(LOCK)
    fresh = ["--fresh"] if wish.fresh else []
    hand_over(*PORTAL, "demo", "serve", "--port", str(wish.port), "--data", str(wish.data), *fresh)


def test(*wish: str) -> int:
    prepare(DEV_LOCK)
    let_pytest_handle_ctrl_c()
    chosen = [each for each in wish if each != "--all"]
    without, within = ALL if "--all" in wish else QUICK
    plain = pytest(without, *chosen)
    if plain and not (chosen and plain == NO_TESTS_RAN):
        return plain

    chromium = find_chromium()
    if not chromium:
        say("The browser tests were not run: no Chromium here. As root: apt-get install chromium libatomic1")
        return plain
    os.environ["PORTAL_CHROMIUM"] = chromium
    browser = pytest(within, *chosen)
    if "--all" not in wish:
        say("These were the quick tests. Every one: python3 run.py test --all")
    return plain if browser == NO_TESTS_RAN else browser


def prepare(lock: Path) -> None:
    if not (PYTHON.exists() and (PACKAGES / "pip").is_dir()):
        make_venv()
    if installed_digest() not in {digest(lock), digest(DEV_LOCK)}:
        install(lock)
    make_portal_importable()


def make_venv() -> None:
    if not importlib.util.find_spec("ensurepip"):
        sys.exit(
            f"This Python {PYTHON_VERSION} cannot make virtual environments yet. "
            f"As root: apt-get install python{PYTHON_VERSION}-venv, then run this again."
        )
    say(f"Making .venv with Python {PYTHON_VERSION} …")
    try:
        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=True)
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)  # half-made is worse than none
        raise


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def installed_digest() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def install(lock: Path) -> None:
    say(f"Installing {lock.name}: up to a minute the first time …")
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    STAMP.write_text(digest(lock))


def make_portal_importable() -> None:
    """The checkout is the program: a path file and a launcher point at it, nothing is copied."""
    (PACKAGES / "portal.pth").write_text(f"{ROOT}\n")
    if os.name == "nt":
        (SCRIPTS / "portal.cmd").write_text(f"@{subprocess.list2cmdline(PORTAL)} %*\n")
    else:
        (SCRIPTS / "portal").write_text(f'#!/bin/sh\nexec {shlex.join(PORTAL)} "$@"\n')
        (SCRIPTS / "portal").chmod(0o755)


def let_pytest_handle_ctrl_c() -> None:
    signal.signal(signal.SIGINT, lambda *_: None)


def pytest(marked: str, *chosen: str) -> int:
    say(f"pytest -m '{marked}'")
    return subprocess.call([PYTHON, "-m", "pytest", "-q", "-m", marked, *chosen], cwd=ROOT)


def find_chromium() -> str:
    installed = [path for path in map(shutil.which, CHROMIUMS) if path]
    return os.environ.get("PORTAL_CHROMIUM") or next(iter(installed), "")


def hand_over(*command: str) -> NoReturn:
    """Become the command, so that Ctrl-C and a stop signal reach it and nothing else."""
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except subprocess.CalledProcessError as failed:
        sys.exit(f"This step failed: {shlex.join(failed.cmd)}")
