"""What commands write: JSON for scripts, and files that are either whole or untouched."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from at_tui.language import text
from schema.fault import Fault


def print_json(value: object) -> None:
    """Print `value` as JSON; å ä ö stay readable where the receiver can take them."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, indent=2, default=str))


def tell(sentence: str) -> None:
    """Print a sentence for the user beside what a script reads: on standard error."""
    print(sentence, file=sys.stderr)


def print_bytes(content: bytes) -> None:
    """Write `content` to standard output, all of it also where Python runs unbuffered."""
    sys.stdout.flush()
    left = memoryview(content)
    while left:
        left = left[sys.stdout.buffer.write(left) :]
    sys.stdout.buffer.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step and say so.

    Raises:
        Fault: `cli.is_folder` or `cli.cannot_write` (exit code 4); nothing was changed.
    """
    from data.atomic import write_atomic

    if path.is_dir():
        raise Fault("cli.is_folder", exit_code=4, path=str(path))
    try:
        write_atomic(path, content)
    except OSError:
        raise Fault("cli.cannot_write", exit_code=4, path=str(path)) from None
    print(text("cli.written", path=path))
