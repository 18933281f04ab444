"""A virtual environment for each family of targets, filled from pinned requirements; in `state/`, never elsewhere."""

from __future__ import annotations

import hashlib
import subprocess
import venv
from pathlib import Path

from targets import HERE, PROJECT, STATE

REQUIREMENTS = HERE / "requirements"
GUNICORN = REQUIREMENTS / "gunicorn.txt"
FILES = {
    "product": [PROJECT / "requirements.lock", GUNICORN],
    "flask": [REQUIREMENTS / "flask.txt", GUNICORN],
    "django": [REQUIREMENTS / "django.txt", GUNICORN],
}


def python(name: str) -> Path:
    return STATE / "venvs" / name / "bin" / "python"


def prepare(name: str) -> None:
    """Make the environment where it is missing, and fill it where its requirements are not those it was filled from."""
    stamp = STATE / "venvs" / name / "installed.sha256"
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in FILES[name])).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    venv.create(STATE / "venvs" / name, clear=True, with_pip=True)
    for file in FILES[name]:  # one at a time: a file with hashes takes none without beside it
        pip = [str(python(name)), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(file)], check=True)
    stamp.write_text(wanted)
