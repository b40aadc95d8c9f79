"""The tests' end of the warm process (`tests/faults/warm.py`)."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.recorder import Operation

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Job:
    """What a child is to do with the file at `path`, living in the folder `home`."""

    path: Path
    key: bytes | None
    home: Path
    acks: Path
    first: int = 0
    count: int = 1000
    job: str = "save"
    pragmas: dict[str, str] = field(default_factory=dict)
    """Settings of the engine that are to differ from the programme's own."""

    def order(self, word: str, **more: Any) -> dict[str, Any]:
        """Return the order for the warm process."""
        return {
            "order": word, "job": self.job, "path": str(self.path), "home": str(self.home),
            "key": self.key.hex() if self.key else "", "acks": str(self.acks),
            "first": self.first, "count": self.count, "pragmas": self.pragmas, **more,
        }  # fmt: skip

    def said(self) -> str:
        """Return what the child has acknowledged so far."""
        return self.acks.read_text() if self.acks.exists() else ""


class Warm:
    """A warm process; every call forks a child of it and waits for its end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.warm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def kill_after(self, job: Job, seconds: float) -> int:
        """Run the job, kill it after so many seconds, and return how it ended."""
        return int(self._ask(job.order("kill_after", seconds=seconds)))

    def together(self, job: Job, children: int) -> list[int]:
        """Run the job in so many processes at a time and return how each ended."""
        return [int(status) for status in self._ask(job.order("together", children=children))]

    def record(self, job: Job) -> list[Operation]:
        """Run the job and return everything it did to the files of its home.

        It must write nowhere else.
        """
        record = job.home.parent / "record"
        status = self._ask(job.order("record", record=str(record)))
        assert status == 0, f"the recorded job ended with {status}"
        operations: list[Operation]
        operations, elsewhere = pickle.loads(record.read_bytes())  # noqa: S301 - our own
        assert elsewhere == [], "written outside the home"
        return operations

    def broken(self, job: Job, *, at: int, errno: int = 0, lasting: bool = False) -> int:
        """Run the job with call number `at` on its files failing (or, with no errno, the process
        killed before it) and return how it ended."""
        return int(self._ask(job.order("break", at=at, errno=errno, lasting=lasting)))

    def _ask(self, order: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the warm process has died"
        return json.loads(answer)
