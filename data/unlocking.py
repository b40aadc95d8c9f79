"""The other process of `data/apart.py`: it opens a key file, answers, and ends.

It runs beside the screens that are being loaded, on a computer with few processors: what it loads
is as little as possible.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from data import keys
from schema.fault import Fault


def serve() -> None:
    """Answer on standard output what is asked on standard input."""
    asked = json.load(sys.stdin.buffer)
    told: dict[str, object]
    try:
        key = keys.unlock(Path(asked["path"]), passphrase=asked["passphrase"])
        told = {"key": base64.b64encode(key).decode()}
    except Fault as fault:
        told = {"fault": fault.code, "exit_code": fault.exit_code, "values": fault.values}
    json.dump(told, sys.stdout)
