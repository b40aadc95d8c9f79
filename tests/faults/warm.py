"""A process that has imported the store once and forks for each order: importing takes a second,
and a fault harness starts a thousand processes.

Reads one order a line on standard input, as JSON; answers each with one line. Run as
`python -m tests.faults.warm`; the tests speak to it through `Warm` in `tests/faults/orders.py`.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import driver, places
from tests.faults import journey, recorder, saves, tracer, writers

Job = Callable[[], None]


def main() -> None:
    """Answer orders until there are no more."""
    _warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        answer = ORDERS[order["order"]](order)
        print(json.dumps(answer), flush=True)


JOBS = {
    "save": saves.save_units,
    "stubborn": saves.save_stubbornly,
    "house": saves.keep_house,
    "create": saves.create,
    "count": writers.count_up,
    "journey": journey.travel,
}


def _warm_up() -> None:
    """Save once, so that no child spends its short life on mapping tables to classes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        key = saves.make_file(home, encrypted=True)
        os.environ["AT_TUI_HOME"] = folder
        acks = os.open(home / "acks", os.O_WRONLY | os.O_CREAT)
        saves.save_units(home / "data" / "at.db", key, acks, 0, 4)
        os.close(acks)


def _job(order: dict[str, Any]) -> Job:
    """Return what a child does; it lives in the home that the order names."""
    key = bytes.fromhex(order["key"]) if order["key"] else None
    path, acks = Path(order["path"]), order["acks"]
    work = JOBS[order["job"]]

    def run() -> None:
        os.environ["AT_TUI_HOME"] = order["home"]
        places._folders.cache_clear()
        # Whatever makes a temporary file makes it where it is seen.
        tempfile.tempdir = os.environ["TMPDIR"] = f"{order['home']}/temporary"
        Path(tempfile.tempdir).mkdir(exist_ok=True)
        pragmas = (pragma.partition("=") for pragma in driver.PRAGMAS)
        driver.PRAGMAS = tuple(f"{n}={order['pragmas'].get(n, v)}" for n, _, v in pragmas)
        handle = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        work(path, key, handle, order["first"], order["count"])

    return run


def _fork(job: Job) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        job()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    os._exit(70)


def _wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _kill_after(order: dict[str, Any]) -> int:
    """Run the job and kill it after so many seconds; returns how it ended."""
    pid = _fork(_job(order))
    time.sleep(order["seconds"])
    os.kill(pid, signal.SIGKILL)
    return _wait(pid)


def _together(order: dict[str, Any]) -> list[int]:
    """Run so many of the job at the same time; returns how each ended."""
    children = [_fork(_job({**order, "first": number})) for number in range(order["children"])]
    return [_wait(pid) for pid in children]


def _record(order: dict[str, Any]) -> int:
    """Run the job, record what it does to the files of its home, and keep the record."""
    record = recorder.Recorder(Path(order["home"]), Path(order["acks"]))
    status = tracer.trace(_job(order), record.decide)
    found = (record.operations, sorted(record.elsewhere))
    Path(order["record"]).write_bytes(pickle.dumps(found))
    return status


def _break(order: dict[str, Any]) -> int:
    """Run the job and let one call on a file of its home fail, or the process die before it."""
    breaker = recorder.Breaker(Path(order["home"]), order["at"], order["errno"], order["lasting"])
    return tracer.trace(_job(order), breaker.decide)


ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "kill_after": _kill_after,
    "together": _together,
    "record": _record,
    "break": _break,
}


if __name__ == "__main__":
    main()
