"""Nothing that was typed can be read in any file: not in the records, their journal, the copies,
the state folder, crash reports or temporary files, at any moment of the journey."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import tracer
from tests.faults.conftest import Home
from tests.faults.journey import WORDS
from tests.faults.orders import Job, Warm

pytestmark = pytest.mark.skipif(not tracer.works_here(), reason="records by Linux' ptrace")


def forms(word: str) -> Iterator[bytes]:
    """Yield the ways in which a word may stand in a file."""
    # As typed, and as it is sorted and searched by.
    for text in (word, word.casefold()):
        for encoding in ("utf-8", "utf-16-le", "latin-1", "unicode_escape"):
            yield text.encode(encoding)


# Four digits turn up in any file by chance; what they belong to would not.
SEARCHED = {form for word in WORDS if len(word) > 6 for form in forms(word)}


def readable(content: bytes) -> set[bytes]:
    """Return the forms of the words that stand in `content`."""
    return {form for form in SEARCHED if form in content}


def journey(place: Home, warm: Warm) -> dict[str, bytes]:
    """Return everything that was ever written to each file, in order, by what it was called."""
    acks = place.folder.parent / "acks"
    job = Job(place.database, place.key, place.folder, acks, count=3, job="journey")
    written: dict[int, bytes] = {}
    names: dict[int, str] = {
        path.stat().st_ino: path.name for path in place.folder.rglob("*") if path.is_file()
    }
    for operation in warm.record(job):
        if operation.kind == "create":
            names[operation.inode] = names.get(operation.inode, "") + " " + operation.name
        if operation.kind == "write":
            written[operation.inode] = written.get(operation.inode, b"") + operation.data
    return {names[number]: content for number, content in written.items()}


def test_no_word_of_a_journey_is_written_readably(
    made: Callable[[bool], Home], tmp_path: Path, warm: Warm
) -> None:
    place = made(True).copy_to(tmp_path / "place")
    written = journey(place, warm)
    assert any("crash" in name for name in written)
    assert any(name.endswith("journal") for name in written)
    assert any("daglig" in name for name in written)
    assert len(written) >= 8
    found = {name: readable(content) for name, content in written.items()}
    assert {name: words for name, words in found.items() if words} == {}
    there = [path for path in place.folder.rglob("*") if path.is_file()]
    assert [path for path in there if readable(path.read_bytes())] == []


def test_the_search_finds_the_words_where_nothing_is_encrypted(
    made: Callable[[bool], Home], tmp_path: Path
) -> None:
    place = made(False).copy_to(tmp_path / "place")
    found = readable(place.database.read_bytes())
    assert found == {b"Alva Testsson", b"Nils Exempel", b"alva testsson", b"nils exempel"}
