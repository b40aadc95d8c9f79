"""What `make bench` says is what it measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.recording import Recording, Session, record
from bench.table import Row, percentile95, render
from tests.journeys.terminal import clean_environment


def test_the_95th_percentile_is_the_nearest_rank() -> None:
    assert percentile95([1.0]) == 1.0
    assert percentile95([float(n) for n in range(1, 21)]) == 19.0
    assert percentile95([float(n) for n in range(100, 0, -1)]) == 95.0


@pytest.mark.parametrize(("value", "holds"), [(129.0, True), (130.0, True), (131.0, False)])
def test_a_budget_is_a_ratio_to_a_figure_of_the_same_run(value: float, holds: bool) -> None:
    row = Row("first frame", "frame", times=(1.3, "ten"))
    assert row.holds({"frame": [value], "ten": [90.0, 100.0, 500.0]}) is holds


def test_a_row_must_stay_under_every_peer_that_was_measured() -> None:
    row = Row("usable", "usable", before=("quick", "slow", "absent"))
    assert row.holds({"usable": [100.0], "quick": [110.0], "slow": [900.0]}) is True
    assert row.holds({"usable": [120.0], "quick": [110.0], "slow": [900.0]}) is False


def test_a_figure_that_was_not_taken_neither_holds_nor_fails() -> None:
    row = Row("frame", "frame", most=50)
    assert row.holds({}) is None
    assert render([row], {}, "ten").splitlines()[-1].split() == ["frame", "-"]


def test_the_table_shows_value_ratio_and_verdict() -> None:
    rows = [Row("ten lines", "ten"), Row("frame", "frame", times=(1.3, "ten"))]
    last = render(rows, {"ten": [100.0], "frame": [200.0]}, "ten").splitlines()[-1]
    assert last.split() == ["frame", "200", "ms", "200", "2.00", "OVER", "1.3", "x", "ten", "(130)"]


def test_the_first_frame_is_the_first_text_on_the_full_screen() -> None:
    taken = Recording(
        pieces=[
            (0.1, b"loading tables"),
            (0.2, b"\x1b[?1049h\x1b[H  "),
            (0.3, b"Idag"),
            (0.4, b" Alva Testsson"),
        ],
        seconds=1.0,
        memory=1.0,
    )
    assert taken.first_frame() == 0.3
    assert taken.first_with("Alva|Nils") == 0.4
    assert taken.first_with("Nobody") is None


def test_a_programme_is_recorded_and_stopped(tmp_path: Path) -> None:
    ten_lines = Path(__file__).parent.parent / "bench" / "ten_lines.py"
    taken = record([sys.executable, str(ten_lines)], clean_environment(tmp_path), until="ten lines")
    assert taken.first_with("ten lines") is not None
    assert taken.memory > 10


def test_a_key_is_answered(tmp_path: Path) -> None:
    echo = "import sys\nfor line in sys.stdin: print('said', line)"
    session = Session([sys.executable, "-u", "-c", echo], clean_environment(tmp_path))
    try:
        first, last = session.answer(b"hej\r")
        assert 0 < first <= last
    finally:
        session.stop()
