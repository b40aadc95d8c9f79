"""How long a study director waits for the first picture, and for sorting and filtering it.

Everything is timed from the key to the moment at which the asked-for rows stand on the screen.
"""

from __future__ import annotations

import time

from bench.probes import DOWN, ENTER, Figures, Probe
from bench.recording import driven
from bench.world import World
from tests.journeys.terminal import installed

F4 = b"\x1bOS"
_HEADING = "BEHÖVER SAMTAL"
_BUSY = ("läser …", "prövar krav")
_GROUPS = ((b"2", False), (b"0", True), (b"3", False), (b"0", True))
"""Keys that show a group or all, and whether the first group's heading is then there."""


def cohort_screen(world: World) -> Probe:
    """Return a probe of the cohort's screen: its rows, the same judged, a group, an order."""

    def run() -> Figures:
        sent: list[tuple[str, float, bool]] = []

        def press(key: bytes, name: str = "", heading: bool = False, rest: float = 0.3) -> None:
            sent.append((name, time.perf_counter() - session.started, heading))
            session.answer(key, quiet=rest, limit=15)

        with driven("cohort screen", [installed()], world.environment) as session:
            session.listen(quiet=2.5, limit=25)
            press(F4, "cohort screen", heading=True, rest=2.5)
            for key, heading in _GROUPS:
                press(key, "cohort filter", heading)
            press(b"o")
            press(DOWN)
            press(ENTER, "cohort order")
        if session.silent or session.recording is None:
            return {}
        return _figures(session.recording.screens, sent)

    return run


def _figures(screens: list[tuple[float, str]], sent: list[tuple[str, float, bool]]) -> Figures:
    found: Figures = {}

    for name, after, heading in sent:
        shown = (at for at, screen in screens if at > after and (_HEADING in screen) is heading)
        at = next(shown, None)
        if name and at is not None:
            found.setdefault(name, []).append((at - after) * 1000)
    asked, until = sent[0][1], sent[1][1]
    busy = [at for at, s in screens if asked < at < until and any(word in s for word in _BUSY)]
    if busy:
        done = next((at for at, _ in screens if at > busy[-1]), busy[-1])
        found["cohort judged on screen"] = [(done - asked) * 1000]
    return found
