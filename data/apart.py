"""Opening a key file in a process of its own.

Deriving the key takes 64 MB for a moment, and the package that does it 9 MB for as long as it is
loaded, with 60 ms of importing that would take turns with the first frame. In a process that ends
at once none of it is the programme's. What is told between the two goes through pipes alone.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

from schema.fault import Fault

PATIENCE = 60.0
"""Seconds until the key is derived here instead: the other process must have come to nothing."""
_DO = "from data.apart import serve; serve()"


def unlock(path: Path, *, passphrase: str) -> bytes:
    """Return the data key (32 bytes), as `data.keys.unlock` does; derived here, when no other
    process can be had.

    Raises:
        Fault: `keys.*`, as there.
    """
    asked = json.dumps({"path": str(path), "passphrase": passphrase}).encode()
    try:
        # Without the working folder on the path: what lies there is not ours.
        answer = subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-P", "-c", _DO],
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        ).stdout
        told = json.loads(answer)
        if "key" in told:
            return base64.b64decode(told["key"], validate=True)
        refused = Fault(told["fault"], exit_code=told["exit_code"], **told["values"])
    except (OSError, ValueError, TypeError, KeyError, subprocess.SubprocessError):
        # What it said was no answer of ours.
        from data import keys

        return keys.unlock(path, passphrase=passphrase)
    raise refused


def serve() -> None:
    """Answer what `unlock` asks on standard input, in the other process."""
    from data import keys

    asked = json.load(sys.stdin.buffer)
    told: dict[str, object]
    try:
        key = keys.unlock(Path(asked["path"]), passphrase=asked["passphrase"])
        told = {"key": base64.b64encode(key).decode()}
    except Fault as fault:
        told = {"fault": fault.code, "exit_code": fault.exit_code, "values": fault.values}
    json.dump(told, sys.stdout)
