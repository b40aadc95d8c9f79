"""What is installed is whole, and is what was locked."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
ROOMS = ("screens", "at_tui", "data", "schema")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def locked(lock: Path) -> dict[str, list[str]]:
    """Return each locked requirement line with its hashes."""
    lines = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return {
        line.split("--hash=")[0].strip(): re.findall(r"--hash=sha256:[0-9a-f]{64}", line)
        for line in lines
        if line.strip()
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    for line, hashes in locked(lock).items():
        requirement = Requirement(line)
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), line
        assert hashes, line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert not re.search(r"://|--index|--extra-index|--find-links", lock.read_text("utf-8"))


@pytest.mark.parametrize("package", ["pydantic-core", "sqlcipher3", "sqlalchemy", "cryptography"])
def test_a_compiled_package_is_locked_for_many_systems(package: str) -> None:
    """A lock made on one machine that holds only that machine's wheel helps nobody else."""
    hashes = [
        value
        for line, values in locked(ROOT / "requirements" / "run.txt").items()
        for value in values
        if canonicalize_name(Requirement(line).name) == package
    ]
    assert len(hashes) >= 15


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {
        "run": [*PROJECT["project"]["dependencies"], *groups["build"]],
        "dev": [*PROJECT["project"]["dependencies"], *groups["build"], *groups["dev"]],
    }
    for name, wanted in asked.items():
        held: dict[str, list[str]] = {}
        for line in locked(ROOT / "requirements" / f"{name}.txt"):
            requirement = Requirement(line)
            version = str(requirement.specifier).removeprefix("==")
            held.setdefault(canonicalize_name(requirement.name), []).append(version)
        for requirement in map(Requirement, wanted):
            versions = held.get(canonicalize_name(requirement.name), [])
            assert any(requirement.specifier.contains(version) for version in versions), (
                f"{name}.txt lacks {requirement}: run `make requirements`"
            )


def test_a_test_environment_runs_what_users_run() -> None:
    run = locked(ROOT / "requirements" / "run.txt")
    dev = locked(ROOT / "requirements" / "dev.txt")
    pinned = {line.partition(";")[0].strip() for line in run}
    assert pinned <= {line.partition(";")[0].strip() for line in dev}


def test_the_wheel_holds_every_file_of_the_rooms(tmp_path: Path) -> None:
    """Styles, catalogues, content and fonts too: a missing one shows only on a user's machine."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    kept = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert not kept - packed
    assert not {name for name in packed if name.startswith(("tests/", "bench/", "docs/"))}
