"""How long the next doctor's page takes is told by the place that stands on the screen."""

from __future__ import annotations

from bench.live_meeting import waits


def test_a_wait_ends_when_another_place_stands_there() -> None:
    screens = [
        (1.0, "AT-kollegium 24 nov · 9 av 112 · Alva Testsson"),
        (2.01, "AT-kollegium 24 nov · 9 av 112 · Alva Testsson  sparat 14.02"),
        (2.04, "AT-kollegium 24 nov · 10 av 112 · Nils Exempel"),
        (3.5, "AT-kollegium 24 nov · 10 av 112 · Nils Exempel  00.02"),
    ]
    assert [round(wait) for wait in waits(screens, [2.0])] == [40]


def test_a_key_that_changed_nothing_gives_no_figure() -> None:
    assert waits([(1.0, "Möten"), (2.1, "· 9 av 112 ·")], [2.0]) == []
    assert waits([(1.0, "· 9 av 112 ·"), (2.1, "· 9 av 112 ·")], [2.0]) == []
