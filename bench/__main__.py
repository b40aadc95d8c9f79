"""`python -m bench`: take every figure in turns, and print them beside their budgets."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections import defaultdict

from bench import probes
from bench.cohort_screen import cohort_screen
from bench.kollegium import kollegium
from bench.live_meeting import next_doctor
from bench.peers import PEERS
from bench.table import Row, render
from bench.world import FOLDER, World, world
from tests.journeys.terminal import installed

_PEERS = tuple(peer.name for peer in PEERS)
ROWS = (
    Row("python -c pass", "pass"),
    Row("ten-line Textual application, first frame", "ten lines"),
    Row("at-tui --version", "version", times=(4, "pass")),
    Row("at-tui, first frame", "frame", times=(1.3, "ten lines")),
    Row("at-tui, first screen with data", "usable", times=(2, "ten lines"), before=_PEERS),
    Row("at-tui trainees --json", "trainees", times=(2.5, "ten lines")),
    Row("at-tui certificate", "certificate"),
    Row("key to paint, p95", "key", most=50, p95=True),
    Row("opening a screen, p95 of seven, first times too", "open", most=100, p95=True),
    Row("opening the form of a session, p95", "open form", p95=True),
    Row("opening the form of a DOPS, p95", "open large form", p95=True),
    Row("a plain Textual form of as many widgets, p95", "plain form", p95=True),
    Row("saving a session, beyond one fsync", "save", most=30),
    Row("memory on the first screen, everyone judged", "memory", most=90, unit="MB"),
    Row("memory at its highest, as the passphrase is derived", "memory, most", unit="MB"),
    Row("judging one trainee by the largest plan", "one judged", most=20),
    Row("kollegium, the cohort's rows", "cohort", most=1000),
    Row("kollegium, sort and filter", "cohort sorted", most=50),
    Row("kollegium, from the key to the screen full of rows", "cohort screen", most=1000),
    Row("kollegium, from the key to the same rows judged", "cohort judged on screen"),
    Row("kollegium, key to another group on screen", "cohort filter", most=50, p95=True),
    Row("kollegium, key to another order on screen", "cohort order", most=50),
    Row("kollegium, next doctor in the live mode, p95", "next doctor", most=50, p95=True),
    Row("kollegium, 120 judged", "cohort judged", most=1000),
    Row("kollegium, pack of 60", "pack 60", most=5000),
    Row("kollegium, pack of 120", "pack 120", most=10_000),
    Row("kollegium, memory of the packs", "pack memory", most=400, unit="MB"),
    *(Row(f"{name}, first usable screen", name) for name in _PEERS),
)


def probes_of(the: World) -> list[probes.Probe]:
    """Return everything to measure, in the order of one round."""
    home = FOLDER / "home"
    found = [
        probes.empty_python(home),
        probes.ten_lines(home),
        probes.plain_form(home),
        probes.command("version", [installed(), "--version"], the.environment),
        probes.start(the),
        probes.command("trainees", [installed(), "trainees", "--json"], the.environment),
        probes.certificate(the),
        probes.keys(the),
        probes.saving(the),
        cohort_screen(the),
        next_doctor(the),
        kollegium(the),
    ]
    return found + [probes.peer(peer) for peer in PEERS if peer.installed()]


def main() -> int:
    """Measure and print; 1 with `--check` when a budget was overrun."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="rounds, at least 7 for a median")
    parser.add_argument("--size", default="dalarna10", help="size of the demo file")
    parser.add_argument("--fresh", action="store_true", help="make the demo file anew")
    parser.add_argument("--check", action="store_true", help="leave 1 when a budget is overrun")
    options = parser.parse_args()

    the = world(size=options.size, fresh=options.fresh)
    # What is measured in this process must know the same computer as the programmes it starts.
    os.environ.update(the.environment)
    samples: defaultdict[str, list[float]] = defaultdict(list)
    measured = probes_of(the)
    for number in range(options.runs + 1):
        for probe in measured:
            for name, figures in probe().items():
                # The first round only warms caches: a user's second start is the usual one.
                samples[name] += figures if number else []
        print(f"\rround {number} of {options.runs}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)

    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{len(the.trainees)} trainees, medians of {options.runs}; "
        "ratio is to the ten-line application\n"
    )
    print(render(ROWS, samples, "ten lines"))
    over = [row.label for row in ROWS if row.holds(samples) is False]
    return 1 if options.check and over else 0


if __name__ == "__main__":
    sys.exit(main())
