"""What the set-up rests on: vendored files, lock files and run.py, checked without any network."""

import ast
import hashlib
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static" / "vendor"
LOCKS = ("requirements.lock", "requirements-dev.lock")


def requirements(lock: str) -> list[str]:
    """Each requirement of a lock file on one line, with its hashes."""
    joined = (ROOT / lock).read_text().replace("\\\n", "")
    return [line for line in joined.splitlines() if line[:1] not in ("", " ", "#")]


def pins(lock: str) -> set[str]:
    return {line.partition("--hash=")[0].strip() for line in requirements(lock)}


def locked_names(lock: str) -> set[str]:
    return {canonicalize_name(Requirement(pin).name) for pin in pins(lock)}


def wanted_names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_vendored_files_are_the_published_ones():
    sums = dict(reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    actual = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert actual == sums


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address(lock):
    lines = (ROOT / lock).read_text().splitlines()
    assert [line for line in lines if "http" in line or "://" in line] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_one_version_and_a_hash(lock):
    loose = [line for line in requirements(lock) if "==" not in line or "--hash=sha256:" not in line]
    assert loose == []


def test_every_dependency_is_locked(project):
    assert wanted_names(project["dependencies"]) <= locked_names("requirements.lock")


def test_every_extra_is_in_the_development_lock(project):
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    assert wanted_names(extras) <= locked_names("requirements-dev.lock")


def test_the_development_lock_holds_the_other_one():
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_run_uses_only_the_standard_library():
    tree = ast.parse((ROOT / "run.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_can_read_run():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 6))


@pytest.fixture
def run_in_a_python_that(tmp_path):
    """Starts a copy of run.py in a Python that begins with the given line."""

    def run(start: str) -> str:
        shutil.copy(ROOT / "run.py", tmp_path)
        (tmp_path / "sitecustomize.py").write_text(start)
        here = {"PYTHONPATH": str(tmp_path)}
        done = subprocess.run([sys.executable, "run.py"], cwd=tmp_path, env=here, capture_output=True, text=True)
        assert done.returncode == 1
        assert not (tmp_path / ".venv").exists()
        return done.stderr

    return run


def test_an_old_python_hears_which_one_is_needed(run_in_a_python_that):
    said = run_in_a_python_that("import sys; sys.version_info = (3, 9, 2)")
    assert said == "Python 3.11 or newer is needed, and this is 3.9. Try: python3.11 run.py\n"


def test_a_missing_system_package_is_named(run_in_a_python_that):
    said = run_in_a_python_that("import sys; sys.modules['ensurepip'] = None")
    version = "{}.{}".format(*sys.version_info)
    assert f"apt-get install python{version}-venv" in said
    assert "Traceback" not in said
