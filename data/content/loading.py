"""Find content files, shipped and the user's own, and keep what has been read.

A file's name is its id (`mini-cex.toml`; an older version that must stay readable is
`mini-cex@1.toml`), so one form reads one file. The user's own file goes before a shipped one with
the same id; a faulty one is set aside and told, and the shipped one stays in use.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import places
from data.content.checking import validated
from data.content.fault import ContentFault, Refused
from data.content.reading import LARGEST_FILE, read
from data.content.registry import KINDS
from schema.content.version import version_key
from schema.fault import Fault
from schema.text import clean

if TYPE_CHECKING:
    from schema.content.base import ContentFile

SHIPPED = Path(__file__).parent.parent
"""The room `data/`, which holds one folder per kind."""
MOST_FILES = 500
"""Own files read per kind; a folder with more is not a content folder."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_read: dict[Path, tuple[tuple[int, int], ContentFile | Refused]] = {}


@dataclass(frozen=True)
class Head:
    """What a list needs to know of a content file, read without its body and without pydantic."""

    kind: str
    id: str
    version: str
    title: str
    short_title: str
    path: Path
    own: bool


def load(kind: str, folder: Path | None = None) -> dict[str, ContentFile]:
    """Return the content in use by id: the newest of the user's own, else the newest shipped."""
    found: dict[str, ContentFile] = {}
    for own in (False, True):
        best: dict[str, ContentFile] = {}
        for path in _files(kind, folder, own=own):
            outcome = _outcome(path, kind)
            if isinstance(outcome, Refused):
                continue
            if outcome.id not in best or _newer(outcome, best[outcome.id]):
                best[outcome.id] = outcome
        found.update(best)
    return found


def one(
    kind: str, id: str, version: str | None = None, *, folder: Path | None = None
) -> ContentFile:
    """Return one content file, reading only the files that bear its name.

    Without `version` the one in use; with it exactly that version, the user's own before the
    shipped one.

    Raises:
        Fault: `content.not_found`, with kind, id and version.
    """
    for own in (True, False):
        candidates = [
            outcome
            for path in _named(kind, id, folder, own=own)
            if not isinstance(outcome := _outcome(path, kind), Refused)
            and version in (None, outcome.version)
        ]
        best = None
        for candidate in candidates:
            if best is None or _newer(candidate, best):
                best = candidate
        if best is not None:
            return best
    shown = clean(id, one_line=True)[:64]
    raise Fault("content.not_found", kind=kind, id=shown, version=version or "–")


def heads(kind: str, folder: Path | None = None) -> list[Head]:
    """Return what is in use, for lists and menus, reading only the first keys of each file.

    Faulty files are left out; `own_faults` tells them.
    """
    found: dict[str, Head] = {}
    for own in (False, True):
        best: dict[str, Head] = {}
        for path in _files(kind, folder, own=own):
            head = _head(path, kind, own=own)
            if head is None:
                continue
            known = best.get(head.id)
            if known is None or version_key(head.version) > version_key(known.version):
                best[head.id] = head
        found.update(best)
    return sorted(found.values(), key=lambda head: head.id)


def own_faults(folder: Path | None = None) -> list[ContentFault]:
    """Return what is wrong with the user's own files; each such file is set aside."""
    faults: list[ContentFault] = []
    for kind in KINDS:
        seen: dict[tuple[str, str], Path] = {}
        for path in _files(kind, folder, own=True):
            outcome = _outcome(path, kind)
            if isinstance(outcome, Refused):
                faults += outcome.faults
                continue
            key = (outcome.id, outcome.version)
            if key in seen:
                faults.append(
                    ContentFault(path, 1, "same_version", values={"other": seen[key].name})
                )
            seen.setdefault(key, path)
    return faults


def forget() -> None:
    """Forget all that has been read, so that the next question reads the files again."""
    _read.clear()


def _outcome(path: Path, kind: str) -> ContentFile | Refused:
    """Return the model or the refusal of `path`, read again only when the file has changed."""
    try:
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
    except OSError:
        stamp = (0, -1)
    known = _read.get(path)
    if known is not None and known[0] == stamp:
        return known[1]
    outcome: ContentFile | Refused
    try:
        outcome = validated(read(path), kind=kind)
    except Refused as refused:
        outcome = refused
    _read[path] = (stamp, outcome)
    return outcome


def _newer(one: ContentFile, other: ContentFile) -> bool:
    return version_key(one.version) > version_key(other.version)


def _root(folder: Path | None, *, own: bool) -> Path:
    if not own:
        return SHIPPED
    return places.content_folder() if folder is None else folder


def _files(kind: str, folder: Path | None, *, own: bool) -> list[Path]:
    place = _root(folder, own=own) / KINDS[kind].folder
    try:
        names = sorted(p for p in place.iterdir() if p.suffix == ".toml" and p.name[0] != ".")
    except OSError:  # no such folder: nobody has to have own files
        return []
    return names[:MOST_FILES]


def _named(kind: str, id: str, folder: Path | None, *, own: bool) -> Iterator[Path]:
    """The files that may hold `id`. An id from a record may be anything, so it is checked."""
    if _ID.fullmatch(id):
        for path in _files(kind, folder, own=own):
            if path.stem.partition("@")[0] == id:
                yield path


def _head(path: Path, kind: str, *, own: bool) -> Head | None:
    """Return the head of a file that is good, or None.

    One's own files are checked whole, for a list must not offer what cannot be opened; what is
    shipped is checked by the tests, so its first keys are enough.
    """
    if own:
        outcome = _outcome(path, kind)
        if isinstance(outcome, Refused):
            return None
        short = str(getattr(outcome, "short_title", outcome.title))
        return Head(kind, outcome.id, outcome.version, outcome.title, short, path, own)
    with path.open(encoding="utf-8") as file:
        text = file.read(LARGEST_FILE)
    data: dict[str, Any] = tomllib.loads(text[: _first_table(text)])
    title = str(data["title"])
    return Head(
        kind,
        str(data["id"]),
        str(data["version"]),
        title,
        str(data.get("short_title", title)),
        path,
        own,
    )


def _first_table(text: str) -> int:
    match = re.search(r"^\[", text, re.MULTILINE)
    return match.start() if match else len(text)
