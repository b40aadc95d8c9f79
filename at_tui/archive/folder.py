"""Write a folder of files whole or not at all, with a list of checksums, and check it again.

The list is `SHA256SUMS` in the form that `sha256sum -c` and `shasum -a 256 -c` read, so that it can
be checked without this programme too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from data.atomic import sync_folder
from schema.fault import Fault

SUMS = "SHA256SUMS"
"""Name of the list."""


def write_archive(
    target: Path,
    files: Mapping[str, bytes],
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write `files` (content by path, with `/` between) to the new folder `target`; return it.

    Everything is written to a folder beside it, which takes the name when it is complete.

    Raises:
        Fault: `archive.exists` when there is something there already, `archive.not_written` when
            it cannot be written, `archive.cancelled`. Then there is no folder of that name.
    """
    target = target.expanduser()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Fault("archive.exists", folder=str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:40]}."))
    except OSError:
        raise Fault("archive.not_written", folder=str(target.parent)) from None
    try:
        for name, content in {**files, SUMS: sums_of(files)}.items():
            if cancelled():
                raise Fault("archive.cancelled")
            _write(beside / _inside(name), content)
        for place in [beside, *(p for p in beside.rglob("*") if p.is_dir())]:
            sync_folder(place)
        with contextlib.suppress(FileNotFoundError):
            target.rmdir()  # an empty folder of that name may be in the way on some systems
        beside.rename(target)
        sync_folder(target.parent)
    except OSError:
        raise Fault("archive.not_written", folder=str(target.parent)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target


def _inside(name: str) -> PurePosixPath:
    """Return a path that cannot leave the folder; ValueError for one that would."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"not inside the archive: {name!r}")
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums, sorted by path."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()


def check_archive(folder: Path) -> list[tuple[str, str]]:
    """Return what is wrong with an archive, as (code, path): `changed`, `missing` or `unlisted`.

    Raises:
        Fault: `archive.no_list` when there is no list of checksums that can be read.
    """
    folder = folder.expanduser()
    try:
        listed = _listed((folder / SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Fault("archive.no_list", exit_code=1, folder=str(folder)) from None
    found: list[tuple[str, str]] = []
    for name, sum_of in listed.items():
        try:
            content = (folder / _inside(name)).read_bytes()
        except (OSError, ValueError):
            found.append(("missing", name))
            continue
        if hashlib.sha256(content).hexdigest() != sum_of:
            found.append(("changed", name))
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    found += [("unlisted", name) for name in sorted(there - set(listed) - {SUMS})]
    return found


def _listed(words: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    for line in words.splitlines():
        sum_of, gap, name = line.partition("  ")
        if len(sum_of) != 64 or not gap or not name:
            raise ValueError("not a list of checksums")
        listed[name] = sum_of
    return listed
