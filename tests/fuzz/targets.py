"""Every reader of something from outside, as a function of bytes.

Each returns whatever it returns; the only exceptions it may raise are faults that a user can be
told. Anything else is a finding: put the input into `tests/fuzz/corpus/<target>/`, mend, and it is
tried in every run from then on.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from at_tui import curriculum_text, retention, settings
from at_tui.interchange.preview import preview
from data import backup, content, erasures, keys, opening, places, sealed, whereabouts, window
from data.content.fault import Refused
from data.node import NodeMemory
from data.store import Store
from schema import personnummer
from schema.fault import Fault
from schema.text import clean, sort_key

ROOT = Path(__file__).parents[2]
ON = date(2026, 11, 24)
Target = Callable[[bytes], None]


@cache
def _folder() -> Path:
    """One folder for the life of the process: a fuzzer makes thousands of files a second."""
    holder = tempfile.TemporaryDirectory(prefix="at-tui-fuzz-")
    _HELD.append(holder)
    return Path(holder.name)


_HELD: list[tempfile.TemporaryDirectory[str]] = []


@contextlib.contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    path = _folder() / name
    path.write_bytes(data)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def content_file(data: bytes) -> None:
    """A curriculum, programme, instrument or list of prompts."""
    with _file("content.toml", data) as path:
        for fault in content.check(path):
            assert fault.line is None or 0 <= fault.line <= data.count(b"\n") + 1


def settings_file(data: bytes) -> None:
    """The user's settings: whatever they hold, the programme starts."""
    with _file(settings.FILE, data) as path:
        loaded = settings.load(path.parent)
    assert set(loaded.values) == set(settings.defaults())
    for setting in settings.SETTINGS:
        assert setting.fits(loaded[setting.name])


def retention_file(data: bytes) -> None:
    """A region's retention times."""
    with _file(retention.FILE, data) as path:
        retention.read(path)


def key_file(data: bytes) -> None:
    """A key file, opened each way. Guessing is cheap here, so that many can be tried."""
    real = keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS
    keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS = 64, 2
    try:
        with _file("at.db.keys.json", data) as path:
            for way in ({"passphrase": "räksmörgås"}, {"recovery_key": "2" * 34}):
                with contextlib.suppress(Fault):
                    keys.unlock(path, **way)
            for account in keys.stored_slots(path):
                with contextlib.suppress(Fault):
                    keys.unlock_stored(path, account, b"k" * 32)
            keys.same(path, path)
    finally:
        keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS = real


def recovery_key(data: bytes) -> None:
    """A recovery key as someone types it from paper."""
    with _file("at.db.keys.json", _whole_key_file()) as path:
        keys.unlock(path, recovery_key=data.decode(errors="surrogateescape"))


@cache
def _whole_key_file() -> bytes:
    real = keys.MEMORY_KIB, keys.ITERATIONS
    keys.MEMORY_KIB, keys.ITERATIONS = 64, 1
    try:
        path = _folder() / "made.keys.json"
        keys.create(path, "räksmörgås på taket")
        return path.read_bytes()
    finally:
        keys.MEMORY_KIB, keys.ITERATIONS = real


def sealed_file(data: bytes) -> None:
    """What leaves the records sealed, whoever may have altered it."""
    real = keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS
    keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS = 64, 2
    try:
        for content in (data, sealed.MAGIC + data):
            for way in (
                {"data_key": b"k" * 32}, {"passphrase": "räksmörgås"}, {"recovery_key": "2" * 34},
            ):  # fmt: skip
                with contextlib.suppress(Fault):
                    sealed.unseal(content, **way)
    finally:
        keys._MOST_MEMORY_KIB, keys._MOST_ITERATIONS = real


def state_files(data: bytes) -> None:
    """What the programme itself keeps beside the records and may find damaged."""
    with _file("at.erased.json", data) as path:
        known = erasures.known(path.with_name("at.db"))
        assert all(isinstance(kind, str) for kind in known.values())
    with _file("nodes.json", data) as path:
        memory = NodeMemory(path)
        assert memory.node_for("file", "node", 3)
        memory.forget("file")
    with _file("at.db.window", data) as path:
        claim = window.Window(path.with_name("at.db"))
        assert claim.mine()
        claim.close()


def database_file(data: bytes) -> None:
    """Anything that is given as the file of records."""
    with _file("given.db", data) as path:
        opening.needs_passphrase(path)
        opening.open_store(path, None, memory=NodeMemory(_folder() / "none.json")).close()


def start_group(data: bytes) -> None:
    """A file to import: CSV, XLSX or JSON, told by its content."""
    with _file("import", data) as path, _empty().read() as work:
        found = preview(path, work, on=ON)
    json.dumps([problem.code for problem in found.problems])


@cache
def _empty() -> Store:
    path = _folder() / "empty.db"
    opening.create(path, passphrase=None)
    return opening.open_store(path, None, memory=NodeMemory(_folder() / "nodes-of-empty.json"))


def regulation(data: bytes) -> None:
    """The regulation's text, pasted."""
    with _file("regulation.txt", data) as path:
        text = curriculum_text.read_text(path)
    base = next(iter(content.load_curricula().values()))
    curriculum_text.parse_regulation(text, base=base)


def text(data: bytes) -> None:
    """What someone types or pastes: cleaned once is clean."""
    typed = data.decode(errors="surrogateescape")
    for one_line in (False, True):
        cleaned = clean(typed, one_line=one_line)
        assert clean(cleaned, one_line=one_line) == cleaned
        assert not any(ord(c) < 32 and c != "\n" for c in cleaned)
    sort_key(typed)
    personnummer.find_sensitive(typed)
    with contextlib.suppress(Fault):
        personnummer.parse(typed, on=ON)


def names(data: bytes) -> None:
    """Names of files and folders, and the lists of mounted file systems."""
    typed = data.decode(errors="replace").replace("\0", "")
    whereabouts.mountinfo(typed)
    whereabouts.mount_command(typed)
    whereabouts.is_unc(Path(typed))
    whereabouts.synced_by(Path(typed), {})
    name = typed.replace("/", "")[:60]
    backup.named(_folder() / name)
    erasures.list_file(_folder() / (name or "x"))
    places.key_file(_folder() / (name or "x"))


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        content_file, settings_file, retention_file, key_file, recovery_key, sealed_file,
        state_files, database_file, start_group, regulation, text, names,
    )
}  # fmt: skip


def try_input(name: str, data: bytes) -> None:
    """Give `data` to a target; only faults that can be told are let through in silence."""
    with contextlib.suppress(Fault, Refused):
        TARGETS[name](data)


def seeds(name: str) -> list[bytes]:
    """Return what a target is known to take, and what it once stumbled over."""
    kept = [path.read_bytes() for path in sorted((ROOT / "tests/fuzz/corpus" / name).glob("*"))]
    return kept + _shipped(name)


def _shipped(name: str) -> list[bytes]:
    if name == "content_file":
        folders = ("instruments", "programmes", "prompts", "curricula")
        return [
            min((ROOT / "data" / f).glob("*.toml"), key=lambda p: p.stat().st_size).read_bytes()
            for f in folders
        ]
    if name == "start_group":
        return [path.read_bytes() for path in sorted((ROOT / "docs" / "examples").iterdir())]
    if name == "retention_file":
        return [retention.SHIPPED.read_bytes()]
    if name in ("key_file", "recovery_key"):
        return [_whole_key_file()]
    if name == "sealed_file":
        with _file("at.db.keys.json", _whole_key_file()) as path:
            return [sealed.seal(b'{"format": 1}', path, b"k" * 32)]
    if name == "database_file":
        _empty()
        return [(_folder() / "empty.db").read_bytes()[:20_000]]
    return []
