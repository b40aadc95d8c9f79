"""What a study director waits for: the cohort's rows, sorting them, and the pack.

`python -m bench.kollegium` prints the figures of one round as JSON, in a process of its own, so
that its memory is only its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

from bench.probes import Figures, Probe
from bench.world import World

if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.kollegium_shelf import Shelf

SMALL, LARGE = 60, 120
"""Doctors of the two packs that have a budget."""


def kollegium(world: World) -> Probe:
    """Return a probe of the study director's work, without screens."""

    def run() -> Figures:
        done = subprocess.run(
            [sys.executable, "-m", "bench.kollegium"],
            env=world.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(f"\nkollegium: {done.stderr.strip()}", file=sys.stderr)
            return {}
        figures: dict[str, float] = json.loads(done.stdout)
        return {name: [value] for name, value in figures.items()}

    return run


def _one_judged(shelf: Shelf) -> float:
    """Return the seconds it takes to judge the fullest binder against the largest plan."""
    from at_tui.judge import judge
    from at_tui.kollegium.judging import records_of
    from at_tui.programmes import choices, programme

    records = max(
        (records_of(binder, shelf) for binder in shelf.binders),
        key=lambda r: len(r.supervisions) + len(r.assessments) + len(r.educations),
    )
    largest = programme(max(choices(), key=lambda c: c.requirements).id)
    start = time.perf_counter()
    judge(records, largest, shelf.on)
    return time.perf_counter() - start


def main() -> None:
    """Measure one round and print it."""
    from at_tui.cli.opening import key_for
    from at_tui.collector import relax
    from at_tui.demo.writing import REFERENCE_DAY
    from at_tui.kollegium.cohort import Filter, SortBy, cases_of, narrow, rows_of, sort
    from at_tui.kollegium.judging import judge_all
    from at_tui.kollegium.sources import Sources
    from data import places
    from data.kollegium import read_shelf
    from data.opening import open_store

    relax()  # as every command and the screens do
    path = places.database_path(None)
    store = open_store(path, key_for(path))
    found: dict[str, float] = {}
    clock = time.perf_counter

    start = clock()
    with store.read() as work:
        shelf = read_shelf(work, on=REFERENCE_DAY)
    sources = Sources()
    rows = rows_of(cases_of(shelf, sources))
    found["cohort"] = (clock() - start) * 1000

    start = clock()
    narrow(sort(rows, SortBy.UNIT), Filter(text="falun"))
    found["cohort sorted"] = (clock() - start) * 1000

    with store.read() as work:
        shelf = read_shelf(work, on=REFERENCE_DAY, everyone=True)
    shelf.binders = shelf.binders[:LARGE]
    start = clock()
    findings = judge_all(shelf, sources)
    found["cohort judged"] = (clock() - start) * 1000
    found["one judged"] = _one_judged(shelf) * 1000
    cases = cases_of(shelf, sources, findings)
    for count in (SMALL, LARGE):
        start = clock()
        _pack(cases[:count], shelf, REFERENCE_DAY)
        found[f"pack {count}"] = (clock() - start) * 1000
    store.close()
    # Kilobytes on Linux, bytes on macOS.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    found["pack memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps(found))


def _pack(cases: list[Case], shelf: Shelf, on: date) -> None:
    from at_tui.documents.kollegium_pack import kollegium_pack_pdf
    from at_tui.kollegium.pack import PackOptions, make_pack

    made = make_pack(
        cases, shelf, options=PackOptions(), title="Underlag", number="K", day=on, issued_on=on
    )
    kollegium_pack_pdf(made)


if __name__ == "__main__":
    main()
