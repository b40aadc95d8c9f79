"""What is kept of a crash: where in the code it happened, and nothing about anyone.

No message of an exception, no value of a variable and no path outside the programme is written:
each of them can hold what a user has typed.
"""

from __future__ import annotations

import contextlib
import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from types import TracebackType

from at_tui.language import text
from at_tui.version import VERSION
from schema.fault import Fault

MOST_FRAMES = 60
"""Places kept of one exception: the first and the last half of them."""
MOST_LINKS = 10
"""Exceptions kept of one chain of causes."""
MOST_REPORTS = 20
"""Reports kept in the folder; older ones are removed."""

_PACKAGES = ("textual", "sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "reportlab")


def report_crash(error: BaseException) -> str:
    """Write a report about `error` and return the Swedish sentence that says where it lies."""
    try:
        path = write_report(error)
    except OSError:
        return text("crash.not_written", kind=type(error).__name__)
    return text("crash.written", path=path)


def write_report(error: BaseException, *, folder: Path | None = None) -> Path:
    """Write a report about `error` and return its path.

    Raises:
        OSError: the folder cannot be written to.
    """
    from data import places
    from data.atomic import write_atomic

    where = places.private_folder(folder or places.crash_folder())
    moment = datetime.now(UTC)
    path = where / f"crash-{moment:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    write_atomic(path, report(error, moment).encode())
    for old in sorted(where.glob("crash-*.txt"))[:-MOST_REPORTS]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def report(error: BaseException, moment: datetime) -> str:
    """Return the report as text: versions, kinds of exception, and places in the code."""
    lines = [
        f"at-tui {VERSION}",
        f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        f"Python {platform.python_version()} {platform.system()} {platform.machine()}",
        ", ".join(f"{name} {_version(name)}" for name in _PACKAGES),
        f"TERM {_safe(os.environ.get('TERM', '-'))}",
    ]
    for link in _chain(error):
        lines += ["", _kind(link), *_places(link.__traceback__)]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links and len(links) < MOST_LINKS:
        links.append(link)
        link = link.__cause__ or link.__context__
    return links


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    # A fault's code and the system's number are ours and the system's words, never a user's.
    if isinstance(error, Fault):
        return f"{kind} {error.code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind} errno {error.errno}"
    return kind


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno}:{code.co_qualname}")
        trace = trace.tb_next
    if len(places) > MOST_FRAMES:
        half = MOST_FRAMES // 2
        places = [*places[:half], f"  ({len(places) - 2 * half})", *places[-half:]]
    return places


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


def _safe(word: str) -> str:
    return "".join(c for c in word if c.isascii() and (c.isalnum() or c in "-_."))[:40]
