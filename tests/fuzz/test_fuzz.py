"""No input makes a reader do anything but read it or refuse it in words."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import ROOT, TARGETS, seeds, try_input

TOKENS = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"\r", b"\x1b]52;c;x\x07", b"[/b]", b"null",
    b"\xe2\x80\xae", b"NaN", b"-0", b"1e999", b"9" * 5000, b"[" * 2000, b"{" * 2000, b"]]", b"[[",
    b'"""', b"../../etc/passwd", b"\xc3\xa5\xc3\xa4\xc3\xb6", b"=1+1", b";" * 300, b",", b"\t",
    b"2026-02-30", b"0000-00-00", b"true", b"a.b.c.d = 1\n", b"PK\x05\x06", b"SQLite format 3\x00",
    b"\\u0000", b"\\ud800",
)  # fmt: skip
"""What parsers stumble over."""


@dataclass(frozen=True)
class Input:
    """Bytes that are not printed whole when a test fails."""

    data: bytes

    def __repr__(self) -> str:
        return f"Input({len(self.data)} bytes, {self.data[:40]!r})"


@st.composite
def mutated(draw: st.DrawFn, known: list[bytes]) -> Input:
    """A known input with up to eight changes, or anything at all."""
    if not known or draw(st.integers(0, 9)) == 0:
        return Input(draw(st.binary(max_size=600)))
    data = bytearray(draw(st.sampled_from(known)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        to = draw(st.integers(at, min(len(data), at + 200)))
        match draw(st.integers(0, 4)):
            case 0:
                data[at:to] = draw(st.sampled_from(TOKENS))
            case 1:
                data[at:at] = data[at:to] * draw(st.integers(1, 30))
            case 2:
                del data[at:to]
            case 3:
                data[at:to] = draw(st.binary(max_size=20))
            case _:
                if at < len(data):
                    data[at] ^= 1 << draw(st.integers(0, 7))
    return Input(bytes(data))


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_once_stumbled_over_is_read_or_refused(name: str) -> None:
    for data in seeds(name):
        try_input(name, data)


@pytest.mark.parametrize("name", TARGETS)
def test_no_changed_input_stops_a_reader(name: str) -> None:
    _tried(name, 40)


@pytest.mark.torture
@pytest.mark.parametrize("name", TARGETS)
def test_thousands_of_changed_inputs_stop_no_reader(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("inputs tried", _tried(name, 2000))
    record_property("crashes", 0)


def _tried(name: str, examples: int) -> int:
    tried = 0

    @settings(max_examples=examples, suppress_health_check=[*HealthCheck], database=None)
    @given(mutated(seeds(name)))
    def attempt(given_input: Input) -> None:
        nonlocal tried
        tried += 1
        try:
            try_input(name, given_input.data)
        except Exception as error:
            kept = Path(tempfile.gettempdir()) / f"at-tui-fuzz-{name}"
            kept.write_bytes(given_input.data)
            error.add_note(f"the smallest input is kept in {kept}")
            raise

    attempt()
    return tried


@pytest.mark.torture
@pytest.mark.parametrize("name", TARGETS)
def test_coverage_guided_inputs_stop_no_reader(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Atheris grows its own inputs towards code that none has reached yet."""
    pytest.importorskip("atheris", reason="pip install atheris (Linux)")
    seconds = int(os.environ.get("AT_TUI_FUZZ_SECONDS", "20"))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(seeds(name)):
        (corpus / str(number)).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", name, str(corpus),
         f"-max_total_time={seconds}", f"-artifact_prefix={tmp_path}/", "-rss_limit_mb=4096"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
    record_property("inputs grown", int(line.split()[1]))
    record_property("crashes", 0)
