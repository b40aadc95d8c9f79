"""Opening a key file in a process of its own.

Deriving the key takes 64 MB for a moment, and the package that does it 9 MB for as long as it is
loaded, with 60 ms of importing that would take turns with the first frame. In a process that ends
at once none of it is the programme's. What is told between the two goes through pipes alone.
"""

from __future__ import annotations

import base64
import contextlib
import json
import subprocess
import sys
from pathlib import Path

from schema.fault import Fault

PATIENCE = 60.0
"""Seconds until the key is derived here instead: the other process must have come to nothing."""
_DO = "from data.unlocking import serve; serve()"


def unlock(path: Path, *, passphrase: str) -> bytes:
    """Return the data key (32 bytes), as `data.keys.unlock` does; derived here, when no other
    process can be had.

    Raises:
        Fault: `keys.*`, as there.
    """
    return Unlocking(path, passphrase=passphrase).result()


class Unlocking:
    """A key file that is being opened; begun at once.

    Args:
        path: The key file.
        passphrase: Opens it.
    """

    def __init__(self, path: Path, *, passphrase: str) -> None:
        self._path, self._passphrase = path, passphrase
        self._process: subprocess.Popen[bytes] | None = None
        asked = json.dumps({"path": str(path), "passphrase": passphrase}).encode()
        with contextlib.suppress(OSError, ValueError):
            # Without the working folder on the path: what lies there is not ours.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                [sys.executable, "-P", "-c", _DO],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._ask(self._process, asked)

    def result(self) -> bytes:
        """Return the data key (32 bytes) when it is there.

        Raises:
            Fault: `keys.*`, as `data.keys.unlock`.
        """
        try:
            told = json.loads(self._answer())
            if "key" in told:
                return base64.b64decode(told["key"], validate=True)
            refused = Fault(told["fault"], exit_code=told["exit_code"], **told["values"])
        except (OSError, ValueError, TypeError, KeyError, subprocess.SubprocessError):
            # What it said was no answer of ours.
            from data import keys

            return keys.unlock(self._path, passphrase=self._passphrase)
        raise refused

    @staticmethod
    def _ask(process: subprocess.Popen[bytes], asked: bytes) -> None:
        if process.stdin is not None:
            question, process.stdin = process.stdin, None
            with question:
                question.write(asked)

    def _answer(self) -> bytes:
        if self._process is None:
            raise OSError("no other process")
        with self._process as process:
            try:
                answer, _ = process.communicate(timeout=PATIENCE)
            except BaseException:
                process.kill()
                raise
            if process.returncode:
                raise subprocess.SubprocessError(f"exit code {process.returncode}")
            return answer
